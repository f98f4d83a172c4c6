import { z } from 'zod';
import { secretKeySchema } from '#shared/crypto/key-schemas.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { caseIdSchema, entryIdSchema, reasons } from '../event/fields.ts';
import type { Signed } from '../event/signed.ts';
import type { ReferralState } from '../referral/referral.ts';
import { mostReplies } from './boxes-withdrawn.ts';

/** A closed stream that a case was in before, and why it was handed on: null where whoever did so was shut out before they said. */
export interface Continued extends Signed {
  readonly stream: StreamId;
  readonly why: string | null;
}

/**
 * First entry of the stream in which a case goes on, for other readers than before (boxes-withdrawn.ts). It begins as the
 * closed one ended. Nobody has it: whoever of the new readers works on it takes it.
 */
export const caseContinued = defineCaseEvent('case.continued', {
  v: 1,
  data: z.strictObject({
    stream: caseIdSchema,
    why: reasons.nullable(),
    /** The seeds of the reply keys that its closing names, for what was sent to other units and may still be answered. */
    replies: z.array(z.strictObject({ transfer: entryIdSchema, seed: secretKeySchema })).max(mostReplies),
  }),
  audit: 'alteration',
  may: 'anyone',
  withoutHolding: true,
  continues: ({ stream }) => stream,
  followUp: 'passOnDisposition',
  apply: (
    { holder, continues }: Pick<ReferralState, 'holder'> & { readonly continues: readonly Continued[] },
    { stream, why },
    signed,
  ) => ({ continues: [...continues, { ...signed, stream, why }], holder: holder === signed.by ? holder : null }),
});
