import { currentGeneration, type Roster } from '#shared/domain/unit/roster.ts';
import { entitledTo, isCarryOwed, isReader, isRotationOwed, scopesIn } from '#shared/domain/unit/scope-keys.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import { timeOf } from '#shared/kernel/clock.ts';
import type { GenerationId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { type Generation, makeGeneration } from '#shared/log/generation.ts';
import { boxForRecovery, boxGeneration, boxGenerationUnder } from '#shared/log/generation-box.ts';
import { sealKeyCache } from '../keys/key-cache.ts';
import { createKeyring } from '../keys/keyring.ts';
import { followingReadership, sealReadership } from '../keys/readership.ts';
import type { OpenVault } from '../open-vault.ts';
import { appendSigned } from './append-signed.ts';
import { signEvents, type Unsigned } from './outbox.ts';

type Written = Result<unknown, Refusal>;

/**
 * Only within the writer, before anything else is written. Whoever of a scope writes first after somebody left it makes a
 * new key for it, which those who left do not get. Where another did so first, the own one is passed on under that. Whom
 * somebody shut out by a key that does not open says so, and makes another.
 */
export async function rotateOwed(vault: OpenVault): Promise<Written> {
  const { roster } = vault.log;
  for (const scope of roster ? scopesIn(roster) : []) {
    const written = await renew(vault, scope);
    if (!written.ok) return written;
  }
  return ok(null);
}

async function renew(vault: OpenVault, scope: Scope): Promise<Written> {
  const { keyring, slot } = vault.member;
  const { roster } = vault.log;
  const current = currentGeneration(roster, scope);
  if (!roster || !current || !isReader(roster, slot.author, scope)) return ok(null);
  const held = keyring.generation(current.id);
  // One that the recovery key made here: it comes with the log, and nothing is written under it before.
  if (!held && isWaitingHere(vault, current.id)) return ok(null);
  if (!held) return openAgain(vault, roster, scope, current.id);
  return isRotationOwed(roster, scope)
    ? rotate(vault, roster, scope, current.id, held)
    : carry(vault, roster, scope, held);
}

/** Whether the log has not brought it yet. */
const isWaitingHere = ({ log: { ledger } }: OpenVault, id: GenerationId): boolean =>
  !ledger.roster?.generations.some((each) => each.id === id);

async function rotate(
  vault: OpenVault,
  roster: Roster,
  scope: Scope,
  replaces: GenerationId,
  past: Generation,
): Promise<Written> {
  const { stream } = roster;
  const generation = await makeGeneration();
  const forReaders = entitledTo(roster, scope).map((device) => boxGeneration(generation, stream, device));
  const forRecovery = roster.recovery ? [boxForRecovery(generation, stream, roster.recovery)] : [];
  const boxes = await Promise.all([...forReaders, ...forRecovery, boxGenerationUnder(past, stream, generation)]);
  const { id, sealing } = generation;
  const data = { scope, replaces, generation: { id, publicKey: sealing.publicKey } };
  const event: Unsigned['event'] = { type: 'scope.rotated', at: timeOf(vault.io.clock), data };
  const signed = await signEvents(vault, [{ stream, event, boxes }]);
  const { member, log } = vault;
  const { slotId, personalKey, storeKey } = member;
  const keyring = createKeyring(member.slot);
  for (const each of [...member.keyring.all(), generation]) keyring.admit(each);
  const readership = await followingReadership(log.readership, keyring);
  // What is written next is under it: it must not be lost.
  const rows = [
    await sealKeyCache({ slotId, personalKey, keyring }),
    await sealReadership(storeKey, readership, keyring),
  ];
  const written = await appendSigned(vault, signed, [{ table: 'meta', put: rows }]);
  if (!written.ok) return written;
  member.keyring.admit(generation);
  log.readership = readership;
  return written;
}

/**
 * The current key, and perhaps some before it, do not open here. Who holds an earlier one makes the next, over them; who
 * holds none waits for somebody who does.
 */
async function openAgain(vault: OpenVault, roster: Roster, scope: Scope, current: GenerationId): Promise<Written> {
  const { keyring, slot } = vault.member;
  const counting = roster.generations.filter((each) => each.scope === scope && each.counts);
  const last = counting.findLastIndex(({ id }) => keyring.generation(id));
  const unopened = counting.slice(last + 1).filter(({ unopenedBy }) => !unopenedBy.includes(slot.author));
  const events = unopened.map(({ id }): Unsigned => {
    const data = { scope, generation: id };
    return { stream: roster.stream, event: { type: 'generation.unopened', at: timeOf(vault.io.clock), data } };
  });
  const said = events.length > 0 ? await appendSigned(vault, await signEvents(vault, events), []) : ok(null);
  const past = counting[last] && keyring.generation(counting[last].id);
  return said.ok && past && vault.log.roster ? rotate(vault, vault.log.roster, scope, current, past) : said;
}

/** The keys that no later one has under itself, each under the current one. */
async function carry(vault: OpenVault, roster: Roster, scope: Scope, current: Generation): Promise<Written> {
  const { keyring, slot } = vault.member;
  const { stream } = roster;
  const events: Unsigned[] = [];
  for (const generation of roster.generations) {
    const { id } = generation;
    const isOwed = generation.scope === scope && isCarryOwed(roster, generation, slot.author);
    const held = isOwed ? keyring.generation(id) : null;
    if (!held) continue;
    const boxes = [await boxGenerationUnder(held, stream, current)];
    events.push({
      stream,
      event: { type: 'generation.carried', at: timeOf(vault.io.clock), data: { scope, generation: id } },
      boxes,
    });
  }
  return events.length > 0 ? appendSigned(vault, await signEvents(vault, events), []) : ok(null);
}
