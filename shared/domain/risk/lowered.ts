import { type History, selectCurrent } from '../event/history.ts';
import type { Knew } from '../event/signed.ts';
import type { PersonAtRisk, Urgency } from '../report/report.ts';
import type { RiskLevel } from './rara.ts';

/** How grave, from nobody's risk on. What the contact centre says of urgency and what is assessed as a level are compared so. */
const levels: Readonly<Record<RiskLevel, number>> = { critical: 3, high: 2, medium: 1, standard: 0 };
const urgencies: Readonly<Record<Urgency, number>> = { immediate: 3, high: 2, concern: 1 };

interface Assessed {
  readonly atRiskNow: 'yes' | 'no' | 'unknown';
  readonly people: readonly { readonly level: RiskLevel }[];
}

/** The gravest risk of a record; null where it says that it cannot be told. */
function gravestOf({ atRiskNow, people }: Assessed): number | null {
  if (atRiskNow === 'unknown' && people.length === 0) return null;
  return Math.max(0, ...people.map(({ level }) => levels[level]));
}

const reportedIn = (people: readonly PersonAtRisk[]): number =>
  Math.max(0, ...people.map(({ urgency }) => urgencies[urgency]));

/** Whether risk is assessed as less grave than it stood: as recorded last or, at first, as the contact centre had it. */
export function isLowered(
  now: Assessed,
  reported: readonly PersonAtRisk[],
  history: History<Assessed>,
  knew: Knew,
): boolean {
  const standing = selectCurrent(history, knew).flatMap((each) => gravestOf(each) ?? []);
  const before = standing.length > 0 ? Math.max(...standing) : reportedIn(reported);
  const after = gravestOf(now);
  return after !== null && after < before;
}
