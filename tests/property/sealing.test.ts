import fc from 'fast-check';
import { flattenedVerify } from 'jose';
import { v4, v7 } from 'uuid';
import { expect, test } from 'vitest';
import { importContentKey, open, SealBroken, seal } from '#shared/crypto/aead.ts';
import { openChunks, sealChunks } from '#shared/crypto/chunks.ts';
import { randomBytes, utf8 } from '#shared/crypto/encoding.ts';
import { decapsulate, encapsulateTo, generateSealingKey } from '#shared/crypto/public-box.ts';
import { generateSigningKey, importSigningKey } from '#shared/crypto/signing.ts';
import type { EntryId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { openBody, sealWithKey } from '#shared/log/body.ts';
import { createEntry, parseEntry, verifyEntry, type WireEntry } from '#shared/log/entry.ts';
import { sample } from '#tests/support/effort.ts';

const bytes = fc.uint8Array({ maxLength: 2_000 }).map((array) => new Uint8Array(array));

test('a box opens to what was sealed, in its own context only', async () => {
  const key = await importContentKey(randomBytes(32));
  await fc.assert(
    fc.asyncProperty(bytes, fc.string(), fc.string(), async (plain, here, elsewhere) => {
      const box = await seal(key, plain, utf8(here));
      expect(await open(key, box, utf8(here))).toEqual(plain);
      if (here !== elsewhere) await expect(open(key, box, utf8(elsewhere))).rejects.toBeInstanceOf(SealBroken);
    }),
    sample(100),
  );
});

test('any flipped bit breaks the seal, and any shortened box does', async () => {
  const key = await importContentKey(randomBytes(32));
  await fc.assert(
    fc.asyncProperty(bytes, fc.nat(), fc.nat(), async (plain, at, cut) => {
      const box = await seal(key, plain, utf8('here'));
      const flipped = box.slice();
      const bit = at % (box.length * 8);
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      await expect(open(key, flipped, utf8('here'))).rejects.toBeInstanceOf(SealBroken);
      await expect(open(key, box.slice(0, cut % box.length), utf8('here'))).rejects.toBeInstanceOf(SealBroken);
    }),
    sample(100),
  );
});

test('chunks open to the file; none can be dropped, doubled or swapped', async () => {
  const key = randomBytes(32);
  const file = new Uint8Array(700_000).map((_, index) => index % 251);
  const sealed = (await sealChunks(key, file)).map((chunk) => chunk.bytes);
  expect(sealed).toHaveLength(3);
  expect(await openChunks(key, sealed)).toEqual(file);
  const [first, second, third] = sealed as [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>];
  for (const wrong of [[first, second], [second, first, third], [first, second, third, third], []]) {
    await expect(openChunks(key, wrong)).rejects.toBeInstanceOf(SealBroken);
  }
});

test('what is encapsulated to a key opens with it and with no other', async () => {
  const [mine, other] = [await generateSealingKey(), await generateSealingKey()];
  const { encapsulated, contentKey } = await encapsulateTo(mine.publicKey);
  const box = await seal(contentKey, utf8('content'), utf8('here'));
  expect(await open(await decapsulate(mine.privateKey, encapsulated), box, utf8('here'))).toEqual(utf8('content'));
  const wrong = await decapsulate(other.privateKey, encapsulated);
  await expect(open(wrong, box, utf8('here'))).rejects.toBeInstanceOf(SealBroken);
  await expect(decapsulate(mine.privateKey, encapsulated.slice(1))).rejects.toBeInstanceOf(SealBroken);
});

async function anEntry() {
  const made = await generateSigningKey();
  const key = await importContentKey(randomBytes(32));
  const envelope = { type: 'case.taken', v: 1, at: '2026-11-20T09:00:00.000Z', data: {} };
  const header = {
    id: v7() as EntryId,
    unit: v4() as UnitId,
    stream: v4() as StreamId,
    prev: null,
    seen: 4,
    enc: 'A256GCM' as const,
    kid: 'unit:1',
  };
  const signing = await importSigningKey(made.author, made.pkcs8);
  return { key, envelope, entry: await createEntry(header, signing, sealWithKey(key, envelope)) };
}

const noDecapsulation = () => Promise.reject(new Error('not sealed to a public key'));

test('an entry survives the wire, and any JOSE library verifies it', async () => {
  const { entry, key, envelope } = await anEntry();
  const parsed = parseEntry(JSON.parse(JSON.stringify(entry.wire)));
  if (!parsed.ok) throw new Error(parsed.error.code);
  expect((await verifyEntry(parsed.value)).ok).toBe(true);
  expect(await openBody(parsed.value, async () => key, noDecapsulation)).toEqual(envelope);
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: entry.header.author };
  await expect(flattenedVerify(entry.wire, jwk)).resolves.toBeDefined();
});

test('any changed character of an entry is found: it does not parse, verify or open', async () => {
  const { entry } = await anEntry();
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const part = fc.constantFrom<keyof WireEntry>('protected', 'payload', 'signature');
  await fc.assert(
    fc.asyncProperty(part, fc.nat(), fc.constantFrom(...alphabet), async (name, at, character) => {
      const text = entry.wire[name];
      const index = at % text.length;
      // The last character of a part carries bits that base64url does not use.
      fc.pre(text[index] !== character && index < text.length - 1);
      const changed = { ...entry.wire, [name]: text.slice(0, index) + character + text.slice(index + 1) };
      const parsed = parseEntry(changed);
      expect(parsed.ok && (await verifyEntry(parsed.value)).ok).toBe(false);
    }),
    sample(300),
  );
});

test('garbage is never an entry, and never throws', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.anything(), fc.record({ protected: fc.string(), payload: fc.string(), signature: fc.string() })),
      (input) => {
        const parsed = parseEntry(input);
        expect(parsed.ok).toBe(false);
        if (!parsed.ok) expect(parsed.error.code).toBe('entry-malformed');
      },
    ),
    sample(100),
  );
});
