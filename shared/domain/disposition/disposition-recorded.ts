import { z } from 'zod';
import { secretKeySchema } from '#shared/crypto/key-schemas.ts';
import { londonDate } from '#shared/kernel/london-time.ts';
import { refuse, refuseField } from '#shared/kernel/refusal.ts';
import { instantOf, type RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { hasTwins, reasons } from '../event/fields.ts';
import { type History, type Recorded, selectCurrent } from '../event/history.ts';
import { stands } from '../event/revocable.ts';
import type { Knew } from '../event/signed.ts';
import type { IopcState } from '../iopc/iopc-referred.ts';
import type { IopcTimeState } from '../iopc/iopc-time-set.ts';
import type { MandatoryState } from '../iopc/mandatory-referral-assessed.ts';
import type { OversightState } from '../iopc/oversight-recorded.ts';
import { isSuspectedFalse } from '../items/grading.ts';
import type { ItemState } from '../items/item-recorded.ts';
import type { MatterState } from '../misconduct/matter-classified.ts';
import { may, rolesThatMay } from '../policy/policy.ts';
import type { ReferralState } from '../referral/referral.ts';
import type { RiskState } from '../risk/risk-assessed.ts';
import { choiceSchema, type DispositionChoice, optionSchema, type TransferAnswered } from './disposition-schemas.ts';
import { dispositions as dispositionTable } from './dispositions.ts';
import { orderOf } from './prerequisites.ts';

const data = z.strictObject({
  chosen: choiceSchema,
  options: z.array(optionSchema).max(20),
  rationale: reasons,
  /** 32 bytes, where another unit will answer (define-event.ts). */
  reply: secretKeySchema.optional(),
});
export type DispositionRecorded = Omit<z.output<typeof data>, 'reply'>;

/*
 * A disposition that sends the case to another force:
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

const isSafeguarding = ({ chosen }: Pick<Disposition, 'chosen'>): boolean => chosen.kind === 'safeguard';

/** Safeguarding runs beside any other disposition, so that each replaces only its like. */
export const likeOf = (all: readonly Disposition[], safeguarding: boolean): readonly Disposition[] =>
  all.filter((each) => isSafeguarding(each) === safeguarding);

type Context = RuleContext<
  DispositionState &
    RiskState &
    MandatoryState &
    IopcState &
    OversightState &
    IopcTimeState &
    ItemState &
    ReferralState &
    MatterState
>;

function refuseOrder({ kind }: DispositionChoice, { case: state, knew }: Context) {
  const missing = orderOf(kind, state, knew).find(({ isMet }) => !isMet);
  return missing ? refuseField('chosen.kind', missing.code) : null;
}

/** Never for the merely mistaken or unsubstantiated: every item named is graded E with reasons. */
function refuseMalicious(items: readonly string[], { case: state, knew, actor, policy }: Context) {
  if (!actor || !may(actor.role, 'findMalicious', policy)) {
    return refuseField('chosen.kind', 'not-allowed', {
      action: 'findMalicious',
      roles: rolesThatMay('findMalicious', policy),
    });
  }
  if (hasTwins(items)) return refuseField('chosen.items', 'item-twice');
  const named = state.items.filter((item) => items.includes(item.entry) && !item.takenBack.some(knew));
  if (named.length < items.length) return refuseField('chosen.items', 'no-such-item');
  return named.every((item) => isSuspectedFalse(item, knew)) ? null : refuseField('chosen.items', 'malicious-needs-e');
}

/** What was sent to another force is protected here until a person there has acknowledged it, or it came back. */
const isUnderWay = ({ dispositions }: DispositionState, knew: Knew): boolean =>
  selectCurrent(likeOf(dispositions, false), knew).some(
    ({ chosen, answers }) => chosen.kind === 'otherForce' && !answers.some(knew),
  );

function refuseDetails(chosen: DispositionChoice, context: Context) {
  switch (chosen.kind) {
    case 'safeguard':
      return chosen.ended && isUnderWay(context.case, context.knew)
        ? refuseField('chosen.kind', 'transfer-not-acknowledged')
        : null;
    case 'record':
      return chosen.reviewOn > londonDate(instantOf(context.time))
        ? null
        : refuseField('chosen.reviewOn', 'review-not-later');
    case 'otherForce':
      return chosen.force === context.case.referral.report.force
        ? refuseField('chosen.force', 'with-this-force-already')
        : null;
    case 'suspectedMalicious':
      return refuseMalicious(chosen.items, context);
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
  asksOutside: ({ chosen }) => chosen.kind === 'otherForce',
  followUp: 'passOnDisposition',
  protects: ({ chosen }) => chosen.kind === 'safeguard' && !chosen.ended,
  rule: ({ chosen, options }, context: Context) =>
    refuseOrder(chosen, context) ??
    refuseDetails(chosen, context) ??
    (dispositionTable[chosen.kind].weighsOptions && options.length === 0
      ? refuseField('options', 'options-not-weighed')
      : null),
  desk: ({ chosen }, { case: { items } }) =>
    dispositionTable[chosen.kind].needsItem && !items.some(stands) ? refuse('item-first') : null,
  history: ({ dispositions }: DispositionState, { chosen }) => likeOf(dispositions, isSafeguarding({ chosen })),
  // The key is for the vault alone: no state has it.
  apply: ({ dispositions }: DispositionState, { reply: _, ...recorded }, signed) => ({
    dispositions: [...dispositions, { ...recorded, ...signed, answers: [] }],
  }),
});
