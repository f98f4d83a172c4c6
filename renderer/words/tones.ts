import type { ClockTone } from '#shared/domain/iopc/iopc-clock.ts';
import type { Priority } from '#shared/domain/priority/priorities.ts';
import type { Urgency } from '#shared/domain/report/report.ts';
import type { RiskLevel } from '#shared/domain/risk/rara.ts';
import { oneHour } from '#shared/kernel/durations.ts';

/** How much a code warns, by the same colour on every screen. */
export type Warning = 'red' | 'amber' | 'plain';

export const priorityTones: Readonly<Record<Priority, Warning>> = {
  immediate: 'red',
  high: 'amber',
  raised: 'plain',
  standard: 'plain',
};

export const urgencyTones: Readonly<Record<Urgency, Warning>> = { immediate: 'red', high: 'amber', concern: 'plain' };

export const riskTones: Readonly<Record<RiskLevel, Warning>> = {
  critical: 'red',
  high: 'amber',
  medium: 'plain',
  standard: 'plain',
};

/** The law's clock, which allows two days: it warns from the first. */
export const clockTones: Readonly<Record<ClockTone, Warning>> = { owed: 'amber', lastDay: 'red', breached: 'red' };

/** Amber begins when this little is left of the unit's own clock. */
const soonBefore = 4 * oneHour;

/** A clock that runs to an hour and is not the law's on the IOPC: the disposition, an authority's decision. Milliseconds since the epoch. */
export function toneOfDecision(due: number, now: number): Warning {
  if (due < now) return 'red';
  return due - now < soonBefore ? 'amber' : 'plain';
}
