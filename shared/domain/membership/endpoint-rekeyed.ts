import { z } from 'zod';
import { authorKeySchema, base64urlSchema } from '#shared/crypto/key-schemas.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import { defineRosterEvent } from '../event/define-event.ts';
import { isKeyOfEndpoint, sameKeys } from '../unit/endpoint-keys.ts';
import { wasRecoveryKey } from '../unit/recovery.ts';
import { deviceOf, type Roster } from '../unit/roster.ts';
import { refuseUnlessMay, takesTwoSupervisors } from './roster-rules.ts';

/** 64 bytes: over the replacement (shared/log/endpoint-keys-proof.ts). */
const signatureSchema = base64urlSchema.length(86);

const dataSchema = z.strictObject({
  /** That the roster names until now. */
  replaces: z.strictObject({ endpointKey: authorKeySchema, checkpointKey: authorKeySchema }),
  /** From here on: one of them may be the one of before. */
  endpointKey: authorKeySchema,
  checkpointKey: authorKeySchema,
  /** Of each new key, by itself; null of one that stays. */
  proofs: z.strictObject({ endpointKey: signatureSchema.nullable(), checkpointKey: signatureSchema.nullable() }),
  /** Of the key for checkpoints that is replaced, by itself; null where it stays, or cannot sign any more. */
  consent: signatureSchema.nullable(),
});
export type EndpointRekeying = z.output<typeof dataSchema>;

/** Why these keys cannot follow those that the roster names. */
function refuseKeys({ replaces, endpointKey, checkpointKey, proofs }: EndpointRekeying, roster: Roster) {
  if (!sameKeys(replaces, roster)) return refuse('endpoint-keys-stale');
  const fresh = [
    { key: endpointKey, proof: proofs.endpointKey, before: roster.endpointKey },
    { key: checkpointKey, proof: proofs.checkpointKey, before: roster.checkpointKey },
  ].filter(({ key, before }) => key !== before);
  if (fresh.length === 0) return refuse('nothing-changes');
  const isUsed = (key: AuthorKey): boolean =>
    deviceOf(roster, key) !== null || isKeyOfEndpoint(roster, key) || wasRecoveryKey(roster, key);
  if (endpointKey === checkpointKey || fresh.some(({ key }) => isUsed(key))) return refuse('endpoint-keys-used');
  return fresh.every(({ proof }) => proof !== null) ? null : refuse('endpoint-keys-unproved');
}

/**
 * Other keys of the endpoint, from this position on. The endpoint does it by itself while it has the old ones: the old key for
 * entries signs the entry, that for checkpoints signs within it. Where one is lost or was stolen, two supervisors do it; the
 * `seen` of their entries says which was the last checkpoint under the old keys that they had verified.
 */
export const endpointRekeyed = defineRosterEvent('endpoint.rekeyed', {
  v: 1,
  data: dataSchema,
  audit: 'alteration',
  endpointKeys: ({ replaces, endpointKey, checkpointKey, proofs, consent }) => ({
    ...{ endpointKey, checkpointKey },
    replacement: { replaces, proofs, consent },
  }),
  rule(data, context) {
    const { roster, author } = context;
    const refusal = roster && refuseKeys(data, roster);
    if (refusal || !roster) return refusal;
    if (author !== roster.endpointKey) return refuseUnlessMay('admitMember', context);
    // Whoever has the key for entries alone must not come by the other.
    const isConsented = data.checkpointKey === roster.checkpointKey || data.consent !== null;
    return isConsented ? null : refuse('endpoint-keys-unproved');
  },
  needsSecond: (_, context) => takesTwoSupervisors(context),
  apply: (roster, { replaces, endpointKey, checkpointKey }, { author, entry }) => ({
    ...roster,
    ...{ endpointKey, checkpointKey },
    formerKeys: [...roster.formerKeys, { ...replaces, replacedBy: entry, wereLost: author !== roster.endpointKey }],
  }),
});
