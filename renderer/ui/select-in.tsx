import TextField from '@mui/material/TextField';
import { visibleText } from '#shared/kernel/visible-text.ts';
import type { Option } from './choice-in.tsx';
import { steady } from './steady.tsx';

interface Props<Value extends string> {
  readonly label: string;
  readonly options: readonly Option<Value>[];
  /** Empty: nothing is chosen yet. */
  readonly value: Value | '';
  readonly onChange: (value: Value | '') => void;
  readonly problem?: string | null;
  readonly help?: string | undefined;
  /** What stands for nothing. */
  readonly none?: string;
  readonly width?: number;
}

function SelectField<Value extends string>(props: Props<Value>) {
  const { label, options, value, onChange, problem = null, help, none = 'Choose', width } = props;
  return (
    <TextField
      select
      label={label}
      value={value}
      onChange={(event) => onChange(options.find((option) => option.value === event.target.value)?.value ?? '')}
      error={Boolean(problem)}
      helperText={problem ?? help}
      slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
      sx={{ ...(width ? { width } : {}), '& .MuiFormHelperText-root': { mx: 0, fontWeight: problem ? 650 : 400 } }}
    >
      <option value="">{none}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {visibleText(option.label)}
        </option>
      ))}
    </TextField>
  );
}

/** One of several, in little room. The platform's own list: its keys are known to everybody. */
export const SelectIn = steady(SelectField);
