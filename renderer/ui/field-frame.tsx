import Box from '@mui/material/Box';
import FormControl from '@mui/material/FormControl';
import FormHelperText from '@mui/material/FormHelperText';
import FormLabel from '@mui/material/FormLabel';
import { type ReactNode, useId } from 'react';

interface Props {
  readonly label: string;
  /** What is missing or wrong, in words. */
  readonly problem?: string | null;
  readonly help?: ReactNode;
  readonly role: 'group' | 'radiogroup';
  readonly children: ReactNode;
}

/** Several controls that answer one question, with what is wrong beside them. */
export function FieldFrame({ label, problem = null, help, role, children }: Props) {
  const id = useId();
  return (
    <FormControl
      component="fieldset"
      role={role}
      aria-labelledby={id}
      aria-describedby={problem || help ? `${id}-help` : undefined}
      aria-invalid={problem ? true : undefined}
      error={Boolean(problem)}
      fullWidth
      sx={{ m: 0, p: 0, border: 0, minWidth: 0 }}
    >
      <FormLabel component="legend" id={id} sx={{ fontSize: 13, fontWeight: 550, color: 'text.primary', mb: 0.25 }}>
        {label}
      </FormLabel>
      {(problem || help) && (
        <FormHelperText id={`${id}-help`} sx={{ m: 0, mb: 0.5, fontWeight: problem ? 650 : 400 }}>
          {problem ?? help}
        </FormHelperText>
      )}
      <Box>{children}</Box>
    </FormControl>
  );
}
