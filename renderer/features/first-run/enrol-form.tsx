import Alert from '@mui/material/Alert';
import Paper from '@mui/material/Paper';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type FormEvent, useState } from 'react';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import type { FirstRunPort } from './first-run-port.ts';

interface Props {
  readonly endpoint: string | null;
  readonly enrol: FirstRunPort['enrol'];
  readonly primary: boolean;
}

const isAddress = (text: string) => /^https?:\/\/[^\s/]+/.test(text.trim());

function blockedBy(endpoint: string | null, address: string, code: string, busy: boolean): string | null {
  if (busy) return 'Enrolling.';
  if (!endpoint && !isAddress(address)) return 'Enter the address of the central endpoint, which begins with https://.';
  return code.trim() ? null : 'Enter the one-time code.';
}

/** Spends a one-time code, so that the endpoint knows this device and this device pins the endpoint's key. */
export function EnrolForm({ endpoint, enrol, primary }: Props) {
  const [address, setAddress] = useState('');
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const blocked = blockedBy(endpoint, address, code, busy);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (blocked) return setTrouble(blocked);
    setBusy(true);
    setTrouble(null);
    const result = await enrol(endpoint ? null : address.trim(), code.trim());
    if (result.ok) return;
    setBusy(false);
    setTrouble(result.error);
  };
  return (
    <Paper
      component="form"
      variant="outlined"
      aria-labelledby="enrol"
      noValidate
      onSubmit={(event) => void submit(event)}
      sx={{ p: 2 }}
    >
      <Typography id="enrol" variant="h2" sx={{ fontSize: 15 }}>
        Enrol this workstation
      </Typography>
      <Typography sx={{ my: 1 }}>
        Whoever runs the central endpoint for your force gives you{' '}
        {endpoint ? 'a one-time code' : 'its address and a one-time code'}.
      </Typography>
      {trouble && (
        <Alert severity="error" variant="outlined" sx={{ mb: 1 }}>
          {trouble}
        </Alert>
      )}
      {endpoint ? (
        <Typography sx={{ mb: 1, overflowWrap: 'anywhere' }}>Central endpoint: {endpoint}</Typography>
      ) : (
        <TextField
          label="Address of the central endpoint"
          value={address}
          onChange={(event) => setAddress(event.target.value)}
          helperText="For example https://referrals.example.police.uk"
          slotProps={{ htmlInput: { inputMode: 'url', spellCheck: false, autoComplete: 'off' } }}
          sx={{ mt: 1, mb: 1 }}
        />
      )}
      <TextField
        label="One-time code"
        value={code}
        onChange={(event) => setCode(event.target.value)}
        helperText="Letters and digits. Spaces and hyphens do not matter."
        slotProps={{ htmlInput: { spellCheck: false, autoComplete: 'off', autoCapitalize: 'characters' } }}
        sx={{ mt: 1, mb: 1 }}
        autoFocus={primary}
      />
      <ReasonedButton type="submit" variant={primary ? 'contained' : 'outlined'} blocked={busy ? blocked : null}>
        Enrol
      </ReasonedButton>
    </Paper>
  );
}
