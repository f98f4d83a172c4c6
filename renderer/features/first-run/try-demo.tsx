import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { FirstRunPort } from './first-run-port.ts';

interface Props {
  readonly members: readonly string[];
  readonly tryDemo: FirstRunPort['tryDemo'];
}

export function TryDemo({ members, tryDemo }: Props) {
  const [step, setStep] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const start = async () => {
    setTrouble(null);
    setStep('Starting.');
    const result = await tryDemo(setStep);
    // On success the unlock screen has taken the place of this one.
    if (result.ok) return;
    setStep(null);
    setTrouble(result.error);
  };
  return (
    <Paper component="section" variant="outlined" aria-labelledby="try" sx={{ p: 2 }}>
      <Typography id="try" variant="h2" sx={{ fontSize: 15 }}>
        Try with invented data
      </Typography>
      <Typography sx={{ my: 1 }}>
        Sets up a unit of invented people, with invented referrals, on this machine. {members.join(', ')} work in it;
        their passphrases are offered when you unlock.
      </Typography>
      {trouble && (
        <Alert severity="error" variant="outlined" sx={{ mb: 1 }}>
          {trouble} Nothing was lost; try again.
        </Alert>
      )}
      <Button variant="contained" onClick={() => void start()} disabled={step !== null} autoFocus>
        Try with invented data
      </Button>
      <div role="status">
        {step && (
          <>
            <Typography variant="caption" component="p" sx={{ mt: 1.5 }}>
              {step}
            </Typography>
            <LinearProgress aria-label="Setting up" sx={{ mt: 0.5 }} />
          </>
        )}
      </div>
    </Paper>
  );
}
