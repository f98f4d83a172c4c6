import { z } from 'zod';
import { authorKeySchema, base64urlSchema } from '#shared/crypto/key-schemas.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import { defineRosterEvent, type RosterContext } from '../event/define-event.ts';
import {
  type BoxedGeneration,
  currentGeneration,
  deviceKeysSchema,
  deviceOf,
  memberIdSchema,
  memberOf,
  type Roster,
  type RosterDevice,
} from '../unit/roster.ts';
import { entitledTo } from '../unit/scope-keys.ts';
import type { Scope } from '../unit/scopes.ts';
import { boundDevice, isBoxedFor, refuseKeys, refuseUnlessMember } from './roster-rules.ts';

/**
 * A device whose store was restored from a copy, or found to be set back, goes on under new keys: what it wrote after the copy
 * was made is in the log or lost, and a second entry in the same place of its chain would be void. The first entry of the new
 * key, which takes no place in the old chain; the old key, which signed it, ends.
 */
export const deviceRenewed = defineRosterEvent('device.renewed', {
  v: 1,
  data: z.strictObject({
    member: memberIdSchema,
    replaces: authorKeySchema,
    device: deviceKeysSchema,
    /** Signature of the key that is replaced (shared/log/device-proof.ts). 64 bytes. */
    consent: base64urlSchema.length(86),
  }),
  audit: 'alteration',
  binds: ({ member, replaces, device, consent }) => ({ member, device, renews: { replaces, consent } }),
  actsFor: ({ replaces }) => replaces,
  rule({ member, device }, context) {
    const refusal = refuseUnlessMember(context) ?? refuseKeys(device, context);
    if (refusal) return refusal;
    if (context.author !== device.author) return refuse('renewed-by-another');
    return context.actor?.id === member ? null : refuse('device-of-another');
  },
  // Whoever has a copy of the disk and the passphrase could ask for it. Where nobody else is left, nobody else can say.
  needsSecond: (_, context) => hasOthers(context),
  maySecond: (_, { actor }) => actor !== null,
  apply(roster, { member, replaces, device }, { boxes }) {
    const devices = roster.devices.map(
      (each): RosterDevice => (each.author === replaces ? { ...each, standing: 'ended' } : each),
    );
    const granted = passedOn(roster, replaces, device.author, boxes);
    return { ...roster, devices: [...devices, { ...boundDevice(member, device), granted }] };
  },
});

const hasOthers = ({ roster, actor }: RosterContext): boolean =>
  roster?.devices.some(({ author }) => {
    const member = memberOf(roster, author);
    return member !== null && member.id !== actor?.id;
  }) === true;

/**
 * The scopes that it holds from here on: those that no other device could give it, of which the current key is boxed to it. What
 * others hold they give it, after comparing its keys with its holder.
 */
function passedOn(roster: Roster, from: AuthorKey, to: AuthorKey, boxes: readonly BoxedGeneration[]): readonly Scope[] {
  const held = deviceOf(roster, from)?.granted ?? [];
  return held.filter((scope) => {
    const current = currentGeneration(roster, scope);
    const isAlone = entitledTo(roster, scope).every(({ author }) => author === from);
    return isAlone && current !== null && isBoxedFor(boxes, current.id, to);
  });
}
