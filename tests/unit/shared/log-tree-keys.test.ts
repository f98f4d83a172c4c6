import { expect, test } from 'vitest';
import { parseBindableKey } from '#shared/crypto/bindable-key.ts';
import { toBase64url } from '#shared/crypto/encoding.ts';
import { generateSigningKey } from '#shared/crypto/signing.ts';

const key = (hex: string): string => toBase64url(Buffer.from(hex, 'hex'));
const refused = (why: string) => ({ ok: false, error: { code: 'key-unfit', params: { why } } });

test('keys that were made, and those of RFC 8032 section 7.1, may be bound', async () => {
  const { author } = await generateSigningKey();
  expect(parseBindableKey(author)).toEqual({ ok: true, value: author });
  for (const hex of [
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
  ]) {
    expect(parseBindableKey(key(hex)).ok).toBe(true);
  }
});

// The eight points of small order, as in table 5 of "Taming the Many EdDSAs" (IACR ePrint 2020/1244).
test.each([
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
])('a key of small order is refused: %s', (hex) => {
  expect(parseBindableKey(key(hex))).toEqual(refused('order'));
});

// y at or above p = 2^255 - 19, and x = 0 with its sign bit set (RFC 8032 section 5.1.3).
test.each([
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  '0100000000000000000000000000000000000000000000000000000000000080',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
])('a form that is not canonical is refused: %s', (hex) => {
  expect(parseBindableKey(key(hex))).toEqual(refused('point'));
});

test('a y of no point is refused', () => {
  expect(parseBindableKey(key(`02${'00'.repeat(31)}`))).toEqual(refused('point'));
});

test('a key with a part of small order is refused: the base point and the point of order two, added', () => {
  // (x, y) + (0, -1) = (-x, -y): y = 4/5 of the base point becomes p - 4/5, and the sign of x turns.
  const p = 2n ** 255n - 19n;
  let y = 0n;
  for (const byte of Buffer.from(`58${'66'.repeat(31)}`, 'hex').reverse()) y = (y << 8n) | BigInt(byte);
  const sum = Buffer.from((p - y).toString(16).padStart(64, '0'), 'hex').reverse();
  sum[31] = (sum[31] as number) | 0x80;
  expect(parseBindableKey(key(`58${'66'.repeat(31)}`)).ok).toBe(true);
  expect(parseBindableKey(toBase64url(sum))).toEqual(refused('order'));
});

test('one key has one spelling', () => {
  const fine = key('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
  expect(fine.endsWith('o')).toBe(true);
  for (const input of [
    `${fine.slice(0, -1)}p`,
    `${fine}=`,
    fine.slice(1),
    `${fine}A`,
    ` ${fine.slice(1)}`,
    '',
    null,
    7,
  ]) {
    expect(parseBindableKey(input)).toEqual(refused('encoding'));
  }
});
