import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { type FormEvent, useState } from 'react';
import { changePassphrase, judgePassphrase } from '#renderer/state/members-store.ts';
import { notify } from '#renderer/state/notice-store.ts';
import { showPanel, useScreen } from '#renderer/state/screen-store.ts';
import { useSession } from '#renderer/state/session-store.ts';
import { NewPassphrase, usePassphrase } from '#renderer/ui/new-passphrase.tsx';
import { PassphraseField } from '#renderer/ui/passphrase-field.tsx';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';

const close = () => showPanel(null);

function PassphraseForm() {
  const name = useSession(({ session }) => session?.member.name ?? '');
  const [current, setCurrent] = useState('');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const next = usePassphrase(judgePassphrase, name);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const missing = current ? next.blocked : 'Type the passphrase that you have now.';
    if (missing) return setTrouble(missing);
    setBusy(true);
    const refusal = await changePassphrase({ current, next: next.value });
    setBusy(false);
    setTrouble(refusal);
    if (refusal) return setCurrent('');
    notify('Your passphrase on this workstation is changed. The one before opens nothing here any more.');
    close();
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <DialogContent sx={{ display: 'grid', gap: 1 }}>
        {trouble && (
          <Alert severity="error" variant="outlined">
            {trouble}
          </Alert>
        )}
        <PassphraseField label="Passphrase now" value={current} onChange={setCurrent} autoFocus />
        <NewPassphrase passphrase={next} label="New passphrase" />
        <Typography sx={{ color: 'text.secondary' }}>
          Only on this workstation. A backup of it that was made before still opens with the passphrase of then: where
          somebody may know that one, have older backups destroyed.
        </Typography>
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>Cancel</Button>
        <ReasonedButton type="submit" variant="contained" blocked={busy ? 'Saving.' : null}>
          Change the passphrase
        </ReasonedButton>
      </DialogActions>
    </form>
  );
}

/** Whoever is at work chooses another passphrase. */
export function ChangePassphrase() {
  const open = useScreen(({ panel }) => panel === 'passphrase');
  return (
    <Dialog open={open} onClose={close} aria-labelledby="change-passphrase" maxWidth="xs" fullWidth>
      <DialogTitle id="change-passphrase">Change your passphrase</DialogTitle>
      <PassphraseForm />
    </Dialog>
  );
}
