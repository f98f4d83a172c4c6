import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

const words = ['Very weak', 'Weak', 'Fair', 'Good', 'Strong'] as const;

interface Props {
  /** 0 to 4; null while nothing is typed. */
  readonly score: number | null;
  readonly acceptable: boolean;
  readonly advice: string | null;
}

/** How hard a passphrase is to guess, in bars and words. */
export function StrengthMeter({ score, acceptable, advice }: Props) {
  const word = words[score ?? 0] ?? words[0];
  const judged = `Strength: ${word.toLowerCase()}${acceptable ? '.' : ', not enough.'} ${advice ?? ''}`;
  return (
    <Box sx={{ mt: 0.5, mb: 1.5 }} aria-live="polite">
      <Box aria-hidden sx={{ display: 'flex', gap: 0.5, mb: 0.5 }}>
        {words.slice(1).map((step, index) => (
          <Box key={step} sx={{ height: 4, flex: 1, bgcolor: index < (score ?? 0) ? 'primary.main' : 'divider' }} />
        ))}
      </Box>
      <Typography variant="caption" component="p" sx={{ color: 'text.secondary', minHeight: 17 }}>
        {score === null ? 'Strength is shown as you type.' : judged}
      </Typography>
    </Box>
  );
}
