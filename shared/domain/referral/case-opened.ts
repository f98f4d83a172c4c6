import { z } from 'zod';
import type { StreamId } from '#shared/kernel/ids.ts';
import { refuse, refuseField } from '#shared/kernel/refusal.ts';
import { toBase32 } from '#shared/kernel/spoken-code.ts';
import { instantOf, type RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { instant, isLater } from '../event/fields.ts';
import { centralReferenceSchema, reportSchema } from '../report/report.ts';
import type { ReferralState } from './referral.ts';
import { wayInIds } from './ways-in.ts';

const data = z.strictObject({
  how: z.enum(wayInIds),
  reachedAt: instant,
  /** Of the referral that is to follow, where whoever called gave it. */
  expects: centralReferenceSchema.nullable(),
  report: reportSchema.extend({ channel: z.literal('byHand') }),
});
export type CaseOpened = z.output<typeof data>;

/** From the first 40 bits of the stream's id, which are random: given offline, and by all replicas alike. */
export const handReferenceOf = (stream: StreamId): string =>
  `H-${toBase32(Number.parseInt(stream.replaceAll('-', '').slice(0, 10), 16), 8)}`;

/**
 * A member opens a case from what reached the unit otherwise than through the endpoint: it opens the case's stream, and they have
 * the case. Nothing proves where it came from but their word.
 */
export const caseOpened = defineCaseEvent('case.opened', {
  v: 1,
  data,
  audit: 'collection',
  may: 'assess',
  opens: true,
  withoutHolding: true,
  rule: ({ reachedAt }, { case: before, time }: RuleContext<ReferralState | null>) => {
    if (before) return refuse('opened-already');
    return isLater(reachedAt, instantOf(time)) ? refuseField('reachedAt', 'reached-in-future') : null;
  },
  apply: ({ id }: ReferralState, { how, reachedAt, expects, report }, { by }) => ({
    referral: { reference: handReferenceOf(id), receivedAt: reachedAt, report, attachments: [], leftOut: [] },
    origin: { how, expects, by },
    holder: by,
  }),
});
