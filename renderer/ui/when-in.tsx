import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { isWhole, readTyped, type TypedKind, writeTyped } from './london-input.ts';
import { steady } from './steady.tsx';
import { useNow } from './use-now.ts';
import { exampleOf, sayOutside, sayUnread } from './when-words.ts';

interface Props {
  readonly label: string;
  /**
   * As London writes it: `2026-11-21T09:12`, with BST or GMT where that comes twice; or `2026-11-21` for a day; empty: not said.
   * What is no whole date as it was typed: nothing that stands on the screen is taken for "not said".
   */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly kind: TypedKind;
  readonly problem?: string | null;
  readonly help?: string | undefined;
  /** Days, where `kind` is one. */
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

function WhenField({ label, value, onChange, kind, problem = null, help, max, min }: Props) {
  const [typed, setTyped] = useState<Typed | null>(null);
  if (typed && typed.value !== value) setTyped(null);
  const text = typed?.text ?? (writeTyped(value, kind) || value);
  const example = exampleOf({ kind, min, max }, useNow());
  const half = value.trim() !== '' && !isWhole(value, kind);
  const read = half && (typed?.left || problem) ? readTyped(text, kind) : null;
  const unread = read !== null && typeof read === 'object' ? sayUnread(read, kind, example) : null;
  const wrong = unread ?? problem ?? (half ? null : sayOutside(value, { kind, min, max }));
  const hint = value && !half ? null : `For example ${example}.`;

  const type = (next: string) => {
    const found = readTyped(next, kind);
    const told = typeof found === 'string' ? found : next;
    setTyped({ text: next, value: told, left: false });
    if (told !== value) onChange(told);
  };
  return (
    <TextField
      label={label}
      value={text}
      onChange={(event) => type(event.target.value)}
      // What was understood is written out: nobody records another day than they meant.
      onBlur={() => setTyped(half ? { text, value, left: true } : null)}
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
