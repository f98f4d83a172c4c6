import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { PassphraseField } from './passphrase-field.tsx';

const words = ['Very weak', 'Weak', 'Fair', 'Good', 'Strong'] as const;

interface MeterProps {
  /** 0 to 4; null while nothing is typed. */
  readonly score: number | null;
  readonly acceptable: boolean;
  readonly advice: string | null;
}

/** How hard a passphrase is to guess, in bars and words. */
function StrengthMeter({ score, acceptable, advice }: MeterProps) {
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

interface Verdict {
  readonly score: number;
  readonly acceptable: boolean;
  readonly advice: string | null;
}
type Judge = (passphrase: string, personal: readonly string[]) => Promise<Verdict>;

export interface PassphraseChoice {
  readonly value: string;
  readonly repeat: string;
  readonly verdict: Verdict | null;
  /** Why it cannot be used yet; null when it can. */
  readonly blocked: string | null;
  readonly setValue: (value: string) => void;
  readonly setRepeat: (repeat: string) => void;
  readonly clear: () => void;
}

function blockedBy(value: string, repeat: string, verdict: Verdict | null): string | null {
  if (!value) return 'Choose a passphrase.';
  if (!verdict) return 'The passphrase is still being judged. Try again in a moment.';
  if (!verdict.acceptable) return 'The passphrase is too easy to guess. Use more words.';
  return value === repeat ? null : 'The two passphrases differ.';
}

/** A passphrase being chosen, and judged as it is typed. @param name what it must not be made of */
export function usePassphrase(judge: Judge, name: string): PassphraseChoice {
  const [value, setValue] = useState('');
  const [repeat, setRepeat] = useState('');
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  useEffect(() => {
    let wanted = true;
    const ask = value ? judge(value, name.split(/\s+/).filter(Boolean)) : Promise.resolve(null);
    ask.then(
      (answer) => wanted && setVerdict(answer),
      () => wanted && setVerdict(null),
    );
    return () => {
      wanted = false;
    };
  }, [judge, value, name]);
  const clear = () => {
    setValue('');
    setRepeat('');
  };
  return { value, repeat, verdict, blocked: blockedBy(value, repeat, verdict), setValue, setRepeat, clear };
}

interface Props {
  readonly passphrase: PassphraseChoice;
  readonly label?: string;
}

export function NewPassphrase({ passphrase, label = 'Passphrase' }: Props) {
  const { value, repeat, verdict, setValue, setRepeat } = passphrase;
  const differs = repeat.length > 0 && repeat.length >= value.length && repeat !== value;
  return (
    <>
      <PassphraseField
        label={label}
        fresh
        value={value}
        onChange={setValue}
        help="Four or more unrelated words are easy to remember and hard to guess."
      />
      <StrengthMeter
        score={verdict?.score ?? null}
        acceptable={verdict?.acceptable ?? false}
        advice={verdict?.advice ?? null}
      />
      <PassphraseField
        label={`Repeat ${label.toLowerCase()}`}
        fresh
        value={repeat}
        onChange={setRepeat}
        error={differs ? 'This differs from the passphrase above.' : null}
      />
    </>
  );
}
