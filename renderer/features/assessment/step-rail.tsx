import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useDraftKeys } from '#renderer/state/draft-store.ts';
import { type ActionId, ariaKeysOf, labelWithKeys } from '#renderer/state/shortcut-list.ts';
import { goToStep, type StepId, stepIds, useStep } from '#renderer/state/step-store.ts';
import type { Tone } from '#renderer/ui/palette.ts';
import { listed } from '#renderer/ui/theme.ts';
import { span } from '#renderer/ui/time.ts';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { useNow } from '#renderer/ui/use-now.ts';
import { clockTones } from '#renderer/words/tones.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import { iopcClock } from '#shared/domain/iopc/iopc-clock.ts';
import { stateOfStep, stepNames, stepStates } from './step-state.ts';

interface StepButtonProps {
  readonly step: StepId;
  readonly number: number;
  /** Where it stands. */
  readonly stand: { readonly label: string; readonly tone: Tone };
  readonly strong: boolean;
  readonly current: boolean;
}

function StepButton({ step, number, stand: { label, tone }, strong, current }: StepButtonProps) {
  const action = `step${number}` as ActionId;
  const { short, title } = stepNames[step];
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
      <Box sx={{ fontSize: 11.5, color: 'text.secondary', fontWeight: strong ? 650 : 400 }}>
        <ToneLabel tone={tone}>{label}</ToneLabel>
      </Box>
    </ButtonBase>
  );
}

/** "Owed, 28 h": what the law's clock leaves, or by how much it is over. */
function sayOwed(assessment: CaseState, now: number): { readonly label: string; readonly tone: Tone } {
  const clock = iopcClock(assessment, now);
  if (!clock) return stepStates.owed;
  const { remaining, tone } = clock;
  return { label: `Owed, ${span(remaining)}${remaining < 0 ? ' over' : ''}`, tone: clockTones[tone] };
}

/** The seven steps in order, and where each stands. */
export function StepRail({ assessment }: { readonly assessment: CaseState }) {
  const current = useStep((state) => state.step);
  const keys = useDraftKeys();
  const now = useNow();
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
        {stepIds.map((step, index) => {
          const state = stateOfStep(step, assessment, keys);
          return (
            <li key={step}>
              <StepButton
                step={step}
                number={index + 1}
                stand={state === 'owed' ? sayOwed(assessment, now) : stepStates[state]}
                strong={state === 'conflict' || state === 'owed'}
                current={step === current}
              />
            </li>
          );
        })}
      </Box>
    </Box>
  );
}
