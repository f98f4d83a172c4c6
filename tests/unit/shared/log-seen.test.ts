import { describe, expect, test } from 'vitest';
import { generateSigningKey, importSigningKey } from '#shared/crypto/signing.ts';
import type { Digest, UnitId } from '#shared/kernel/ids.ts';
import { isSeenSigned, type Seen, seenNothing, seenSchema, timeOfSeen, toSeen } from '#shared/log/seen.ts';
import { signCheckpoint, verifySignedCheckpoint } from '#shared/log/tree/signed-checkpoint.ts';
import { emptyRoot, hashLeaf } from '#shared/log/tree/tree-hash.ts';

const unit = '6f1c54b5-0d0b-4d55-9a3e-1f2f4d1b7a10' as UnitId;
const time = 1_795_000_000;

async function keyPair() {
  const { author, pkcs8 } = await generateSigningKey();
  return importSigningKey(author, pkcs8);
}

/** As a device keeps a checkpoint of one entry that it verified. */
async function seen(size = 1, root = hashLeaf(new Uint8Array())) {
  const key = await keyPair();
  const note = await signCheckpoint({ unit, size, root }, key, time);
  const checkpoint = await verifySignedCheckpoint(note, { unit, key: key.author });
  if (!checkpoint.ok) throw new Error(checkpoint.error.code);
  return { key: key.author, seen: toSeen(checkpoint.value) };
}

type Signed = Extract<Seen, { signature: string }>;

describe('what an author had seen', () => {
  test('of nothing is size 0 and the root that RFC 6962 gives the empty tree, and nobody signed it', async () => {
    // SHA-256 of nothing, base64url.
    expect(seenNothing).toEqual({ size: 0, root: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU' });
    expect((await seen(0, emptyRoot)).seen).toEqual(seenNothing);
    expect(seenSchema.parse(seenNothing)).toEqual(seenNothing);
    expect(await isSeenSigned(seenNothing, { unit, key: (await keyPair()).author })).toBe(true);
    expect(timeOfSeen(seenNothing)).toBeNull();
  });

  test('is the checkpoint as it was verified, which still proves itself', async () => {
    const { key, seen: checkpoint } = await seen();
    expect(seenSchema.parse(JSON.parse(JSON.stringify(checkpoint)))).toEqual(checkpoint);
    expect(checkpoint).toMatchObject({ size: 1, time });
    expect(timeOfSeen(checkpoint)).toBe('2026-11-18T11:06:40.000Z');
    expect(await isSeenSigned(checkpoint, { unit, key })).toBe(true);
  });

  test('is nothing that the endpoint signed once a part of it is another', async () => {
    const { key, seen: checkpoint } = await seen();
    const signed = checkpoint as Signed;
    const other = (await seen()).seen as Signed;
    const altered: readonly Signed[] = [
      { ...signed, size: 2 },
      { ...signed, root: seenNothing.root },
      { ...signed, time: time + 1 },
      { ...signed, signature: other.signature },
    ];
    for (const each of altered) expect(await isSeenSigned(each, { unit, key })).toBe(false);
    const elsewhere = crypto.randomUUID() as string as UnitId;
    expect(await isSeenSigned(signed, { unit: elsewhere, key })).toBe(false);
    expect(await isSeenSigned(signed, { unit, key: (await keyPair()).author })).toBe(false);
  });

  test.each<[string, (signed: Signed) => unknown]>([
    ['a size without a signature', ({ size, root }) => ({ size, root })],
    ['nothing, with another root', ({ root }) => ({ size: 0, root })],
    ['nothing, signed', (signed) => ({ ...signed, size: 0 })],
    ['half a size', (signed) => ({ ...signed, size: 1.5 })],
    ['a size beyond all numbers', (signed) => ({ ...signed, size: 2 ** 60 })],
    ['a time before all time', (signed) => ({ ...signed, time: -1 })],
    ['a root that is cut off', (signed) => ({ ...signed, root: signed.root.slice(1) as Digest })],
    ['a signature that is cut off', (signed) => ({ ...signed, signature: signed.signature.slice(1) })],
    ['something more', (signed) => ({ ...signed, more: true })],
    ['a number', () => 7],
    ['null', () => null],
  ])('is not %s', async (_, alter) => {
    expect(seenSchema.safeParse(alter((await seen()).seen as Signed)).success).toBe(false);
  });
});
