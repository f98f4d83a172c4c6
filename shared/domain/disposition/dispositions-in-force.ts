import { selectCurrent } from '../event/history.ts';
import { type Knew, knewAll } from '../event/signed.ts';
import type { Disposition } from './disposition-recorded.ts';
import { dispositions, type OutcomeClass } from './dispositions.ts';

const isSafeguarding = ({ outcome }: Disposition): boolean => outcome.kind === 'safeguard';

/** Safeguarding runs beside any other outcome, so that each replaces only its like. */
const replaces = (later: Disposition, earlier: Disposition): boolean =>
  isSafeguarding(later) === isSafeguarding(earlier);

export interface InForce {
  /** What becomes of the referral: none, one, or several that conflict. */
  readonly outcomes: readonly Disposition[];
  /** Safeguarding that runs beside it, and has not ended. */
  readonly safeguarding: readonly Disposition[];
}

const hasEnded = ({ outcome }: Disposition): boolean => outcome.kind === 'safeguard' && outcome.ended;

export function selectInForce(all: readonly Disposition[], knew: Knew = knewAll): InForce {
  const current = selectCurrent<Disposition>(all, knew, replaces);
  return {
    outcomes: current.filter((each) => !isSafeguarding(each)),
    safeguarding: current.filter((each) => isSafeguarding(each) && !hasEnded(each)),
  };
}

/** In this order: where several stand, the endpoint learns the one in which most was done. */
const classOrder: readonly OutcomeClass[] = ['acted', 'passedOn', 'recorded', 'closed'];

/** All that leaves the unit about an outcome: one word of four, the same for thousands of referrals. Null: undecided. */
export function selectOutcomeClass(all: readonly Disposition[]): OutcomeClass | null {
  const { outcomes, safeguarding } = selectInForce(all);
  const classes = [...outcomes, ...safeguarding].map(({ outcome }) => dispositions[outcome.kind].outcome);
  return classOrder.find((each) => classes.includes(each)) ?? null;
}
