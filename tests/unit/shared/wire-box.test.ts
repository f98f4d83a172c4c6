import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { concat, randomBytes, utf8 } from '#shared/crypto/encoding.ts';
import { sha256 } from '#shared/crypto/hash.ts';
import {
  boxLength,
  digestOfBox,
  formatLabel,
  isWithdrawn,
  parseLabel,
  wireBoxSchema,
  withdrawBox,
} from '#shared/log/wire-box.ts';
import { junkBox } from '#tests/support/endpoint-unit.ts';

describe('a box that is withdrawn', () => {
  test('keeps its label and its digest, and loses what was sealed', async () => {
    const box = junkBox(40, 700);
    const withdrawn = withdrawBox(box);
    expect(withdrawn).toEqual({ label: box.label, withdrawn: await sha256(box.sealed) });
    expect([isWithdrawn(box), isWithdrawn(withdrawn)]).toEqual([false, true]);
    expect([boxLength(box), boxLength(withdrawn)]).toEqual([740, 72]);
    const digest = await sha256(concat(await sha256(box.label), await sha256(box.sealed)));
    expect([digestOfBox(box), digestOfBox(withdrawn)]).toEqual([digest, digest]);
  });

  test('is as it was when it is withdrawn again', () => {
    const withdrawn = withdrawBox(junkBox(40, 700));
    expect(withdrawBox(withdrawn)).toEqual(withdrawn);
  });

  test('has the digest of no box of another label, or of other content', () => {
    const box = junkBox(40, 700);
    const moved = { label: concat(box.label, box.sealed.slice(0, 1)), sealed: box.sealed.slice(1) };
    for (const other of [moved, { ...box, label: randomBytes(40) }, { ...box, sealed: randomBytes(700) }])
      expect(digestOfBox(withdrawBox(other))).not.toEqual(digestOfBox(box));
  });
});

test('a label is one text of what it says, and nothing more', () => {
  const schema = z.strictObject({ key: z.string(), to: z.string() });
  const label = { to: 'a', key: 'b' };
  expect(parseLabel(schema, formatLabel(label))).toEqual(label);
  expect(formatLabel(label)).toEqual(utf8('{"key":"b","to":"a"}'));
  const wrong = [
    '{"to":"a","key":"b"}',
    '{ "key":"b","to":"a"}',
    '{"key":"b","to":"a"} ',
    '{"key":"\\u0062","to":"a"}',
    '{"key":"b","key":"b","to":"a"}',
    '{"key":"b","more":1,"to":"a"}',
    '{"key":"b"}',
    '{"key":"b","to":1}',
    '{"key":"b","to":"a"',
    'null',
    '',
  ];
  for (const text of wrong) expect(parseLabel(schema, utf8(text)), text).toBeNull();
  expect(parseLabel(schema, concat(utf8('{"key":"b","to":"'), new Uint8Array([0xff]), utf8('"}')))).toBeNull();
});

describe('the wire', () => {
  const takes = (box: unknown): boolean => wireBoxSchema.safeParse(box).success;
  const [label, digest] = [new Uint8Array(2), new Uint8Array(32)];

  test('has room for a label of 512 bytes and 2048 sealed ones', () => {
    expect([takes(junkBox(512, 2048)), takes(junkBox(2, 1)), takes({ label, withdrawn: digest })]).toEqual([
      true,
      true,
      true,
    ]);
    for (const [length, sealed] of [
      [513, 1],
      [1, 1],
      [2, 2049],
      [2, 0],
    ] as const)
      expect(takes(junkBox(length, sealed)), `${length}, ${sealed}`).toBe(false);
    for (const withdrawn of [new Uint8Array(31), new Uint8Array(33)]) expect(takes({ label, withdrawn })).toBe(false);
    expect(takes({ label: new Uint8Array(513), withdrawn: digest })).toBe(false);
  });

  test('takes a box that is whole or withdrawn, and nothing else', () => {
    const box = junkBox(40, 60);
    const wrong = [
      ...[label, 'label', null, [], {}, { label }, { sealed: box.sealed }, { withdrawn: digest }],
      ...[
        { ...box, withdrawn: digest },
        { ...box, more: 1 },
        { ...withdrawBox(box), more: 1 },
      ],
      ...[
        { ...box, label: 'label' },
        { ...box, sealed: [...box.sealed] },
        { ...box, sealed: null },
      ],
    ];
    for (const each of wrong) expect(takes(each)).toBe(false);
  });
});
