import { z } from 'zod';
import { authorKeySchema } from '#shared/crypto/key-schemas.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import { defineRosterEvent } from '../event/define-event.ts';
import { currentGeneration, memberOf } from '../unit/roster.ts';
import { mayHold } from '../unit/scope-keys.ts';
import { mayBelong, scopeSchema } from '../unit/scopes.ts';
import { isBoxedFor, mostReaders, refuseUnlessHeld } from './roster-rules.ts';

/** The key of a scope for a device, boxed beside the entry, by one who has it and compared the device with its holder. */
export const scopeGranted = defineRosterEvent('scope.granted', {
  v: 1,
  data: z.strictObject({ scope: scopeSchema, device: authorKeySchema }),
  audit: 'disclosure',
  rule({ scope, device }, context) {
    const { roster, boxes } = context;
    const refusal = refuseUnlessHeld(scope, context);
    if (refusal) return refusal;
    const member = memberOf(roster, device);
    if (!roster || !member) return refuse('device-not-in-force');
    if (!mayBelong(member.role, scope)) return refuse('not-of-scope');
    if (mayHold(roster, scope).length >= mostReaders) return refuse('scope-full', { maximum: mostReaders });
    const current = currentGeneration(roster, scope);
    return current && isBoxedFor(boxes, current.id, device) ? null : refuse('grant-without-key');
  },
  apply: (roster, { scope, device }) => ({
    ...roster,
    devices: roster.devices.map((each) =>
      each.author === device && !each.granted.includes(scope) ? { ...each, granted: [...each.granted, scope] } : each,
    ),
  }),
});
