import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import type { ReactNode } from 'react';
import { type Option, OptionIn } from './choice-in.tsx';
import { FieldFrame } from './field-frame.tsx';
import { steady } from './steady.tsx';
import { listed } from './theme.ts';

interface Props<Value extends string> {
  readonly label: string;
  readonly options: readonly Option<Value>[];
  readonly value: readonly Value[];
  readonly onChange: (values: readonly Value[]) => void;
  readonly problem?: string | null;
  readonly help?: ReactNode;
  readonly columns?: number;
}

function ChecksField<Value extends string>({ options, value: chosen, onChange, columns = 1, ...frame }: Props<Value>) {
  const toggle = (value: Value) =>
    onChange(
      options
        .map((option) => option.value)
        .filter((each) => (each === value ? !chosen.includes(each) : chosen.includes(each))),
    );
  return (
    <FieldFrame {...frame} role="group">
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          columnGap: 2,
          [listed]: { gridTemplateColumns: 'minmax(0, 1fr)' },
        }}
      >
        {options.map((option) => (
          <OptionIn key={option.value} option={option}>
            {(named) => (
              <Checkbox
                size="small"
                sx={{ p: 0.3, mx: 0.75 }}
                checked={chosen.includes(option.value)}
                onChange={() => toggle(option.value)}
                slotProps={{ input: named }}
              />
            )}
          </OptionIn>
        ))}
      </Box>
    </FieldFrame>
  );
}

/** Any number of several, kept in the order of the options. */
export const ChecksIn = steady(ChecksField);
