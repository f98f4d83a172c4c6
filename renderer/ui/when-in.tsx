import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { exampleOf, parseTyped, type TypedKind, writeTyped } from './london-input.ts';
import { steady } from './steady.tsx';

interface Props {
  readonly label: string;
  /** As London writes it: `2026-11-21T09:12`, or `2026-11-21` for a day; empty: not said. */
  readonly value: string;
  /** Never with half of a date: what is on the screen and not whole counts as not said. */
  readonly onChange: (value: string) => void;
  readonly kind: TypedKind;
  readonly problem?: string | null;
  readonly help?: string | undefined;
  readonly disabled?: boolean;
  readonly max?: string | undefined;
  readonly min?: string | undefined;
}

/** What was typed, and the value that it gave: it stands until the value comes from elsewhere. */
interface Typed {
  readonly text: string;
  readonly value: string;
  /** The field was left with it. */
  readonly left: boolean;
}

const notWhole: Readonly<Record<TypedKind, string>> = {
  day: `This is not a whole date. Write day, month and year: ${exampleOf.day}.`,
  instant: `This is not a whole date and time. Write day, month, year and time: ${exampleOf.instant}.`,
};

function outside(value: string, { kind, min, max }: Pick<Props, 'kind' | 'min' | 'max'>): string | null {
  if (value && min && value < min) return `This is too early: not before ${writeTyped(min, kind)}.`;
  return value && max && value > max ? `This is too late: not after ${writeTyped(max, kind)}.` : null;
}

function WhenField({ label, value, onChange, kind, problem = null, help, disabled = false, max, min }: Props) {
  const [typed, setTyped] = useState<Typed | null>(null);
  if (typed && typed.value !== value) setTyped(null);
  const text = typed?.text ?? writeTyped(value, kind);
  const half = text.trim() !== '' && value === '';
  const wrong = half && (typed?.left || problem) ? notWhole[kind] : (problem ?? outside(value, { kind, min, max }));
  const hint = value ? null : `For example ${exampleOf[kind]}.`;

  const type = (next: string) => {
    const read = parseTyped(next, kind) ?? '';
    setTyped({ text: next, value: read, left: false });
    if (read !== value) onChange(read);
  };
  return (
    <TextField
      label={label}
      value={text}
      onChange={(event) => type(event.target.value)}
      // What was understood is written out: nobody records another day than they meant.
      onBlur={() => setTyped(half ? { text, value, left: true } : null)}
      disabled={disabled}
      error={Boolean(wrong)}
      helperText={wrong ?? ([help, hint].filter(Boolean).join(' ') || undefined)}
      slotProps={{ htmlInput: { spellCheck: false, autoComplete: 'off', maxLength: 40 } }}
      sx={{ width: 260, '& .MuiFormHelperText-root': { mx: 0, fontWeight: wrong ? 650 : 400 } }}
    />
  );
}

/**
 * A day, or a day and a time, as Britain writes it and in Europe/London, whatever the machine is set to: a platform's own
 * date field follows the machine. Text, as the GOV.UK Design System asks for dates that people know.
 */
export const WhenIn = steady(WhenField);
