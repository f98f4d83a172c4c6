import { expect, test } from 'vitest';
import { type FormPart, fieldsOf, partIn, rowsOf } from '#renderer/features/assessment/form/fields.ts';

interface Visit {
  readonly where: string;
  readonly notes: { readonly before: string; readonly after: string };
  readonly people: readonly { readonly who: string; readonly why: string }[];
}
const visit: Visit = {
  where: 'Harrowmere',
  notes: { before: 'b', after: 'a' },
  people: [
    { who: 'one', why: 'first' },
    { who: 'two', why: 'second' },
  ],
};

/** A form that says of every place what that place is called, and keeps what was written last. */
function formOf(value: Visit) {
  const written: Visit[] = [];
  const place: FormPart<Visit> = { value, set: (next) => written.push(next), problem: (path) => path };
  return { place, written };
}

test('a field has its value, and what is wrong with it', () => {
  const { place, written } = formOf(visit);
  const where = fieldsOf(place)('where');
  expect(where).toMatchObject({ value: 'Harrowmere', problem: 'where' });
  where.onChange('Nether Stoway');
  expect(written).toEqual([{ ...visit, where: 'Nether Stoway' }]);
  expect(fieldsOf(place)('where', 'place.name').problem).toBe('place.name');
});

test('a field of a record within changes that record alone', () => {
  const { place, written } = formOf(visit);
  const after = fieldsOf(partIn(place, 'notes'))('after');
  expect(after).toMatchObject({ value: 'a', problem: 'notes.after' });
  after.onChange('later');
  expect(written).toEqual([{ ...visit, notes: { before: 'b', after: 'later' } }]);
});

test('a row is written and taken off without touching the others', () => {
  const { place, written } = formOf(visit);
  const [first, second] = rowsOf(partIn(place, 'people'));
  expect(second?.field('why')).toMatchObject({ value: 'second', problem: 'people.1.why' });
  second?.field('why').onChange('changed');
  first?.remove();
  expect(written.map(({ people }) => people)).toEqual([
    [
      { who: 'one', why: 'first' },
      { who: 'two', why: 'changed' },
    ],
    [{ who: 'two', why: 'second' }],
  ]);
});
