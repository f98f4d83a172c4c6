import TextField from '@mui/material/TextField';
import type { ReactNode } from 'react';
import { steady } from './steady.tsx';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly problem?: string | null;
  readonly help?: ReactNode;
  readonly disabled?: boolean;
  /** More than one: a text that grows. */
  readonly lines?: number;
  readonly most?: number;
  /** Takes the focus when it comes: somebody just asked for it. */
  readonly focused?: boolean;
}

function WordsField(props: Props) {
  const { label, value, onChange, problem = null, help, disabled = false, lines = 1, most, focused = false } = props;
  return (
    <TextField
      label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      disabled={disabled}
      autoFocus={focused}
      error={Boolean(problem)}
      helperText={problem ?? help}
      multiline={lines > 1}
      {...(lines > 1 ? { minRows: lines, maxRows: 18 } : {})}
      slotProps={{ htmlInput: { spellCheck: false, autoComplete: 'off', ...(most ? { maxLength: most } : {}) } }}
      sx={{ maxWidth: '75ch', '& .MuiFormHelperText-root': { mx: 0, fontWeight: problem ? 650 : 400 } }}
    />
  );
}

/** Words. No spelling check: it would send or keep what is typed. */
export const TextIn = steady(WordsField);
