import { oneHour } from '#shared/kernel/durations.ts';
import type { Policy } from '../policy/policy.ts';
import type { PublicCategory } from '../report/public-categories.ts';
import type { Report } from '../report/report.ts';

/** How soon a new referral must be read, from what the contact centre recorded; assessment replaces it later. */
export const priorities = {
  immediate: { label: 'Immediate', rank: 1, when: 'Someone is at immediate risk' },
  high: { label: 'High', rank: 2, when: 'Someone is at high risk' },
  raised: { label: 'Raised', rank: 3, when: 'Sexual purpose or partner abuse, or a concern for a person' },
  standard: { label: 'Standard', rank: 4, when: 'Everything else' },
} as const;

export type Priority = keyof typeof priorities;

/** Abuse for a sexual purpose and abuse of a partner put a person at risk even when no one is named (HMICFRS PPDA, 2022). */
const personalHarm: readonly PublicCategory[] = ['sexualPurpose', 'partnerAbuse'];

export function selectPriority(report: Report): Priority {
  const urgencies = report.peopleAtRisk.map((person) => person.urgency);
  if (urgencies.includes('immediate')) return 'immediate';
  if (urgencies.includes('high')) return 'high';
  if (urgencies.length > 0 || report.categories.some((category) => personalHarm.includes(category))) return 'raised';
  return 'standard';
}

/** Hours from receipt to a disposition. */
export type DecisionHours = Readonly<Record<Priority, number>>;

export const decisionHoursOf = ({ periods }: Policy): DecisionHours => ({
  immediate: periods['firstDecision.immediate'],
  high: periods['firstDecision.high'],
  raised: periods['firstDecision.raised'],
  standard: periods['firstDecision.standard'],
});

/** When a disposition is due: an ISO instant. Runs on weekends and at night, because risk does. */
export const selectDueAt = (priority: Priority, receivedAt: string, hours: DecisionHours): string =>
  new Date(Date.parse(receivedAt) + hours[priority] * oneHour).toISOString();
