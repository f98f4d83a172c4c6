import { v7 } from 'uuid';
import type { Envelope } from '#shared/domain/event/envelope.ts';
import { currentGeneration } from '#shared/domain/unit/roster.ts';
import { receivingScope } from '#shared/domain/unit/scope-keys.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import { type Clock, timeOf } from '#shared/kernel/clock.ts';
import type { EntryId, EventId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { boxToPublicKey } from '#shared/log/box.ts';
import { makeContentKey } from '#shared/log/content-key.ts';
import { createEntry, parseEntry } from '#shared/log/entry.ts';
import type { ProblemCode } from '#shared/sync/problem.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import type { LockedUnit } from '../storage/storage.ts';
import { appendEntries } from './append-entries.ts';
import { notFounded, refuseOtherFounder } from './founded-unit.ts';
import { signingKeyOf } from './own-checkpoint.ts';
import { refuseIfSetBack } from './set-back.ts';
import { readVerifiedLog } from './verified-log.ts';
import { readReaders } from './withdrawals.ts';

interface Draft {
  readonly place: { readonly id: EntryId; readonly unit: UnitId; readonly stream: StreamId };
  readonly event: Envelope;
}

export const newEntryId = (clock: Clock): EntryId => v7({ msecs: clock.now() }) as EntryId;

/** What every event says of itself: an id of its own, and when the endpoint wrote it. */
export const stamp = (clock: Clock): { readonly id: EventId; readonly at: string } => ({
  id: v7({ msecs: clock.now() }) as EventId,
  at: timeOf(clock),
});

/**
 * Appends an entry of the endpoint to a unit's log, sealed to whoever reads its stream.
 * The event is under a content key that is used for it alone, boxed to their generation and then forgotten.
 * @param tooLarge the refusal when it does not fit
 * @param begins for whom its stream is, where it begins here: else whoever looks first at what comes from outside
 */
export async function appendSealed(
  service: Service,
  locked: LockedUnit,
  { place, event }: Draft,
  tooLarge: ProblemCode,
  begins?: Scope,
): Promise<void> {
  const { encapsulations } = service;
  const { unit } = place;
  refuseIfSetBack(locked);
  const log = await readVerifiedLog(service, unit, locked);
  if (!log.roster) throw notFounded();
  refuseOtherFounder(service, unit, log.roster);
  const readers = (await readReaders(locked, log, place.stream)) ?? begins ?? receivingScope(log.roster);
  const current = currentGeneration(log.roster, readers);
  if (!current) throw notFounded();
  const signingKey = await signingKeyOf(service, log.roster.endpointKey);
  const { generation, encapsulation } = await encapsulations.take(current);
  const key = makeContentKey(place.stream, signingKey.author);
  const box = await boxToPublicKey(key, { generation }, encapsulation);
  const prev = (await locked.tipOf(signingKey.author))?.hash ?? null;
  const unsigned = { place: { ...place, prev, seen: log.checkpoint }, event, key, boxes: [box] };
  const entry = await createEntry(unsigned, signingKey);
  if (!parseEntry(entry.wire).ok) throw new Refusal(tooLarge, 'This is longer than an entry can be.');
  await appendEntries(service, unit, locked, log, [entry], log.roster);
}
