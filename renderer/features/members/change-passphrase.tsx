import Alert from '@mui/material/Alert';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { type FormEvent, useState } from 'react';
import { changePassphrase, judgePassphrase } from '#renderer/state/members-store.ts';
import { notify } from '#renderer/state/notice-store.ts';
import { showPanel, useScreen } from '#renderer/state/screen-store.ts';
import { useSession } from '#renderer/state/session-store.ts';
import { NewPassphrase, usePassphrase } from '#renderer/ui/new-passphrase.tsx';
import { PassphraseField } from '#renderer/ui/passphrase-field.tsx';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';

interface FormProps {
  readonly busy: boolean;
  readonly setBusy: (busy: boolean) => void;
  readonly close: () => void;
}

function PassphraseForm({ busy, setBusy, close }: FormProps) {
  const name = useSession(({ session }) => session?.member.name ?? '');
  const [current, setCurrent] = useState('');
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
        <ReasonedButton onClick={close} blocked={busy ? 'Saving.' : null}>
          Cancel
        </ReasonedButton>
        <ReasonedButton type="submit" variant="contained" blocked={busy ? 'Saving.' : null}>
          Change the passphrase
        </ReasonedButton>
      </DialogActions>
      {busy && <LinearProgress aria-label="Changing the passphrase" />}
    </form>
  );
}

/** Whoever is at work chooses another passphrase. */
export function ChangePassphrase() {
  const open = useScreen(({ panel }) => panel === 'passphrase');
  const [busy, setBusy] = useState(false);
  const close = () => showPanel(null);
  return (
    <Dialog open={open} onClose={() => !busy && close()} aria-labelledby="change-passphrase" maxWidth="xs" fullWidth>
      <DialogTitle id="change-passphrase">Change your passphrase</DialogTitle>
      <PassphraseForm {...{ busy, setBusy, close }} />
    </Dialog>
  );
}
