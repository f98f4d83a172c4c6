import { z } from 'zod';
import { londonDate } from '#shared/kernel/london-time.ts';
import { refuseField } from '#shared/kernel/refusal.ts';
import { instantOf } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { day, instant, isLater, line, reasons } from '../event/fields.ts';
import type { History } from '../event/history.ts';
import { subjectKindIds, subjectKinds } from '../report/report.ts';
import { lastReviewOn, regimeOf, suspensionOutcomeIds } from './suspension.ts';

const decision = z.strictObject({
  outcome: z.enum(suspensionOutcomeIds),
  decidedAt: instant,
  decidedBy: line(200),
  why: reasons,
  /** When a suspension is looked at again. */
  reviewOn: day.nullable(),
});

const data = z.strictObject({
  /** As what the subject serves: who is no officer has no clock of these Regulations. */
  subject: z.enum(subjectKindIds),
  /** First day of the behaviour, and day of the allegation: the regime follows from them. */
  behaviourOn: day.nullable(),
  allegedOn: day.nullable(),
  /** Since when there is a criminal investigation, and the conduct is assessed as gross misconduct. */
  listedAt: instant.nullable(),
  putAt: instant,
  /** The appropriate authority, or its delegate. */
  putTo: line(200),
  why: reasons,
  /** Null until the authority has decided. */
  decision: decision.nullable(),
});
export type SuspensionPut = z.output<typeof data>;

export interface SuspensionState {
  readonly suspension: History<SuspensionPut>;
}

function refuseDates({ subject, behaviourOn, allegedOn, listedAt, ...put }: SuspensionPut, now: string) {
  const today = londonDate(now);
  if (subjectKinds[subject].conductRegulations) {
    if (!behaviourOn) return refuseField('behaviourOn', 'say-when-arose');
    if (!allegedOn) return refuseField('allegedOn', 'say-when-arose');
  }
  if (behaviourOn && behaviourOn > today) return refuseField('behaviourOn', 'arose-in-future');
  if (allegedOn && allegedOn > today) return refuseField('allegedOn', 'arose-in-future');
  if (behaviourOn && allegedOn && allegedOn < behaviourOn) return refuseField('allegedOn', 'alleged-before-behaviour');
  if (listedAt && regimeOf({ subject, behaviourOn, allegedOn }) !== 'duty')
    return refuseField('listedAt', 'not-listed');
  if (listedAt && isLater(listedAt, now)) return refuseField('listedAt', 'arose-in-future');
  return isLater(put.putAt, now) ? refuseField('putAt', 'put-in-future') : null;
}

function refuseDecision(put: SuspensionPut, now: string) {
  if (!put.decision) return null;
  const { outcome, decidedAt, reviewOn } = put.decision;
  if (isLater(put.putAt, decidedAt)) return refuseField('decision.decidedAt', 'decided-before-put');
  if (isLater(decidedAt, now)) return refuseField('decision.decidedAt', 'decided-in-future');
  if (outcome !== 'suspended') return reviewOn ? refuseField('decision.reviewOn', 'review-of-no-suspension') : null;
  const last = lastReviewOn(regimeOf(put), londonDate(decidedAt));
  if (last && !reviewOn) return refuseField('decision.reviewOn', 'say-when-suspension-reviewed', { on: last });
  if (reviewOn && reviewOn < londonDate(decidedAt)) return refuseField('decision.reviewOn', 'review-before-decision');
  return last && reviewOn && reviewOn > last ? refuseField('decision.reviewOn', 'review-too-late', { on: last }) : null;
}

/** Suspension put to the appropriate authority, and what it decided: SI 2020/4 reg 11. The unit suspends nobody. */
export const suspensionPut = defineCaseEvent('suspension.put', {
  v: 1,
  data,
  audit: 'alteration',
  may: 'assess',
  empty: { suspension: [] },
  rule: (put, { time }) => refuseDates(put, instantOf(time)) ?? refuseDecision(put, instantOf(time)),
  history: ({ suspension }: SuspensionState) => suspension,
  apply: ({ suspension }: SuspensionState, put, signed) => ({ suspension: [...suspension, { ...put, ...signed }] }),
});
