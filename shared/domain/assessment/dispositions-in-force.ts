import type { DecisionKind } from '../case/decisions.ts';
import { selectCurrent } from '../case/history.ts';
import { type Knew, knewAll } from '../case/signed.ts';
import type { Disposition } from './assessment-state.ts';
import { dispositions, type OutcomeClass } from './tables/dispositions.ts';

const isSafeguarding = ({ outcome }: Disposition): boolean =>
  outcome.kind === 'safeguard' || (outcome.kind === 'firstVersion' && outcome.decision === 'safeguard');

/**
 * Safeguarding runs beside any other outcome, so that each replaces only its like. The first version had one decision
 * at a time: among its own, any replaces any.
 */
const replaces = (later: Disposition, earlier: Disposition): boolean =>
  isSafeguarding(later) === isSafeguarding(earlier) ||
  (later.outcome.kind === 'firstVersion' && earlier.outcome.kind === 'firstVersion');

export interface InForce {
  /** What becomes of the referral: none, one, or several that conflict. */
  readonly outcomes: readonly Disposition[];
  /** Safeguarding that runs beside it, and has not ended. */
  readonly safeguarding: readonly Disposition[];
}

const hasEnded = ({ outcome }: Disposition): boolean => outcome.kind === 'safeguard' && outcome.ended;

export function selectInForce(dispositions: readonly Disposition[], knew: Knew = knewAll): InForce {
  const current = selectCurrent<Disposition>(dispositions, knew, replaces);
  return {
    outcomes: current.filter((each) => !isSafeguarding(each)),
    safeguarding: current.filter((each) => isSafeguarding(each) && !hasEnded(each)),
  };
}

/** In this order: where several stand, the endpoint learns the one in which most was done. */
const classOrder: readonly OutcomeClass[] = ['acted', 'passedOn', 'recorded', 'closed'];

const firstVersionClass: Readonly<Record<DecisionKind, OutcomeClass>> = {
  investigate: 'acted',
  safeguard: 'acted',
  record: 'recorded',
  notOurs: 'passedOn',
};

/** All that leaves the unit about an outcome: one word of four, the same for thousands of referrals. Null: undecided. */
export function selectOutcomeClass(all: readonly Disposition[]): OutcomeClass | null {
  const { outcomes, safeguarding } = selectInForce(all);
  const classes = [...outcomes, ...safeguarding].map(({ outcome }) =>
    outcome.kind === 'firstVersion' ? firstVersionClass[outcome.decision] : dispositions[outcome.kind].outcome,
  );
  return classOrder.find((each) => classes.includes(each)) ?? null;
}
