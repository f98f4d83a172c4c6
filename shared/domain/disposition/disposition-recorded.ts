import { z } from 'zod';
import { londonDate } from '#shared/kernel/london-time.ts';
import { refuse, refuseField } from '#shared/kernel/refusal.ts';
import { instantOf, type RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { hasTwins, reasons } from '../event/fields.ts';
import type { History, Recorded } from '../event/history.ts';
import { stands } from '../event/revocable.ts';
import { isIopcOwed } from '../iopc/iopc-clock.ts';
import type { IopcState } from '../iopc/iopc-referred.ts';
import type { MandatoryState } from '../iopc/mandatory-referral-assessed.ts';
import { isSuspectedFalse } from '../items/grading.ts';
import type { ItemState } from '../items/item-recorded.ts';
import { may, rolesThatMay } from '../policy/policy.ts';
import type { ReferralState } from '../referral/referral.ts';
import type { RiskState } from '../risk/risk-assessed.ts';
import { dispositions as dispositionTable } from './dispositions.ts';
import { type Outcome, optionSchema, outcomeSchema } from './outcome-schema.ts';
import type { TransferAnswered } from './transfer-answer.ts';

const data = z.strictObject({ outcome: outcomeSchema, options: z.array(optionSchema).max(20), rationale: reasons });
export type DispositionRecorded = z.output<typeof data>;

/*
 * An outcome that sends the case to another force:
 *
 *   otherForce --transfer.answered--> acknowledged
 *       '--------transfer.answered--> sent back: undecided again
 */
export interface Disposition extends Recorded<DispositionRecorded> {
  readonly answers: History<TransferAnswered>;
}
export interface DispositionState {
  readonly dispositions: readonly Disposition[];
}

type Context = RuleContext<DispositionState & RiskState & MandatoryState & IopcState & ItemState & ReferralState>;

/** The order that is law: life first (ECHR Art 2), then the duty to refer (SI 2020/2 reg 4, reg 7), then the outcome. */
function refuseOrder({ kind }: Outcome, { case: state, knew }: Context) {
  if (kind === 'safeguard') return null;
  if (!state.risk.some(knew)) return refuseField('outcome.kind', 'risk-first');
  if (!state.mandatory.some(knew)) return refuseField('outcome.kind', 'mandatory-first');
  return dispositionTable[kind].closes && isIopcOwed(state, knew) ? refuseField('outcome.kind', 'iopc-owed') : null;
}

/** Never for the merely mistaken or unsubstantiated: every item named is graded E with reasons. */
function refuseMalicious(items: readonly string[], { case: state, knew, actor, policy }: Context) {
  if (!actor || !may(actor.role, 'findMalicious', policy)) {
    return refuseField('outcome.kind', 'not-allowed', {
      action: 'findMalicious',
      roles: rolesThatMay('findMalicious', policy),
    });
  }
  if (hasTwins(items)) return refuseField('outcome.items', 'item-twice');
  const named = state.items.filter((item) => items.includes(item.entry) && !item.takenBack.some(knew));
  if (named.length < items.length) return refuseField('outcome.items', 'no-such-item');
  return named.every((item) => isSuspectedFalse(item, knew)) ? null : refuseField('outcome.items', 'malicious-needs-e');
}

function refuseDetails(outcome: Outcome, context: Context) {
  switch (outcome.kind) {
    case 'record':
      return outcome.reviewOn > londonDate(instantOf(context.time))
        ? null
        : refuseField('outcome.reviewOn', 'review-not-later');
    case 'otherForce':
      return outcome.force === context.case.referral.report.force
        ? refuseField('outcome.force', 'with-this-force-already')
        : null;
    case 'suspectedMalicious':
      return refuseMalicious(outcome.items, context);
    default:
      return null;
  }
}

/** (g) What becomes of a referral, with the options considered and the reasons. Superseded, never edited. */
export const dispositionRecorded = defineCaseEvent('disposition.recorded', {
  v: 1,
  data,
  audit: 'alteration',
  may: 'assess',
  empty: { dispositions: [] },
  followUp: 'passOnDisposition',
  protects: ({ outcome }) => outcome.kind === 'safeguard' && !outcome.ended,
  rule: ({ outcome, options }, context: Context) =>
    refuseOrder(outcome, context) ??
    refuseDetails(outcome, context) ??
    (dispositionTable[outcome.kind].weighsOptions && options.length === 0
      ? refuseField('options', 'options-not-weighed')
      : null),
  desk: ({ outcome }, { case: { items } }) =>
    dispositionTable[outcome.kind].needsItem && !items.some(stands) ? refuse('item-first') : null,
  apply: ({ dispositions }: DispositionState, recorded, signed) => ({
    dispositions: [...dispositions, { ...recorded, ...signed, answers: [] }],
  }),
});
