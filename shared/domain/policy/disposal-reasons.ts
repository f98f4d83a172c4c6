import { type Cited, idsOf } from '#shared/kernel/cited.ts';

/** Why a case is disposed of. Its id stands in the clear in the log: more would say what the case was. */
export const disposalReasons = {
  /** Reviewed at the end of its period, and not kept. */
  retentionEnded: {
    label: 'Retention ended',
    source: 'APP Information management: retention, review and disposal',
    standing: 'knowledge',
  },
  erasureRequired: { label: 'Erasure required', source: 'DPA 2018 s 47', standing: 'knowledge' },
} as const satisfies Record<string, Cited>;

export type DisposalReason = keyof typeof disposalReasons;
export const disposalReasonIds = idsOf<DisposalReason>(disposalReasons);
