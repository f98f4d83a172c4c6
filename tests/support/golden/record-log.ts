import type { StoredEntry } from '#renderer/vault/log/entry-rows.ts';
import type { OpenVault } from '#renderer/vault/open-vault.ts';
import { unwrapCarried } from '#renderer/vault/transfer/unwrap.ts';
import { fromCanonicalJson } from '#shared/crypto/canonical-json.ts';
import { toCbor } from '#shared/crypto/cbor.ts';
import { fromBase64url, fromUtf8, toBase64url } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import { type Envelope, envelopeSchema } from '#shared/domain/event/envelope.ts';
import type { Digest } from '#shared/kernel/ids.ts';
import { openBox, parseBox } from '#shared/log/box.ts';
import { admitContentKey } from '#shared/log/content-key.ts';
import { type Entry, hashEntry, isInClear, type WireEntry } from '#shared/log/entry.ts';
import { openEvent } from '#shared/log/event-body.ts';
import { type GenerationBoxKeys, openGenerationBox, parseGenerationBox } from '#shared/log/generation-box.ts';
import { formatLeaf, hashSignedHeader, type Leaf, nextLeaf } from '#shared/log/tree/leaf.ts';
import { isWithdrawn, type WireBox } from '#shared/log/wire-box.ts';
import { carriedSchemas } from '#shared/sync/transfer.ts';
import type { GoldenBox, GoldenEntry } from './golden-file.ts';
import { replyKeys } from './golden-keys.ts';

/** What is in a box, whatever it is for. @throws when no key opens it */
export async function openAnyBox(box: WireBox, keys: GenerationBoxKeys): Promise<Uint8Array> {
  const ofKey = parseBox(box);
  const ofGeneration = parseGenerationBox(box);
  const held = ofKey
    ? (await openBox(ofKey, keys))?.raw
    : ofGeneration && (await openGenerationBox(ofGeneration, keys))?.secret;
  if (!held) throw new Error('No key opens this box.');
  return held;
}

async function recordBox(box: WireBox, keys: GenerationBoxKeys): Promise<GoldenBox> {
  if (isWithdrawn(box)) throw new Error('The box was withdrawn before it was recorded.');
  const holds = toBase64url(await openAnyBox(box, keys));
  return { label: fromCanonicalJson(fromUtf8(box.label)), sealed: toBase64url(box.sealed), holds };
}

/** The event of an entry, under a key that some box before it or beside it brought. */
async function openBody({ header, wire }: Entry, raws: ReadonlyMap<string, string>) {
  if (!wire.body) throw new Error('The body was withdrawn before it was recorded.');
  if (header.key === null) {
    return { salt: null, event: envelopeSchema.parse(fromCanonicalJson(fromUtf8(wire.body))) };
  }
  const raw = raws.get(header.key);
  if (!raw) throw new Error('No box brings the key of this entry.');
  const opened = await openEvent(admitContentKey(header.key, header.stream, fromBase64url(raw)), wire.body, header);
  return { salt: toBase64url(opened.salt), event: opened.event };
}

const keyOfLabel = (label: unknown): string | null => (label as { key?: string }).key ?? null;

/**
 * @param vault that has what the statements of other units are judged by
 * @param nameOf who signed, by their key
 */
export async function recordEntries(
  stored: readonly StoredEntry[],
  keys: GenerationBoxKeys,
  vault: OpenVault,
  nameOf: (entry: Entry) => string,
): Promise<GoldenEntry[]> {
  const raws = new Map<string, string>();
  const entries: GoldenEntry[] = [];
  let leaf: Leaf | null = null;
  for (const { entry, position, arrivedAt } of stored) {
    const { header, wire } = entry;
    const boxes = await Promise.all(wire.boxes.map((box) => recordBox(box, keys)));
    for (const { label, holds } of boxes) {
      const key = keyOfLabel(label);
      if (key) raws.set(key, holds);
    }
    leaf = nextLeaf(leaf, hashSignedHeader(wire), isInClear(entry), arrivedAt);
    const { salt, event } = await openBody(entry, raws);
    const isCarried = event.type in carriedSchemas;
    entries.push({
      ...{ position, by: nameOf(entry), arrivedAt, header, signature: toBase64url(wire.signature) },
      body: salt === null ? null : toBase64url(wire.body as Uint8Array),
      boxes,
      ...{ hash: hashEntry(entry), leaf: toBase64url(formatLeaf(leaf)), cbor: await cborOf(wire), salt, event },
      ...(isCarried && { unwrapped: await unwrapped(vault, event, entry, entries) }),
    });
  }
  return entries;
}

const cborOf = (wire: WireEntry): Promise<Digest> => digestOf(toCbor(wire));

/** What a member makes of what another unit stated. @param before entries that have the keys of answers. @throws when it does not count */
export async function unwrapped(
  vault: OpenVault,
  event: Envelope,
  entry: Entry,
  before: readonly GoldenEntry[],
): Promise<Envelope> {
  const { stream } = entry.header;
  const held = replyKeys(before).filter((each) => each.stream === stream);
  const done = await unwrapCarried(vault, event, entry, async (transfer) => {
    return held.find((each) => each.transfer === transfer)?.seed ?? null;
  });
  if (done.kind !== 'event') throw new Error(`A statement of another unit: ${done.kind}.`);
  return done.envelope;
}
