import { z } from 'zod';
import type { EntryId } from '#shared/kernel/ids.ts';
import { refuseField } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { note } from '../event/fields.ts';
import type { History, Recorded } from '../event/history.ts';
import type { Revocable } from '../event/revocable.ts';
import type { ReferralState } from '../referral/referral.ts';
import { writtenAsIs } from '../written/written.ts';
import type { Grade } from './grading-scales.ts';

const data = z.strictObject({
  /** UTF-16 offsets in the narrative, end exclusive. */
  start: z.int().min(0).max(50_000),
  end: z.int().min(1).max(50_000),
  /** Exactly what stands there. */
  text: writtenAsIs(50_000),
  /** How and when the source came to know. Kept apart from the text; leaves in nothing. */
  provenance: note.nullable(),
});

/** An item of information, known by the entry that recorded it. */
export interface Item
  extends Recorded<{ readonly start: number; readonly end: number; readonly text: string }>,
    Revocable {
  readonly grades: History<Grade>;
}

/** How the source came to know: kept apart from the items, so that what shows items cannot show it by accident. */
export type Provenance = Recorded<{ readonly item: EntryId; readonly provenance: string; readonly why: string | null }>;

export interface ItemState {
  readonly items: readonly Item[];
  readonly provenance: readonly Provenance[];
}

/** (c) An item says exactly what the referral says, where it says it: nobody's paraphrase becomes evidence. */
export const itemRecorded = defineCaseEvent('item.recorded', {
  v: 1,
  data,
  audit: 'alteration',
  may: 'assess',
  empty: { items: [], provenance: [] },
  rule: ({ start, end, text }, { case: { referral } }: RuleContext<ReferralState>) =>
    referral.report.narrative.slice(start, end) === text && start < end
      ? null
      : refuseField('text', 'item-not-in-place'),
  apply: ({ items, provenance }: ItemState, { provenance: known, ...selection }, signed) => ({
    items: [...items, { ...selection, ...signed, grades: [], takenBack: [] }],
    ...(known && { provenance: [...provenance, { ...signed, item: signed.entry, provenance: known, why: null }] }),
  }),
});
