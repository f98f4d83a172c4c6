import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { runAction } from '#renderer/state/action-store.ts';
import { type ActionId, hintOf } from '#renderer/state/shortcut-list.ts';
import { goToStep, type StepId, stepIds } from '#renderer/state/step-store.ts';
import { KeyOnButton } from '#renderer/ui/keys.tsx';
import { stepNames } from './step-state.ts';

/** The end of a step, and the way on: the focus comes here when all that the step asks for is given. */
export function NextStep({ after }: { readonly after: StepId }) {
  const number = stepIds.indexOf(after) + 2;
  const next = stepIds[number - 1];
  const label = next ? `Next: ${number} ${stepNames[next].title}` : 'Next referral';
  const action: ActionId = next ? (`step${number}` as ActionId) : 'saveNext';
  return (
    <Box sx={{ mt: 2.5, display: 'flex', justifyContent: 'flex-end' }}>
      <Button data-next-step variant="outlined" onClick={() => (next ? goToStep(next) : runAction('saveNext'))}>
        {label}
        <KeyOnButton>{hintOf(action)}</KeyOnButton>
      </Button>
    </Box>
  );
}
