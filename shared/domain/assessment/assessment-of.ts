import type { DecisionKind } from '../case/decisions.ts';
import type { History, Recorded } from '../case/history.ts';
import { type AssessmentState, type Disposition, noAssessment } from './assessment-state.ts';

type FirstVersionDecision = Recorded<{ readonly kind: DecisionKind; readonly rationale: string }>;

/** A decision of the first version among the dispositions, so that one history shows all that was ever decided. */
export const fromFirstVersion = ({ kind, ...signedWithReasons }: FirstVersionDecision): Disposition => ({
  ...signedWithReasons,
  outcome: { kind: 'firstVersion', decision: kind },
  options: [],
  answers: [],
});

interface MayBeAssessed {
  readonly assessment?: AssessmentState;
  readonly decisions: History<{ readonly kind: DecisionKind; readonly rationale: string }>;
}

/** The assessment of a case, by whatever version its state was stored: an earlier one lacks what was added since. */
export const assessmentOf = ({ assessment, decisions }: MayBeAssessed): AssessmentState =>
  assessment ? { ...noAssessment, ...assessment } : { ...noAssessment, dispositions: decisions.map(fromFirstVersion) };
