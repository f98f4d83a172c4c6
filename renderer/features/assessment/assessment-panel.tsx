import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import type { ComponentType } from 'react';
import { type CaseView, useCase } from '#renderer/state/case-store.ts';
import { useDrafts } from '#renderer/state/draft-store.ts';
import { useSession } from '#renderer/state/session-store.ts';
import { type StepId, useStep } from '#renderer/state/step-store.ts';
import { usePolicy } from '#renderer/state/unit-store.ts';
import { whoMay } from '#renderer/words/roles.ts';
import { may } from '#shared/domain/policy/policy.ts';
import { Registry } from './form/form-registry.ts';
import { NextStep } from './next-step.tsx';
import { StepRail } from './step-rail.tsx';
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

/** The assessment of a referral: seven steps, safety first. Any may be revisited; nothing recorded is ever edited. */
export function AssessmentPanel() {
  const view = useCase((state) => state.view);
  const step = useStep((state) => state.step);
  const trouble = useDrafts((state) => state.trouble);
  const loading = useDrafts((state) => state.loading);
  const registry = useStepActions();
  const role = useSession((state) => state.session?.member.role);
  const policy = usePolicy();
  const whyNotMay =
    role && !may(role, 'assess', policy) ? `Only ${whoMay('assess', policy)} can assess a referral.` : null;
  // Forms come with what was typed in them: nothing that is typed races with what is restored.
  if (!view || loading) return null;
  const Step = steps[step];
  return (
    <Registry.Provider value={registry}>
      <StepRail assessment={view.state} />
      {whyNotMay && <Box sx={{ mb: 1 }}>{whyNotMay}</Box>}
      {trouble && (
        <Alert severity="warning" variant="outlined" sx={{ mb: 1 }}>
          {trouble}
        </Alert>
      )}
      <Step key={`${view.state.id} ${step}`} view={view} />
      <NextStep after={step} />
    </Registry.Provider>
  );
}
