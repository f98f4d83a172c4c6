import { type Bytes, fromBase64url } from '#shared/crypto/encoding.ts';
import { parseEvent } from '#shared/domain/registry/registry.ts';
import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import type { Entry } from '#shared/log/entry.ts';
import { openEvent } from '#shared/log/event-body.ts';
import { findKey, type StreamKeys } from '../keys/held-keys.ts';
import { entriesOfStream } from '../log/entry-rows.ts';
import type { OpenVault } from '../open-vault.ts';

/**
 * The seed of the key that the answer to a transfer is sealed to: it lies in the entry that asked or, once the case was handed
 * on, in the first entry of the stream in which it goes on. Null where neither can be read here.
 * @param keys of the stream
 * @param atHand entries that are being read, and not stored yet
 */
export async function replySeed(
  vault: OpenVault,
  stream: StreamId,
  transfer: EntryId,
  keys: StreamKeys,
  atHand: readonly Entry[] = [],
): Promise<Bytes | null> {
  const stored = (await entriesOfStream(vault, stream)).map(({ entry }) => entry);
  const all = [...stored, ...atHand.filter(({ header }) => header.stream === stream)];
  const [first] = all;
  for (const entry of all) {
    if (entry !== first && entry.header.id !== transfer) continue;
    const seed = await seedIn(vault, entry, transfer, keys);
    if (seed) return fromBase64url(seed);
  }
  return null;
}

async function seedIn({ program }: OpenVault, { header, wire }: Entry, transfer: EntryId, keys: StreamKeys) {
  const key = header.key && findKey(keys, header.key);
  if (!key || !wire.body) return null;
  // What is wrong with an entry is named where it is read.
  const opened = await openEvent(key, wire.body, header).catch(() => null);
  const parsed = opened && parseEvent(opened.event, program.registry);
  if (!parsed?.ok) return null;
  const { type, data } = parsed.value;
  if (type === 'case.continued') return data.replies.find((each) => each.transfer === transfer)?.seed ?? null;
  return type === 'disposition.recorded' && header.id === transfer ? (data.reply ?? null) : null;
}
