import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useDraftKeys } from '#renderer/state/draft-store.ts';
import { type ActionId, ariaKeysOf, labelWithKeys } from '#renderer/state/shortcut-list.ts';
import { goToStep, type StepId, stepIds, useStep } from '#renderer/state/step-store.ts';
import { listed } from '#renderer/ui/theme.ts';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import { type StepState, stateOfStep, stepNames, stepStates } from './step-state.ts';

interface StepButtonProps {
  readonly step: StepId;
  readonly number: number;
  readonly state: StepState;
  readonly current: boolean;
}

function StepButton({ step, number, state, current }: StepButtonProps) {
  const action = `step${number}` as ActionId;
  const { short, title } = stepNames[step];
  const { label, tone } = stepStates[state];
  return (
    <ButtonBase
      aria-label={`Step ${number}, ${title}: ${label.toLowerCase()}`}
      aria-current={current ? 'step' : undefined}
      aria-keyshortcuts={ariaKeysOf(action)}
      title={labelWithKeys(action)}
      onClick={() => goToStep(step)}
      sx={{
        width: '100%',
        display: 'block',
        textAlign: 'left',
        font: 'inherit',
        px: 0.75,
        py: 0.5,
        borderBottom: 3,
        borderColor: current ? 'primary.main' : 'transparent',
        [listed]: {
          display: 'flex',
          gap: 1,
          alignItems: 'baseline',
          borderBottom: 0,
          borderLeft: 3,
          borderColor: current ? 'primary.main' : 'transparent',
        },
        bgcolor: current ? 'action.selected' : 'transparent',
        '&:hover': { bgcolor: 'action.hover' },
      }}
    >
      <Box
        sx={{ fontWeight: current ? 650 : 550, whiteSpace: 'nowrap', [listed]: { flex: 1 } }}
      >{`${number} ${short}`}</Box>
      <Box sx={{ fontSize: 11.5, color: 'text.secondary', fontWeight: state === 'conflict' ? 650 : 400 }}>
        <ToneLabel tone={tone}>{label}</ToneLabel>
      </Box>
    </ButtonBase>
  );
}

/** The seven steps in order, and where each stands. */
export function StepRail({ assessment }: { readonly assessment: CaseState }) {
  const current = useStep((state) => state.step);
  const keys = useDraftKeys();
  return (
    <Box
      component="nav"
      aria-label="Steps of the assessment"
      sx={{
        position: 'sticky',
        [listed]: { position: 'static' },
        top: -16,
        zIndex: 1,
        mx: -2,
        mt: -2,
        mb: 2,
        px: 1,
        bgcolor: 'background.paper',
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <Box
        component="ol"
        sx={{
          ...{ listStyle: 'none', m: 0, p: 0, display: 'grid', gridTemplateColumns: 'repeat(7, minmax(0, 1fr))' },
          [listed]: { gridTemplateColumns: 'minmax(0, 1fr)' },
        }}
      >
        {stepIds.map((step, index) => (
          <li key={step}>
            <StepButton
              step={step}
              number={index + 1}
              state={stateOfStep(step, assessment, keys)}
              current={step === current}
            />
          </li>
        ))}
      </Box>
    </Box>
  );
}
