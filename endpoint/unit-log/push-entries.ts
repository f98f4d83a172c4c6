import type { AuthorKey, Digest, EntryId, Position, UnitId } from '#shared/kernel/ids.ts';
import { type Entry, hashEntry, isWhole, parseEntry, verifyEntry, type WireEntry } from '#shared/log/entry.ts';
import type { PushReply } from '#shared/sync/wire.ts';
import type { EndpointKeys } from '../endpoint-keys.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import type { LockedUnit } from '../storage/storage.ts';
import { appendEntries } from './append-entries.ts';
import { judgeEntries } from './judge-entries.ts';
import { findSigned, judgeSeen, type SignedSeen } from './judge-seen.ts';
import { signingKeyOf } from './own-checkpoint.ts';
import { tellUnits } from './replace-keys.ts';
import { refuseIfSetBack } from './set-back.ts';
import { readVerifiedLog } from './verified-log.ts';
import { readFirstReaders } from './withdrawals.ts';
import { withinUnit } from './within-unit.ts';

interface HashedEntry {
  readonly entry: Entry;
  readonly hash: Digest;
}

/** All of them or, with a refusal that names the first at fault, none. Sending them again changes nothing. */
export async function pushEntries(
  service: Service,
  unit: UnitId,
  wires: readonly WireEntry[],
): Promise<PushReply['accepted']> {
  const entries = await Promise.all(wires.map((wire, index) => check(wire, index, unit, service.keys)));
  const signed = await findSigned(
    service,
    unit,
    entries.map(({ entry }) => entry),
  );
  const { accepted, founds } = await withinUnit(service, unit, async (locked) => {
    const { accepted, added } = await placeEntries(locked, entries);
    if (added.length > 0) await append(service, unit, locked, added, signed);
    return { accepted, founds: !locked.checkpoint && added.length > 0 };
  });
  // One that was enrolled before the keys were replaced names those of then.
  if (founds) await tellUnits(service);
  if (founds) await service.whenFounded();
  return accepted;
}

async function check(wire: WireEntry, index: number, unit: UnitId, keys: EndpointKeys): Promise<HashedEntry> {
  const parsed = parseEntry(wire);
  if (!parsed.ok)
    throw new Refusal('entry-malformed', `Entry ${index} of the push is malformed (${parsed.error.params.part}).`);
  const { id, author, unit: entryUnit } = parsed.value.header;
  if (entryUnit !== unit) throw new Refusal('entry-other-unit', `Entry ${id} belongs to another unit.`);
  if (keys.all.some(({ endpointKey }) => author === endpointKey)) {
    throw new Refusal(
      'entry-author-reserved',
      `Entry ${id} claims to be from the endpoint, which takes none from others.`,
    );
  }
  const verified = await verifyEntry(parsed.value);
  if (!verified.ok && verified.error.code === 'entry-signature')
    throw new Refusal('entry-signature', `The signature of entry ${id} does not match it and its author.`);
  if (!verified.ok) throw new Refusal('entry-parts', `The body or boxes of entry ${id} are not those of its header.`);
  // Nothing was withdrawn before the log had it.
  if (!isWhole(parsed.value)) throw new Refusal('entry-parts', `Entry ${id} lacks its body or a box.`);
  return { entry: parsed.value, hash: hashEntry(parsed.value) };
}

/** Where the entries stand or would stand: those that are new each follow the last one of their author. */
async function placeEntries(
  locked: LockedUnit,
  entries: readonly HashedEntry[],
): Promise<{ accepted: PushReply['accepted']; added: Entry[] }> {
  const known = new Map(await locked.find(entries.map(({ entry }) => entry.header.id)));
  const tips = new Map<AuthorKey, Digest | null>();
  const accepted: { id: EntryId; position: Position }[] = [];
  const added: Entry[] = [];
  for (const item of entries) {
    const { id, author, prev } = item.entry.header;
    const before = known.get(id);
    if (before && before.hash !== item.hash) {
      throw new Refusal('entry-id-reused', `Another entry has the id ${id} already.`);
    }
    const position = before?.position ?? (locked.checkpoint?.size ?? 0) + added.length + 1;
    accepted.push({ id, position });
    if (before) continue;
    const tip = tips.has(author) ? tips.get(author) : ((await locked.tipOf(author))?.hash ?? null);
    if (prev !== tip) {
      throw new Refusal('entry-out-of-order', `Entry ${id} does not follow the last entry of its author in this unit.`);
    }
    tips.set(author, item.hash);
    known.set(id, { position, hash: item.hash });
    added.push(item.entry);
  }
  return { accepted, added };
}

async function append(
  service: Service,
  unit: UnitId,
  locked: LockedUnit,
  added: readonly Entry[],
  signed: SignedSeen,
): Promise<void> {
  refuseIfSetBack(locked);
  const log = await readVerifiedLog(service, unit, locked);
  await judgeSeen(service, locked, log, added, signed);
  const roster = await judgeEntries(log.roster, added, service, {
    isBegun: (stream) => locked.hasStream(stream),
    firstReaders: async (stream) => (log.roster ? readFirstReaders(locked, log, log.roster, stream) : null),
  });
  // No log comes to name keys that this endpoint does not have.
  if (roster) await signingKeyOf(service, roster.endpointKey);
  if (roster) await appendEntries(service, unit, locked, log, added, roster);
}
