import { z } from 'zod';
import { authorKeySchema, sealingPublicKeySchema } from '#shared/crypto/key-schemas.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import { defineRosterEvent } from '../event/define-event.ts';
import { caseIdSchema, generationIdSchema } from '../event/fields.ts';
import { sameKeys } from '../unit/endpoint-keys.ts';
import { deviceKeysSchema, generationIdOf, memberIdSchema } from '../unit/roster.ts';
import { boundDevice, isBoxedFor, newGeneration } from './roster-rules.ts';

/** First entry of every unit's log. Its founder is a supervisor; the key of those who read its cases is boxed to their device. */
export const unitFounded = defineRosterEvent('unit.founded', {
  v: 1,
  data: z.strictObject({
    founder: memberIdSchema,
    device: deviceKeysSchema,
    /** Signs what the endpoint writes. */
    endpointKey: authorKeySchema,
    /** Signs the checkpoints of this log. */
    checkpointKey: authorKeySchema,
    policyStream: caseIdSchema,
    generation: z.strictObject({ scope: z.literal('unit'), id: generationIdSchema, publicKey: sealingPublicKeySchema }),
  }),
  audit: 'alteration',
  binds: ({ founder, device }) => ({ member: founder, device }),
  endpointKeys: ({ endpointKey, checkpointKey }) => ({ endpointKey, checkpointKey, replacement: null }),
  rule({ device, endpointKey, checkpointKey, generation }, { roster, author, pinned, boxes }) {
    if (roster) return refuse('unit-founded-already');
    if (pinned.founder !== null && author !== pinned.founder) return refuse('other-founder');
    if (device.author !== author) return refuse('founder-not-author');
    const isOfEndpoint = pinned.endpoints?.some((each) => sameKeys(each, { endpointKey, checkpointKey })) ?? true;
    if (!isOfEndpoint || endpointKey === checkpointKey) return refuse('founding-other-endpoint');
    if (device.author === endpointKey || device.author === checkpointKey) return refuse('key-of-endpoint');
    // Outsiders would seal to a key that opens nothing.
    if (generationIdOf(generation.publicKey) !== generation.id) return refuse('generation-not-its-key');
    return isBoxedFor(boxes, generation.id, author) ? null : refuse('grant-without-key');
  },
  apply: (_, { founder, device, endpointKey, checkpointKey, policyStream, generation }, { stream }) => ({
    stream,
    policyStream,
    endpointKey,
    checkpointKey,
    formerKeys: [],
    founder,
    hadTwoSupervisors: false,
    members: [{ id: founder, role: 'supervisor', standing: 'inForce' }],
    devices: [{ ...boundDevice(founder, device), granted: [generation.scope] }],
    generations: [{ ...newGeneration(generation, device.author), recovery: null }],
    proposals: [],
    recovery: null,
    formerRecovery: [],
    permissions: [],
    withdrawals: [],
    events: [],
  }),
});
