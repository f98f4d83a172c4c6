import { encapsulateTo } from '#shared/crypto/public-box.ts';
import { hasEnded, type RosterDevice } from '#shared/domain/unit/roster.ts';
import { comparedDevices } from '#shared/domain/unit/scope-keys.ts';
import type { ContentKeyId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import { boxToPublicKey } from '#shared/log/box.ts';
import type { ContentKey } from '#shared/log/content-key.ts';
import type { WholeBox } from '#shared/log/wire-box.ts';
import { currentCase, keysOfStream } from '../cases/current-case.ts';
import { boxesOf, type StreamKeys } from '../keys/held-keys.ts';
import type { OpenVault } from '../open-vault.ts';
import { entriesOfStream } from './entry-rows.ts';
import type { PendingEntry } from './log-copy.ts';
import { isClosedHere } from './scope-of-stream.ts';

/*
 * A member who was given one case alone reads it by boxes to their devices: of each key of its stream, and of the closed ones
 * that it goes on from. They stand beside entries of the stream in which the case is now, and go when that is handed on.
 */

/** A stream in which a case is, and who reads it besides its scope. */
export interface GivenAlone {
  readonly stream: StreamId;
  /** The closed streams that it goes on from. */
  readonly continues: readonly StreamId[];
  readonly readers: readonly MemberId[];
}

/** Null where it is no case, or is handed on. */
export async function givenAlone(vault: OpenVault, stream: StreamId): Promise<GivenAlone | null> {
  const state = await currentCase(vault, stream);
  if (!state || (await isClosedHere(vault, stream))) return null;
  const continues = state.continues.map((each) => each.stream);
  return { stream, continues, readers: state.readers.map(({ reader }) => reader) };
}

const devicesOf = ({ log: { roster } }: OpenVault, readers: readonly MemberId[]): readonly RosterDevice[] =>
  roster ? readers.flatMap((each) => comparedDevices(roster, each)) : [];

/** One encapsulation serves all boxes of a device. */
async function boxesTo(
  { author, sealingKey }: RosterDevice,
  keys: readonly ContentKey[],
): Promise<readonly WholeBox[]> {
  const encapsulation = keys.length > 0 ? await encapsulateTo(sealingKey) : null;
  return encapsulation ? Promise.all(keys.map((key) => boxToPublicKey(key, { device: author }, encapsulation))) : [];
}

/** Boxes of a new key of a stream. */
export async function boxesForSingle(vault: OpenVault, key: ContentKey): Promise<readonly WholeBox[]> {
  const given = await givenAlone(vault, key.stream);
  const devices = given ? devicesOf(vault, given.readers) : [];
  return (await Promise.all(devices.map((device) => boxesTo(device, [key])))).flat();
}

/** Of a stream, as confirmed and as they wait here. @param also own entries that are about to be written */
export async function allKeys(
  vault: OpenVault,
  stream: StreamId,
  also: readonly PendingEntry[] = [],
): Promise<StreamKeys> {
  const known = await keysOfStream(vault, stream);
  const waiting = [...vault.log.outbox, ...also].flatMap(({ opened: { key } }) =>
    key?.stream === stream ? [key] : [],
  );
  return [...new Map([...known, ...waiting].map((key) => [key.id, key])).values()];
}

/** Of boxes for single devices beside entries of a stream, as confirmed and as they wait here. */
async function boxesAlone(vault: OpenVault, stream: StreamId, also: readonly PendingEntry[] = []) {
  const written = [...(await entriesOfStream(vault, stream)), ...vault.log.outbox, ...also];
  return written
    .flatMap(({ entry }) => (entry.header.stream === stream ? boxesOf(entry) : []))
    .flatMap(({ key, to }) => ('device' in to ? [{ key, device: to.device }] : []));
}

/** The keys of a case that devices have which must read no further: nothing more is written under those. */
export async function keysOfEnded(vault: OpenVault, stream: StreamId): Promise<ReadonlySet<ContentKeyId>> {
  const { roster } = vault.log;
  const given = await givenAlone(vault, stream);
  const ended = roster?.devices.filter((device) => given?.readers.includes(device.member) && hasEnded(roster, device));
  if (!ended || ended.length === 0) return new Set();
  const authors = new Set(ended.map(({ author }) => author));
  return new Set((await boxesAlone(vault, stream)).flatMap(({ key, device }) => (authors.has(device) ? [key] : [])));
}

/** Boxes that no entry of the stream has: for a device that came later, or of a key that was made by one who did not know. */
export async function boxesOwed(
  vault: OpenVault,
  { stream, continues, readers }: GivenAlone,
  also: readonly PendingEntry[],
): Promise<readonly WholeBox[]> {
  const devices = devicesOf(vault, readers);
  if (devices.length === 0) return [];
  const keys = (await Promise.all([stream, ...continues].map((each) => allKeys(vault, each, also)))).flat();
  const there = new Set((await boxesAlone(vault, stream, also)).map(({ key, device }) => `${key} ${device}`));
  const owed = devices.map((device) =>
    boxesTo(
      device,
      keys.filter(({ id }) => !there.has(`${id} ${device.author}`)),
    ),
  );
  return (await Promise.all(owed)).flat();
}
