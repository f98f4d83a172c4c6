import { selectCurrent } from '../event/history.ts';
import { type Knew, knewAll } from '../event/signed.ts';
import { type Disposition, likeOf } from './disposition-recorded.ts';
import { dispositions, type OutcomeClass } from './dispositions.ts';

export interface InForce {
  /** What becomes of the referral: none, one, or several that conflict, as each excludes the others. */
  readonly exclusive: readonly Disposition[];
  /** Safeguarding that runs beside it, and has not ended. */
  readonly safeguarding: readonly Disposition[];
}

const hasEnded = ({ chosen }: Disposition): boolean => chosen.kind === 'safeguard' && chosen.ended;

export function selectInForce(all: readonly Disposition[], knew: Knew = knewAll): InForce {
  const inForce = (safeguarding: boolean) => selectCurrent<Disposition>(likeOf(all, safeguarding), knew);
  return { exclusive: inForce(false), safeguarding: inForce(true).filter((each) => !hasEnded(each)) };
}

/** In this order: where several stand, the endpoint learns the one in which most was done. */
const classOrder: readonly OutcomeClass[] = ['acted', 'passedOn', 'recorded', 'closed'];

/** All that leaves the unit about what it decided: one word of four, the same for thousands of referrals. Null: undecided. */
export function selectOutcomeClass(all: readonly Disposition[]): OutcomeClass | null {
  const { exclusive, safeguarding } = selectInForce(all);
  const classes = [...exclusive, ...safeguarding].map(({ chosen }) => dispositions[chosen.kind].outcome);
  return classOrder.find((each) => classes.includes(each)) ?? null;
}
