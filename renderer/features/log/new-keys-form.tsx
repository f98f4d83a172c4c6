import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { type FormEvent, useState } from 'react';
import { runAction } from '#renderer/state/action-store.ts';
import { renewDevice } from '#renderer/state/members-store.ts';
import { PassphraseField } from '#renderer/ui/passphrase-field.tsx';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import { Section } from '#renderer/ui/section.tsx';

/** For a member whose device here was set back to an older copy. */
export function NewKeysForm() {
  const [passphrase, setPassphrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (!passphrase) return setTrouble('Enter your passphrase.');
    setBusy(true);
    const refusal = await renewDevice(passphrase);
    setBusy(false);
    setPassphrase('');
    setTrouble(refusal);
    if (!refusal) runAction('lock');
  };
  return (
    <Section title="New keys for this computer">
      <Box component="form" noValidate aria-label="New keys" onSubmit={(event) => void submit(event)}>
        <Typography sx={{ mb: 1.5 }}>
          You go on with the same passphrase. What waits here to be sent is signed again with the new keys. Probity
          locks when they are made: unlock it as before.
        </Typography>
        {trouble && (
          <Alert severity="error" variant="outlined" sx={{ mb: 1.5 }}>
            {trouble}
          </Alert>
        )}
        <PassphraseField label="Your passphrase" value={passphrase} onChange={setPassphrase} />
        <Box sx={{ mt: 1.5 }}>
          <ReasonedButton type="submit" variant="contained" blocked={busy ? 'Making the keys.' : null}>
            Make new keys
          </ReasonedButton>
        </Box>
        {busy && <LinearProgress aria-label="Making the keys" sx={{ mt: 1.5 }} />}
      </Box>
    </Section>
  );
}
