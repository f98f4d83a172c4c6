import {
  currentGeneration,
  deviceOf,
  entitledTo,
  isRotationOwed,
  type Roster,
  type Scope,
  scopes,
} from '#shared/domain/unit/roster.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { type Generation, makeGeneration } from '#shared/log/generation.ts';
import { boxGeneration, boxGenerationUnder } from '#shared/log/generation-box.ts';
import { sealKeyCache } from '../keys/key-cache.ts';
import type { OpenVault } from '../open-vault.ts';
import { appendSigned } from './append-signed.ts';
import { signEvents, type Unsigned } from './outbox.ts';

/**
 * Only within the writer, before anything else is written. Whoever of a scope writes first after somebody left it makes a
 * new key for it, which those who left do not get. Where another did so first, the own one is passed on under that.
 */
export async function rotateOwed(vault: OpenVault): Promise<Result<unknown, Refusal>> {
  const { roster } = vault.log;
  const granted = deviceOf(roster, vault.member.slot.author)?.granted ?? [];
  if (!roster) return ok(null);
  for (const scope of scopes.filter((each) => granted.includes(each))) {
    const known = currentGeneration(roster, scope);
    const current = known && vault.member.keyring.generation(known.id);
    if (!current) continue;
    const written = isRotationOwed(roster, scope)
      ? await rotate(vault, roster, scope, current)
      : await carryOwn(vault, roster, scope, current);
    if (!written.ok) return written;
  }
  return ok(null);
}

const now = ({ io }: OpenVault): string => new Date(io.clock.now()).toISOString();

async function rotate(
  vault: OpenVault,
  roster: Roster,
  scope: Scope,
  before: Generation,
): Promise<Result<unknown, Refusal>> {
  const { stream } = roster;
  const generation = await makeGeneration();
  const forReaders = entitledTo(roster, scope).map((device) => boxGeneration(generation, stream, device));
  const boxes = [...(await Promise.all(forReaders)), await boxGenerationUnder(before, stream, generation)];
  const { id, sealing } = generation;
  const data = { scope, replaces: before.id, generation: { id, publicKey: sealing.publicKey } };
  const event: Unsigned['event'] = { type: 'scope.rotated', at: now(vault), data };
  const signed = await signEvents(vault, [{ stream, event, boxes }]);
  vault.member.keyring.admit(generation);
  // What is written next is under it: it must not be lost.
  return appendSigned(vault, signed, [{ table: 'meta', put: [await sealKeyCache(vault.member)] }]);
}

/** The keys that this device made in vain, each under the one that counted instead. */
async function carryOwn(
  vault: OpenVault,
  { stream, generations }: Roster,
  scope: Scope,
  current: Generation,
): Promise<Result<unknown, Refusal>> {
  const { keyring, slot } = vault.member;
  const events: Unsigned[] = [];
  for (const { id, by, counts, carried } of generations) {
    const own = !counts && !carried && by === slot.author ? keyring.generation(id) : null;
    if (!own) continue;
    const boxes = [await boxGenerationUnder(own, stream, current)];
    const data = { scope, generation: id };
    events.push({ stream, event: { type: 'generation.carried', at: now(vault), data }, boxes });
  }
  return events.length > 0 ? appendSigned(vault, await signEvents(vault, events), []) : ok(null);
}
