import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { type ComponentType, useMemo } from 'react';
import { type CaseView, useCase } from '#renderer/state/case-store.ts';
import { useDraftKeys, useDrafts } from '#renderer/state/draft-store.ts';
import { useSession } from '#renderer/state/session-store.ts';
import { type StepId, stepIds } from '#renderer/state/step-store.ts';
import { usePolicy } from '#renderer/state/unit-store.ts';
import { useNow } from '#renderer/ui/use-now.ts';
import { whoMay } from '#renderer/words/roles.ts';
import { selectPolicyLog } from '#shared/domain/case/policy-log.ts';
import { may } from '#shared/domain/policy/policy.ts';
import { Registry } from './form/form-registry.ts';
import { NextStep } from './next-step.tsx';
import { DecisionsContext, decisionsOf } from './record/decisions.ts';
import { lineOfStep } from './step-line.ts';
import { StepRail } from './step-rail.tsx';
import { StepSection } from './step-section.tsx';
import { standOfStep } from './step-state.ts';
import { CategoriesStep } from './steps/categories-step.tsx';
import { DispositionStep } from './steps/disposition-step.tsx';
import { GradingStep } from './steps/grading-step.tsx';
import { HarmStep } from './steps/harm-step.tsx';
import { ItemsStep } from './steps/items-step.tsx';
import { MandatoryStep } from './steps/mandatory-step.tsx';
import { RiskStep } from './steps/risk-step.tsx';
import { useStepActions } from './use-step-actions.ts';

const steps: Readonly<Record<StepId, ComponentType<{ view: CaseView }>>> = {
  risk: RiskStep,
  mandatory: MandatoryStep,
  items: ItemsStep,
  grading: GradingStep,
  categories: CategoriesStep,
  harm: HarmStep,
  disposition: DispositionStep,
};

/** The seven steps, one below the other: the one that the member is in is open, the others are a line each. */
function Steps({ view }: { readonly view: CaseView }) {
  const { state } = view;
  const drafts = useDraftKeys();
  const now = useNow();
  const log = useMemo(() => selectPolicyLog(state), [state]);
  const decisions = useMemo(() => decisionsOf(log), [log]);
  return (
    <DecisionsContext value={decisions}>
      {stepIds.map((step) => {
        const Step = steps[step];
        return (
          <StepSection
            key={`${state.id} ${step}`}
            step={step}
            stand={standOfStep(step, state, drafts, now)}
            line={lineOfStep(step, state, log, decisions)}
          >
            <Step view={view} />
            <NextStep after={step} />
          </StepSection>
        );
      })}
    </DecisionsContext>
  );
}

/** The assessment of a referral: seven steps, safety first. Any may be revisited; nothing recorded is ever edited. */
export function AssessmentPanel() {
  const view = useCase((state) => state.view);
  const trouble = useDrafts((state) => state.trouble);
  const loading = useDrafts((state) => state.loading);
  const registry = useStepActions();
  const role = useSession((state) => state.session?.member.role);
  const policy = usePolicy();
  const whyNotMay =
    role && !may(role, 'assess', policy) ? `Only ${whoMay('assess', policy)} can assess a referral.` : null;
  // Forms come with what was typed in them: nothing that is typed races with what is restored.
  if (!view || loading) return null;
  return (
    <Registry.Provider value={registry}>
      <StepRail assessment={view.state} />
      {whyNotMay && <Box sx={{ mb: 1 }}>{whyNotMay}</Box>}
      {trouble && (
        <Alert severity="warning" variant="outlined" sx={{ mb: 1 }}>
          {trouble}
        </Alert>
      )}
      <Steps view={view} />
    </Registry.Provider>
  );
}
