import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromCanonicalJson, toCanonicalBytes } from '#shared/crypto/canonical-json.ts';
import { fromUtf8 } from '#shared/crypto/encoding.ts';
import { sample } from '#tests/support/effort.ts';

const isTaken = (text: string): boolean => {
  try {
    fromCanonicalJson(text);
    return true;
  } catch {
    return false;
  }
};

const isCanonical = (text: string): boolean => {
  try {
    return canonicalize(JSON.parse(text)) === text;
  } catch {
    return false;
  }
};

/** Numbers as keys, which JavaScript puts before all others, halves of characters, and keys that prototypes have. */
const key = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '9', '10', 'a', '__proto__', '\ud800', '\u{1f600}', '\ufb33'),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.jsonValue({ noUnicodeString: false }),
    key,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    tie('list'),
    tie('map'),
  ),
  list: fc.array(tie('value'), { maxLength: 4 }),
  map: fc.array(fc.tuple(key, tie('value')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
}));

test('a text is taken exactly where RFC 8785 has that one for its value', () => {
  fc.assert(
    fc.property(value, fc.constantFrom(undefined, 1), (any, indent) => {
      const texts = [JSON.stringify(any, null, indent), fromUtf8(toCanonicalBytes(any))];
      for (const text of texts) expect(isTaken(text)).toBe(isCanonical(text));
      expect(isTaken(texts[1] ?? '')).toBe(true);
    }),
    sample(500),
  );
});

test.each([
  ['{"10":1,"9":2}', true],
  ['{"9":2,"10":1}', false],
  ['{"a":1,"a":1}', false],
  ['{"b":1,"a":1}', false],
  ['{"a":{"c":1,"b":1}}', false],
  ['[1,{"a":1.0}]', false],
  ['-0', false],
  ['1e400', false],
  ['"\\u0061"', false],
  ['"\\ud800"', false],
  ['{"\\ud800":1}', false],
  ['{"__proto__":1,"a":1}', true],
  ['{"\u{1f600}":1,"\ufb33":2}', true],
  ['{"\ufb33":2,"\u{1f600}":1}', false],
])('%s is canonical: %s', (text, is) => {
  expect(isTaken(text)).toBe(is);
});
