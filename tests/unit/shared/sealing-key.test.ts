import { expect, test } from 'vitest';
import { fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import { sealingPublicKeySchema } from '#shared/crypto/key-schemas.ts';
import { encapsulateTo, generateSealingKey } from '#shared/crypto/public-box.ts';

const isKey = (key: string): boolean => sealingPublicKeySchema.safeParse(key).success;

async function changed(change: (bytes: Uint8Array) => void): Promise<string> {
  const bytes = fromBase64url((await generateSealingKey()).publicKey);
  change(bytes);
  return toBase64url(bytes);
}

const x25519At = 1184;

test('keys that were made can be bound', async () => {
  for (let count = 0; count < 5; count += 1) expect(isKey((await generateSealingKey()).publicKey)).toBe(true);
});

test('what can be bound can be sealed to: a coefficient of q or more makes it no key of ML-KEM', async () => {
  const all = await changed((bytes) => bytes.fill(0xff));
  expect(isKey(all)).toBe(false);
  await expect(encapsulateTo(all)).rejects.toThrow();
  // The last of the 768 coefficients, at q and just below it: 3329 is 0xd01.
  const atQ = await changed((bytes) => bytes.set([((bytes[1150] as number) & 0x0f) | 0x10, 0xd0], 1150));
  expect(isKey(atQ)).toBe(false);
  await expect(encapsulateTo(atQ)).rejects.toThrow();
  const below = await changed((bytes) => bytes.set([(bytes[1150] as number) & 0x0f, 0xd0], 1150));
  expect(isKey(below)).toBe(true);
  await expect(encapsulateTo(below)).resolves.toBeDefined();
});

test.each([
  ['0', '00'.repeat(32)],
  ['1', `01${'00'.repeat(31)}`],
  ['order 8', 'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800'],
  ['order 8', '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157'],
  ['p - 1', `ec${'ff'.repeat(30)}7f`],
  ['p', `ed${'ff'.repeat(30)}7f`],
  ['p + 9: a second encoding of 9', `f6${'ff'.repeat(30)}7f`],
  ['9 with the bit that is not part of it', `09${'00'.repeat(30)}80`],
])('an X25519 part that shares its secret with everybody, or is spelt otherwise, is no key: %s', async (_, hex) => {
  expect(isKey(await changed((bytes) => bytes.set(Buffer.from(hex, 'hex'), x25519At)))).toBe(false);
});

test('a key that is too short, too long or no base64url is none', () => {
  for (const key of ['', 'A'.repeat(1621), 'A'.repeat(1623), `${'A'.repeat(1621)}=`]) expect(isKey(key)).toBe(false);
});
