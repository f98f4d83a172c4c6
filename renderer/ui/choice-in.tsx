import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import { type ReactElement, type ReactNode, useId } from 'react';
import { FieldFrame } from './field-frame.tsx';
import { steady } from './steady.tsx';

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** What choosing it means. */
  readonly means?: ReactNode;
}

interface Props<Value extends string> {
  readonly label: string;
  readonly options: readonly Option<Value>[];
  /** Empty: nothing is chosen yet. */
  readonly value: Value | '';
  readonly onChange: (value: Value) => void;
  readonly problem?: string | null;
  readonly help?: ReactNode;
  /** Side by side, for few and short ones. */
  readonly inline?: boolean;
}

function ChoiceField<Value extends string>({ options, value, onChange, inline = false, ...frame }: Props<Value>) {
  return (
    <FieldFrame {...frame} role="radiogroup">
      <RadioGroup
        // The frame is the group, and says what is wrong.
        role="presentation"
        row={inline}
        value={value}
        onChange={(_, chosen) => {
          const option = options.find((each) => each.value === chosen);
          if (option) onChange(option.value);
        }}
      >
        {options.map((option) => (
          <OptionIn key={option.value} option={option} inline={inline}>
            {(named) => (
              <Radio size="small" sx={{ p: 0.3, mx: 0.75 }} value={option.value} slotProps={{ input: named }} />
            )}
          </OptionIn>
        ))}
      </RadioGroup>
    </FieldFrame>
  );
}

interface OptionInProps {
  readonly option: Option<string>;
  readonly inline?: boolean;
  /** The control, given what names and describes it: the label alone is its name, and what it means is read after. */
  readonly children: (named: { 'aria-labelledby': string; 'aria-describedby'?: string }) => ReactElement;
}

/** A control with its label, and what choosing it means. */
export function OptionIn({ option: { value, label, means }, inline = false, children }: OptionInProps) {
  const id = useId();
  const named = { 'aria-labelledby': id, ...(means ? { 'aria-describedby': `${id}-means` } : {}) };
  return (
    <FormControlLabel
      value={value}
      control={children(named)}
      label={
        <>
          <Box component="span" id={id} sx={{ fontWeight: means ? 600 : 400 }}>
            {label}
          </Box>
          {means && (
            <Box component="span" id={`${id}-means`} sx={{ color: 'text.secondary' }}>
              {' '}
              {means}
            </Box>
          )}
        </>
      }
      sx={{ alignItems: 'flex-start', mr: inline ? 2 : 0, '& .MuiFormControlLabel-label': { pt: 0.4 } }}
    />
  );
}

/** One of several. */
export const ChoiceIn = steady(ChoiceField);
