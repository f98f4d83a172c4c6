import type { DataOf } from '#shared/domain/registry/registry.ts';
import type { Urgency } from '#shared/domain/report/report.ts';

/** The answer to whether anyone is at risk now. */
export const riskAnswers: Readonly<Record<DataOf<'risk.assessed'>['atRiskNow'], string>> = {
  yes: 'Someone is at risk now',
  no: 'Nobody is known to be at risk now',
  unknown: 'Whether anyone is at risk cannot be told',
};

/** How near the harm is. */
export const urgencyWords: Readonly<Record<Urgency, string>> = {
  immediate: 'Immediate risk',
  high: 'High risk',
  concern: 'Concern',
};
