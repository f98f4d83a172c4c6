import TextField from '@mui/material/TextField';

interface Props {
  readonly label: string;
  /** As London writes it: `2026-11-21T09:12`, or `2026-11-21` for a day; empty: not said. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly kind: 'instant' | 'day';
  readonly problem?: string | null;
  readonly help?: string | undefined;
  readonly disabled?: boolean;
  readonly max?: string | undefined;
  readonly min?: string | undefined;
}

/** A day, or a day and a time, in Europe/London whatever the machine is set to. */
export function WhenIn({ label, value, onChange, kind, problem = null, help, disabled = false, max, min }: Props) {
  return (
    <TextField
      label={label}
      type={kind === 'day' ? 'date' : 'datetime-local'}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      disabled={disabled}
      error={Boolean(problem)}
      helperText={problem ?? help}
      slotProps={{ inputLabel: { shrink: true }, htmlInput: { max, min } }}
      sx={{ width: 260, '& .MuiFormHelperText-root': { mx: 0, fontWeight: problem ? 650 : 400 } }}
    />
  );
}
