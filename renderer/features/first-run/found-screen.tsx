import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Paper from '@mui/material/Paper';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type FormEvent, useState } from 'react';
import { GradeIn } from '#renderer/ui/grade-in.tsx';
import { NewPassphrase, usePassphrase } from '#renderer/ui/new-passphrase.tsx';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import { gradeChoices, noGrade, toGrade } from '#renderer/words/grades.ts';
import { unfitName } from '#renderer/words/names.ts';
import type { FirstRunPort } from './first-run-port.ts';

/** The first member of a unit, a supervisor: from then on referrals can be sealed to it. */
export function FoundScreen({ unitName, judge, found }: FirstRunPort) {
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState(noGrade);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const passphrase = usePassphrase(judge, name);
  const grade = toGrade(chosen);
  const missing = grade
    ? passphrase.blocked
    : 'Choose whether you are an officer or staff, and your rank or equal grade.';
  const blocked = unfitName(name, 'Enter your name.') ?? missing;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (blocked || !grade) return setTrouble(blocked);
    setBusy(true);
    setTrouble(null);
    const result = await found({ name: name.trim(), passphrase: passphrase.value, grade });
    if (result.ok) return;
    setBusy(false);
    setTrouble(result.error);
  };
  return (
    <Box component="main" sx={{ m: 'auto', width: 460, maxWidth: '100%', p: 2 }}>
      <Typography variant="h1">Found the unit</Typography>
      <Typography sx={{ mb: 2, mt: 0.5, color: 'text.secondary', fontSize: 14 }}>
        This workstation is enrolled{unitName ? ` for ${unitName}` : ''}. You become its first member, a supervisor, and
        admit the others.
      </Typography>
      <Paper
        component="form"
        variant="outlined"
        noValidate
        aria-label="First member"
        onSubmit={(event) => void submit(event)}
        sx={{ p: 2 }}
      >
        {trouble && (
          <Alert severity="error" variant="outlined" sx={{ mb: 1.5 }}>
            {trouble}
          </Alert>
        )}
        <TextField
          label="Your name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          autoFocus
          sx={{ mb: 2 }}
        />
        <GradeIn {...gradeChoices} value={chosen} onChange={setChosen} />
        <NewPassphrase passphrase={passphrase} />
        <ReasonedButton type="submit" variant="contained" blocked={busy ? 'Making the keys.' : null}>
          Found the unit
        </ReasonedButton>
        {busy && (
          <Box role="status" sx={{ mt: 1.5 }}>
            <Typography variant="caption">Making the unit's keys and deriving yours. A few seconds.</Typography>
            <LinearProgress aria-label="Making the keys" sx={{ mt: 0.5 }} />
          </Box>
        )}
      </Paper>
    </Box>
  );
}
