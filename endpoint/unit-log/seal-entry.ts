import type { Bytes } from '#shared/crypto/encoding.ts';
import type { EntryId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { createEntry, type Entry, parseEntry } from '#shared/log/entry.ts';
import type { ProblemCode } from '#shared/sync/problem.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import type { LockedUnit } from '../storage/storage.ts';

export interface Place {
  readonly id: EntryId;
  readonly unit: UnitId;
  readonly stream: StreamId;
  /** Of the sealing key that `sealBody` seals to. */
  readonly kid: string;
}

/** The endpoint's next entry in a unit's log, sealed to the unit. @param tooLarge the refusal when it does not fit */
export async function sealEntry(
  { signingKey }: Service,
  locked: LockedUnit,
  place: Place,
  sealBody: (context: Bytes) => Promise<Bytes>,
  tooLarge: ProblemCode,
): Promise<Entry> {
  const prev = await locked.tipOf(signingKey.author);
  const header = { ...place, prev, seen: locked.log.position, enc: 'HPKE-XWING-A256GCM' } as const;
  const entry = await createEntry(header, signingKey, sealBody);
  if (!parseEntry(entry.wire).ok) throw new Refusal(tooLarge, 'This is longer than an entry can be.');
  return entry;
}
