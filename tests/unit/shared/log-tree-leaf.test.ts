import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { concat, utf8 } from '#shared/crypto/encoding.ts';
import { emptyRosterHead, formatLeaf, hashSignedHeader, nextLeaf, parseLeaf } from '#shared/log/tree/leaf.ts';

const sha256 = (...parts: Uint8Array[]) =>
  new Uint8Array(
    createHash('sha256')
      .update(concat(...parts))
      .digest(),
  );
const entry = (n: number) => sha256(Uint8Array.of(n));
const at = Date.UTC(2026, 10, 20, 9);

test('an entry is hashed over its header and its signature', () => {
  const [header, signature] = [utf8('{"id":"1"}'), new Uint8Array(64).fill(7)];
  expect(hashSignedHeader({ header, signature })).toEqual(sha256(header, signature));
});

test('a leaf is 72 bytes: entry, time in milliseconds from its high byte on, roster head', () => {
  const bytes = formatLeaf({ entry: entry(1), arrivedAt: 0x01_02_03_04_05_06, rosterHead: entry(2) });
  expect(bytes).toHaveLength(72);
  expect(bytes).toEqual(concat(entry(1), Uint8Array.of(0, 0, 1, 2, 3, 4, 5, 6), entry(2)));
  expect(parseLeaf(bytes)).toEqual({
    ok: true,
    value: { entry: entry(1), arrivedAt: 0x01_02_03_04_05_06, rosterHead: entry(2) },
  });
});

test('what is no leaf is refused, and no time is written that could not be read', () => {
  const late = concat(entry(1), new Uint8Array(8).fill(0xff), entry(2));
  for (const bytes of [new Uint8Array(), new Uint8Array(71), new Uint8Array(73), late]) {
    expect(parseLeaf(bytes)).toEqual({ ok: false, error: { code: 'leaf-malformed', params: {} } });
  }
  for (const arrivedAt of [-1, 0.5, Number.NaN, 2 ** 53]) {
    expect(() => formatLeaf({ entry: entry(1), arrivedAt, rosterHead: entry(2) })).toThrow(RangeError);
  }
});

test('the roster head begins with zeros, and goes on with the entries of the roster only', () => {
  const founding = nextLeaf(null, entry(1), true, at);
  const casework = nextLeaf(founding, entry(2), false, at + 5);
  const binding = nextLeaf(casework, entry(3), true, at + 9);
  expect(emptyRosterHead).toEqual(new Uint8Array(32));
  expect(founding.rosterHead).toEqual(sha256(new Uint8Array(32), entry(1)));
  expect(casework.rosterHead).toEqual(founding.rosterHead);
  expect(binding.rosterHead).toEqual(sha256(founding.rosterHead, entry(3)));
  expect(nextLeaf(null, entry(1), false, at).rosterHead).toEqual(emptyRosterHead);
});

test('time never goes back in the log, whatever the clock does', () => {
  const first = nextLeaf(null, entry(1), true, at);
  const second = nextLeaf(first, entry(2), false, at - 60_000);
  expect(second.arrivedAt).toBe(at);
});
