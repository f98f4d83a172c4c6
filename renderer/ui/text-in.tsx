import TextField from '@mui/material/TextField';
import type { ReactNode } from 'react';
import { endlessWordIn } from './passages.ts';
import { steady } from './steady.tsx';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly problem?: string | null;
  readonly help?: ReactNode;
  /** More than one: a text that grows. */
  readonly lines?: number;
  readonly most?: number;
  /** Takes the focus when it comes: somebody just asked for it. */
  readonly focused?: boolean;
  /** Being recorded: it is read and selected, and not changed. */
  readonly still?: boolean;
}

const mostLines = 18;

/** A text of this length fills the field, however it is laid out. */
const filling = 3_000;

/** Grows with its text by itself: measured by a script, a long text would be laid out several times at each keystroke. */
const growing = (lines: number, value: string) => ({
  ...(value.length < filling ? { fieldSizing: 'content' } : { height: `${mostLines}lh` }),
  minHeight: `${lines}lh`,
  maxHeight: `${mostLines}lh`,
  // Looking for where to break a word takes time that grows faster than the word.
  ...(endlessWordIn(value) >= 0 && { wordBreak: 'break-all' }),
});

function WordsField(props: Props) {
  const { label, value, onChange, problem = null, help, lines = 1 } = props;
  const { most, focused = false, still = false } = props;
  return (
    <TextField
      label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      autoFocus={focused}
      error={Boolean(problem)}
      helperText={problem ?? help}
      multiline={lines > 1}
      {...(lines > 1 ? { rows: lines } : {})}
      slotProps={{
        // Not the one that measures itself.
        ...(lines > 1 && { input: { inputComponent: 'textarea' } }),
        htmlInput: { readOnly: still, spellCheck: false, autoComplete: 'off', ...(most ? { maxLength: most } : {}) },
      }}
      sx={{
        maxWidth: '75ch',
        '& .MuiFormHelperText-root': { mx: 0, fontWeight: problem ? 650 : 400 },
        ...(lines > 1 && { '& textarea': growing(lines, value) }),
      }}
    />
  );
}

/** Words. No spelling check: it would send or keep what is typed. */
export const TextIn = steady(WordsField);
