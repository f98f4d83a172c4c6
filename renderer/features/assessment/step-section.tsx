import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { goToStep, type StepId, stepIds, useStep } from '#renderer/state/step-store.ts';
import { FoldLine } from '#renderer/ui/fold-line.tsx';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { WhoAndWhen } from './record/standing.tsx';
import type { StepLine } from './step-line.ts';
import { type StepStand, stepNames } from './step-state.ts';

interface Props {
  readonly step: StepId;
  readonly stand: StepStand;
  /** What stands recorded in it; null: nothing yet. */
  readonly line: StepLine | null;
  /** Its forms: there while it is open. */
  readonly children: ReactNode;
}

/** By whom and when; and where the step stands, unless all of it is recorded. */
function Aside({ stand, line }: Pick<Props, 'stand' | 'line'>) {
  return (
    <Box component="span" sx={{ display: 'flex', gap: 1.5, flexWrap: 'wrap' }}>
      {line && (
        <span>
          <WhoAndWhen by={line.by} />
        </span>
      )}
      {stand.state !== 'recorded' && <ToneLabel tone={stand.tone}>{stand.label}</ToneLabel>}
    </Box>
  );
}

/** One step of the page: open, while the member is in it; else one line, which opens it. */
export function StepSection({ step, stand, line, children }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const current = useStep((state) => state.step === step);
  const arrival = useStep((state) => state.arrival);
  const whole = useStep((state) => state.form === null);
  // From its heading on, unless one of its forms was gone to. What takes the focus is brought into sight by that.
  useLayoutEffect(() => {
    if (arrival > 0 && current && whole) frame.current?.scrollIntoView({ block: 'start' });
  }, [arrival, current, whole]);
  const title = `${stepIds.indexOf(step) + 1} ${stepNames[step].title}`;
  // Open and folded are two elements: what only changed its look would have it a moment later where motion is reduced.
  return (
    <Box ref={frame} sx={{ borderBottom: 1, borderColor: 'divider', '&:last-of-type': { borderBottom: 0 } }}>
      {current ? (
        <Box sx={{ pt: 0.75, pb: 2.5 }}>
          <Typography variant="h2" sx={{ fontSize: 15, mb: 1 }}>
            {title}
          </Typography>
          {children}
        </Box>
      ) : (
        <Typography variant="h2" sx={{ py: 0.25, fontWeight: 400 }}>
          <FoldLine
            open={false}
            onToggle={() => goToStep(step)}
            title={title}
            brief={line?.words}
            aside={<Aside {...{ stand, line }} />}
          />
        </Typography>
      )}
    </Box>
  );
}
