import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useDraftKeys } from '#renderer/state/draft-store.ts';
import { type ActionId, ariaKeysOf, labelWithKeys } from '#renderer/state/shortcut-list.ts';
import { goToStep, type StepId, stepIds, useStep } from '#renderer/state/step-store.ts';
import { listed } from '#renderer/ui/theme.ts';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { useNow } from '#renderer/ui/use-now.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import { type StepStand, standOfStep, stepNames } from './step-state.ts';

interface StepButtonProps {
  readonly step: StepId;
  readonly number: number;
  readonly stand: StepStand;
  readonly current: boolean;
}

function StepButton({ step, number, stand: { state, label, tone }, current }: StepButtonProps) {
  const strong = state === 'conflict' || state === 'owed';
  const action = `step${number}` as ActionId;
  const { short, title } = stepNames[step];
  return (
    <ButtonBase
      aria-label={`Step ${number} ${short}, ${title}: ${label.toLowerCase()}`}
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

/** The contents of the page: the seven steps in order, where each stands, and which one is open. */
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
          const stand = standOfStep(step, assessment, keys, now);
          return (
            <li key={step}>
              <StepButton step={step} number={index + 1} stand={stand} current={step === current} />
            </li>
          );
        })}
      </Box>
    </Box>
  );
}
