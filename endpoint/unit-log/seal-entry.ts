import { v7 } from 'uuid';
import type { Envelope } from '#shared/domain/event/envelope.ts';
import { currentGeneration } from '#shared/domain/unit/roster.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { EntryId, EventId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { boxToPublicKey } from '#shared/log/box.ts';
import { makeContentKey } from '#shared/log/content-key.ts';
import { createEntry, type Entry, parseEntry } from '#shared/log/entry.ts';
import type { ProblemCode } from '#shared/sync/problem.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import type { Sealing } from '../intake/encapsulations.ts';
import type { LockedUnit } from '../storage/storage.ts';
import { notFounded } from './founded-unit.ts';

interface Draft {
  readonly place: { readonly id: EntryId; readonly unit: UnitId; readonly stream: StreamId };
  readonly event: Envelope;
}

export const newEntryId = (clock: Clock): EntryId => v7({ msecs: clock.now() }) as EntryId;

/** What every event says of itself: an id of its own, and when the endpoint wrote it. */
export const stamp = (clock: Clock): { readonly id: EventId; readonly at: string } => ({
  id: v7({ msecs: clock.now() }) as EventId,
  at: new Date(clock.now()).toISOString(),
});

/** To seal to the unit as its roster is, which is the one that the next entry will follow. */
export async function currentSealing(
  { rosters, encapsulations }: Service,
  unit: UnitId,
  locked: LockedUnit,
): Promise<Sealing> {
  const generation = currentGeneration(await rosters.read(unit, await locked.roster()), 'unit');
  if (!generation) throw notFounded();
  return encapsulations.take(generation);
}

/**
 * The endpoint's next entry in a unit's log. The event is under a content key that is used for it alone, boxed to the
 * unit's generation and then forgotten.
 * @param tooLarge the refusal when it does not fit
 */
export async function sealEntry(
  { signingKey }: Service,
  locked: LockedUnit,
  { place, event }: Draft,
  { generation, encapsulation }: Sealing,
  tooLarge: ProblemCode,
): Promise<Entry> {
  const key = makeContentKey(place.stream, signingKey.author);
  const box = await boxToPublicKey(key, { generation }, encapsulation);
  const prev = await locked.tipOf(signingKey.author);
  const unsigned = { place: { ...place, prev, seen: locked.log.position }, event, key, boxes: [box] };
  const entry = await createEntry(unsigned, signingKey);
  if (!parseEntry(entry.wire).ok) throw new Refusal(tooLarge, 'This is longer than an entry can be.');
  return entry;
}
