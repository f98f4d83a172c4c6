import { expect, test } from 'vitest';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import { foresee } from '#shared/domain/case/foresee.ts';
import { ash, at, caseId, foldAll, record, type Step, unit } from './assessment-fixtures.ts';
import { everyEvent, everyRefusal } from './every-event.ts';

const asking = { actor: ash, unit, record, at };
const commandOf = ({ event: { type, data } }: Step): CaseCommand => ({ type, case: caseId, data }) as CaseCommand;

/** What only a signature gives is left out. */
const unsigned = new Set([
  'entry',
  'device',
  'position',
  'seen',
  'at',
  'by',
  'replaces',
  'activity',
  'answeredAt',
  'item',
]);
const plain = (state: CaseState): unknown =>
  JSON.parse(JSON.stringify(state, (name, value: unknown) => (unsigned.has(name) ? undefined : value)));

/** What the holder of the case may do, as far as the list goes in which each entry follows from those before. */
const mine = [...everyEvent.entries()].filter(
  // The text that stands in the list for a sanitised one leaves marks open, which is refused at the desk.
  ([index, { actor, event }]) => index > 1 && actor === undefined && event.type !== 'sanitised.recorded',
);

test.each(mine.map(([index, each]) => [each.event.type, index] as const))(
  '%s is foreseen as it is folded (%i)',
  (_, index) => {
    const before = foldAll(everyEvent.slice(0, index));
    const after = foldAll(everyEvent.slice(0, index + 1));
    const ahead = foresee(before, commandOf(everyEvent[index] as Step), asking);
    expect(plain(ahead)).toEqual(plain(after));
    expect(plain(ahead)).not.toEqual(plain(before));
  },
);

test('what would be refused is foreseen to change nothing', () => {
  const state = foldAll(everyEvent);
  for (const each of everyRefusal.filter(({ actor }) => actor === undefined)) {
    expect(foresee(state, commandOf(each), asking)).toBe(state);
  }
});
