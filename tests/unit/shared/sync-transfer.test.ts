import { CompactSign } from 'jose';
import { v4, v7 } from 'uuid';
import { beforeAll, describe, expect, test } from 'vitest';
import { SealBroken, seal } from '#shared/crypto/aead.ts';
import { concat, fromBase64url, toBase64url, toBytes, utf8 } from '#shared/crypto/encoding.ts';
import { decapsulate, encapsulateTo, generateSealingKey, type SealingKeyPair } from '#shared/crypto/public-box.ts';
import { sealingKeyIdOf } from '#shared/crypto/sealing-key.ts';
import { generateSigningKey, importSigningKey, type SigningKey } from '#shared/crypto/signing.ts';
import type { EntryId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import {
  openStatement,
  type Sealed,
  type Statement,
  sealStatement,
  streamOfTransfer,
  transferOfStream,
  transferSchema,
} from '#shared/sync/transfer.ts';
import { referralWith } from '#tests/support/referrals.ts';

let keys: SealingKeyPair;
let member: SigningKey;
let statement: Statement<'transfer'>;
let sealed: Sealed;
const passage = { transfer: v7() as EntryId, from: v4() as UnitId, to: v4() as UnitId };

beforeAll(async () => {
  const made = await generateSigningKey();
  member = await importSigningKey(made.author, made.pkcs8);
  keys = await generateSealingKey();
  statement = {
    transfer: passage.transfer,
    from: { unit: passage.from, unitName: 'A', force: 'force-a', member: 'Sal Penrose', author: member.author },
    to: { unit: passage.to, force: 'force-b' },
    at: '2026-11-20T10:00:00.000Z',
    referral: referralWith(),
    tests: [],
    note: 'The officer serves with you.',
    reply: { stream: v4() as StreamId, publicKey: keys.publicKey, scope: 'unit' },
  };
  sealed = await sealStatement('transfer', statement, member, keys.publicKey);
});

const openKey = (_: unknown, encapsulated: Uint8Array<ArrayBuffer>) => decapsulate(keys.privateKey, encapsulated);
const open = (what = sealed, where = passage, kind: 'transfer' | 'answer' = 'transfer') =>
  openStatement(kind, what, where, openKey);

test('a statement opens as it was sealed, and its sizes tell little', async () => {
  expect(await open()).toEqual(statement);
  const longer = await sealStatement('transfer', { ...statement, note: 'No.' }, member, keys.publicKey);
  expect(longer.box.length).toBe(sealed.box.length);
  expect(sealed.key).toBe(sealingKeyIdOf(keys.publicKey));
});

test('any flipped byte breaks it', async () => {
  const bytes = fromBase64url(sealed.box);
  for (let at = 0; at < bytes.length; at += 97) {
    const changed = bytes.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    await expect(open({ ...sealed, box: toBase64url(changed) })).rejects.toBeInstanceOf(SealBroken);
  }
  await expect(open({ ...sealed, box: sealed.box.slice(0, 40) })).rejects.toBeInstanceOf(SealBroken);
});

test.each(['transfer', 'from', 'to'] as const)('it opens for no other %s', async (part) => {
  const elsewhere = { ...passage, [part]: part === 'transfer' ? v7() : v4() };
  await expect(open(sealed, elsewhere)).rejects.toBeInstanceOf(SealBroken);
});

test('a transfer is no answer', async () => {
  await expect(open(sealed, passage, 'answer')).rejects.toBeInstanceOf(SealBroken);
});

describe('what whoever knows the public key can seal', () => {
  const sealText = async (text: string): Promise<Sealed> => {
    const { encapsulated, contentKey } = await encapsulateTo(keys.publicKey);
    const context = utf8(`probity/transfer/1/${passage.transfer}/${passage.from}/${passage.to}`);
    const box = toBase64url(concat(encapsulated, await seal(contentKey, utf8(text), context)));
    return { key: sealingKeyIdOf(keys.publicKey), box };
  };
  const signed = async (claims: unknown, typ = 'probity-transfer+1', key = member) =>
    new CompactSign(toBytes(claims))
      .setProtectedHeader({ alg: 'Ed25519', typ })
      .sign(key.privateKey as Parameters<CompactSign['sign']>[0]);

  test('is believed when it is signed and says where it belongs', async () => {
    expect(await open(await sealText(await signed(statement)))).toEqual(statement);
  });

  test('is not when it is unsigned, signed by another, of another kind, or says otherwise', async () => {
    const other = await generateSigningKey();
    const stranger = await importSigningKey(other.author, other.pkcs8);
    const texts = [
      'nonsense',
      JSON.stringify(statement),
      await signed(statement, 'probity-transfer+1', stranger),
      await signed(statement, 'probity-transfer-answer+1'),
      await signed({ ...statement, transfer: v7() }),
      await signed({ ...statement, from: { ...statement.from, unit: v4() } }),
      await signed({ ...statement, to: { ...statement.to, unit: v4() } }),
      await signed({ ...statement, reporter: 'someone' }),
    ];
    for (const text of texts) await expect(open(await sealText(text))).rejects.toBeInstanceOf(SealBroken);
  });
});

test('the stream of a transfer is a version 4 UUID that leads back to it', () => {
  const id = v7() as EntryId;
  const stream = streamOfTransfer(id);
  expect(stream).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(transferOfStream(stream)).toBe(id);
  expect(transferOfStream(v4() as StreamId)).not.toBe(id);
});

test('the wire form has room for nothing that identifies anyone', () => {
  const request = {
    id: passage.transfer,
    to: passage.to,
    reply: { stream: v4(), key: sealed.key },
    package: sealed,
    blobs: [],
  };
  expect(transferSchema.safeParse(request).success).toBe(true);
  expect(transferSchema.safeParse({ ...request, reporter: 'x' }).success).toBe(false);
  expect(transferSchema.safeParse({ ...request, note: 'x' }).success).toBe(false);
});
