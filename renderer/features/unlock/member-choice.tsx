import Box from '@mui/material/Box';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import { PersonName } from '#renderer/ui/person-name.tsx';
import { roles } from '#shared/domain/policy/policy.ts';
import type { UnlockSlot } from './unlock-port.ts';

interface Props {
  readonly slots: readonly UnlockSlot[];
  readonly chosen: string;
  readonly onChoose: (slot: string) => void;
}

/** The members who have a key on this workstation. Arrow keys move, as in any group of radio buttons. */
export function MemberChoice({ slots, chosen, onChoose }: Props) {
  return (
    <FormControl fullWidth>
      <FormLabel sx={{ fontSize: 13, mb: 0.5 }}>Member</FormLabel>
      <RadioGroup
        value={chosen}
        onChange={(_, slot) => onChoose(slot)}
        sx={{ border: 1, borderColor: 'divider', borderRadius: 1, flexWrap: 'nowrap' }}
      >
        {slots.map(({ id, name, role }, index) => (
          <FormControlLabel
            key={id}
            value={id}
            control={<Radio size="small" autoFocus={chosen === '' && index === 0} />}
            label={
              <Box sx={{ display: 'flex', gap: 1, width: '100%' }}>
                <Box sx={{ flex: 1, minWidth: 0 }}>
                  <PersonName name={name} />
                </Box>
                <Box component="span" sx={{ color: 'text.secondary' }}>
                  {roles[role].label}
                </Box>
              </Box>
            }
            sx={{
              m: 0,
              px: 1,
              minHeight: 36,
              minWidth: 0,
              bgcolor: id === chosen ? 'action.selected' : undefined,
              '& .MuiFormControlLabel-label': { flex: 1, minWidth: 0 },
              '& + &': { borderTop: 1, borderColor: 'divider' },
            }}
          />
        ))}
      </RadioGroup>
    </FormControl>
  );
}
