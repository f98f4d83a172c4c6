import { v4, v7 } from 'uuid';
import { expect, test } from 'vitest';
import { envelopeSchema } from '#shared/domain/event/envelope.ts';
import { caseIdSchema, entryIdSchema } from '#shared/domain/event/fields.ts';
import { memberIdSchema } from '#shared/domain/unit/roster.ts';
import { streamIdSchema, unitIdSchema } from '#shared/log/header.ts';

test.each([
  ['an entry', entryIdSchema, v7, v4],
  ['an event', envelopeSchema.shape.id, v7, v4],
  ['a case', caseIdSchema, v4, v7],
  ['a stream', streamIdSchema, v4, v7],
  ['a unit', unitIdSchema, v4, v7],
  ['a member', memberIdSchema, v4, v7],
] as const)('the id of %s has one spelling', (_, schema, one, other) => {
  const id = one();
  expect(schema.safeParse(id).success).toBe(true);
  // A UUID without a letter has no other spelling.
  const letters = `${id.slice(0, -2)}ab`;
  const others = [
    letters.toUpperCase(),
    `{${id}}`,
    `urn:uuid:${id}`,
    ` ${id}`,
    `${id}\n`,
    id.replaceAll('-', ''),
    other(),
  ];
  expect(others.filter((each) => schema.safeParse(each).success)).toEqual([]);
});
