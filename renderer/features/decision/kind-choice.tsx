import Box from '@mui/material/Box';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import type { RefObject } from 'react';
import { type DecisionKind, decisionKindIds, decisionKinds } from '#shared/domain/case/decisions.ts';

interface Props {
  readonly kind: DecisionKind | null;
  readonly onChoose: (kind: DecisionKind) => void;
  readonly disabled: boolean;
  readonly firstRef: RefObject<HTMLInputElement | null>;
}

/** The four first decisions, each with what it means. */
export function KindChoice({ kind, onChoose, disabled, firstRef }: Props) {
  return (
    <FormControl disabled={disabled} fullWidth>
      <FormLabel sx={{ fontSize: 13 }}>What should happen</FormLabel>
      <RadioGroup
        value={kind ?? ''}
        onChange={(_, value) => {
          const chosen = decisionKindIds.find((id) => id === value);
          if (chosen) onChoose(chosen);
        }}
      >
        {decisionKindIds.map((id, index) => (
          <FormControlLabel
            key={id}
            value={id}
            control={
              <Radio
                size="small"
                slotProps={(kind ? kind === id : index === 0) ? { input: { ref: firstRef } } : {}}
                sx={{ py: 0.4 }}
              />
            }
            label={
              <>
                <Box component="span" sx={{ fontWeight: 600 }}>
                  {decisionKinds[id].label}
                </Box>
                <Box component="span" sx={{ color: 'text.secondary' }}>{` ${decisionKinds[id].means}`}</Box>
              </>
            }
            sx={{ alignItems: 'flex-start', mr: 0, '& .MuiFormControlLabel-label': { pt: 0.55 } }}
          />
        ))}
      </RadioGroup>
    </FormControl>
  );
}
