import type { EntryId } from '#shared/kernel/ids.ts';
import type { DecisionKind } from '../case/decisions.ts';
import type { History, Recorded } from '../case/history.ts';
import type { AssessmentData } from './assessment-events.ts';
import type { ConsideredOption, Outcome } from './disposition-schema.ts';
import type { Grade } from './grade-schema.ts';

/*
 * What an assessment knows: for each step all that was ever recorded of it (who, when, by which entry, and why). What
 * is in force is asked of `selectCurrent` and `selectLatest` in `case/history.ts`; more than one is a conflict.
 *
 * The duty to refer to the IOPC (`iopc-clock.ts`):
 *
 *   untested --no criterion--> not owed
 *      '-----a criterion-----> owed: the clock runs --iopc.referred--> sent --iopc.answered--> answered
 *                                '--past the deadline--> breached --iopc.referred, with a reason--> sent
 *
 * An outcome that sends the case to another force (`dispositions-in-force.ts`):
 *
 *   otherForce --transfer.answered--> acknowledged
 *       '--------transfer.answered--> sent back: undecided again
 */

/** Withdrawn, unlinked or restored: empty while it stands. More than once when two did so without sight of each other. */
interface Revocable {
  readonly takenBack: History<{ readonly why: string }>;
}
export const stands = ({ takenBack }: Revocable): boolean => takenBack.length === 0;

/** An item of information, known by the entry that recorded it. */
export interface Item
  extends Recorded<{ readonly start: number; readonly end: number; readonly text: string }>,
    Revocable {
  readonly grades: History<Grade>;
}

/** How the source came to know: kept apart from the items, so that what shows items cannot show it by accident. */
export type Provenance = Recorded<{ readonly item: EntryId; readonly provenance: string; readonly why: string | null }>;

export interface IopcReferral extends Recorded<AssessmentData<'iopc.referred'>> {
  readonly answers: History<AssessmentData<'iopc.answered'>>;
}

/** As a decision of the first version (`decision.recorded` v1) said it: four outcomes, no options, no details. */
export interface FirstVersionOutcome {
  readonly kind: 'firstVersion';
  readonly decision: DecisionKind;
}

export interface Disposition
  extends Recorded<{
    readonly outcome: Outcome | FirstVersionOutcome;
    readonly options: readonly ConsideredOption[];
    readonly rationale: string;
  }> {
  readonly answers: History<AssessmentData<'transfer.answered'>>;
}

export interface Link extends Recorded<AssessmentData<'referral.linked'>>, Revocable {}
export interface Rejection extends Recorded<AssessmentData<'match.rejected'>>, Revocable {}

export interface AssessmentState {
  readonly risk: History<AssessmentData<'risk.assessed'>>;
  readonly mandatory: History<AssessmentData<'mandatoryReferral.assessed'>>;
  readonly iopc: readonly IopcReferral[];
  readonly matter: History<AssessmentData<'matter.classified'>>;
  readonly severity: History<AssessmentData<'severity.assessed'>>;
  readonly notification: History<AssessmentData<'notification.set'>>;
  readonly items: readonly Item[];
  readonly provenance: readonly Provenance[];
  readonly categories: History<AssessmentData<'categories.recorded'>>;
  readonly standards: History<AssessmentData<'standards.recorded'>>;
  readonly harm: History<AssessmentData<'harm.assessed'>>;
  readonly overrides: History<AssessmentData<'priority.overridden'>>;
  /** Of items and of the whole together: `selectSanitised` takes them apart. */
  readonly sanitised: History<AssessmentData<'sanitised.recorded'>>;
  /** Of all attachments together: `copiesOf` takes them apart. */
  readonly copies: History<AssessmentData<'attachment.sanitised'>>;
  readonly dispositions: readonly Disposition[];
  readonly links: readonly Link[];
  readonly rejections: readonly Rejection[];
}

export const noAssessment: AssessmentState = {
  risk: [],
  mandatory: [],
  iopc: [],
  matter: [],
  severity: [],
  notification: [],
  items: [],
  provenance: [],
  categories: [],
  standards: [],
  harm: [],
  overrides: [],
  sanitised: [],
  copies: [],
  dispositions: [],
  links: [],
  rejections: [],
};
