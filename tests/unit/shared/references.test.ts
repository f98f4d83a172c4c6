import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { selectMatching } from '#renderer/vault/cases/queue-search.ts';
import { summarise } from '#shared/domain/case/case-summary.ts';
import { evenReference, type ReferenceKindId, referenceKindIds } from '#shared/domain/references/reference-kinds.ts';
import { sample } from '#tests/support/effort.ts';
import { inBrief, searchingIn } from '#tests/support/searching.ts';
import { bo, entry, fold, met, type Step, sent, step } from './assessment-fixtures.ts';

/* What other systems call a case. */

const recorded = (kind: ReferenceKindId, text: string, more = {}) => step('reference.recorded', { kind, text }, more);
const withdrawn = (at: number) => step('reference.withdrawn', { reference: entry(at), why: 'Of another matter' });
const refusedOf = (...steps: readonly Step[]) => fold(...steps).activity.at(-1)?.refused;

/** Before the index is ready, and from it, which never has them. */
function finds(state: ReturnType<typeof fold>, typed: string): boolean {
  const summary = summarise(state);
  const all = [inBrief(), searchingIn([{ id: summary.id, words: new Set(['harbourside']) }])];
  const [brief, whole] = all.map((searching) => selectMatching([summary], typed, searching).length === 1);
  expect([typed, whole]).toEqual([typed, brief]);
  return whole === true;
}

describe('a reference', () => {
  test('is of a kind, any number of them, until it is withdrawn', () => {
    const all = referenceKindIds.map((kind) => recorded(kind, kind === 'crimestoppers' ? 'PA-000042' : 'AB 12/34'));
    const state = fold(...all, recorded('crimeNumber', 'AB 12/35'), withdrawn(3));
    expect(state.activity.flatMap(({ refused }) => refused ?? [])).toEqual([]);
    expect(state.references).toHaveLength(referenceKindIds.length + 1);
    expect(state.references[1]?.takenBack).toMatchObject([{ why: 'Of another matter' }]);
    expect(refusedOf(...all, withdrawn(3), withdrawn(3))).toMatchObject({ code: 'no-such-reference' });
  });

  test.each(['pa 000042', 'PA-000042', 'Pa/000042', ' pa000042 '])(
    'of Crimestoppers is kept as they write it: %s',
    (typed) => {
      expect(fold(recorded('crimestoppers', typed)).references).toMatchObject([{ text: 'PA-000042' }]);
      expect(evenReference('crimeNumber', typed)).toBe(typed);
    },
  );

  test.each(['Operation Kestrel', 'Op Kestrel', 'op. Kestrel', 'OP-Kestrel', 'Kestrel'])(
    'of an operation is its name: %s',
    (typed) => expect(fold(recorded('operation', typed)).references).toMatchObject([{ text: 'Kestrel' }]),
  );

  test.each(['Opal', 'Operational Reserve', 'Operation', 'Op'])(
    'of an operation that is called so stays: %s',
    (typed) => expect(fold(recorded('operation', typed)).references).toMatchObject([{ text: typed }]),
  );

  test.each(['PA-42', 'CS-000042', '000042', 'PA-0000420000', 'PA-000042 and more'])(
    'of Crimestoppers is not written so: %s',
    (typed) => {
      expect(refusedOf(recorded('crimestoppers', typed))).toMatchObject({
        ...{ code: 'reference-form', field: 'text', params: { example: 'PA-004211' } },
      });
    },
  );

  test('stands once, however it is written, unless its author could not know', () => {
    const first = recorded('crimeNumber', '26/123456/25');
    const again = (more = {}) => recorded('crimeNumber', '26-123456 25', more);
    expect(refusedOf(first, again())).toMatchObject({ code: 'reference-twice', field: 'text' });
    expect(refusedOf(first, again({ actor: bo, seen: 1 }))).toBeNull();
    expect(refusedOf(first, withdrawn(2), again())).toBeNull();
    expect(refusedOf(first, recorded('centurion', '26/123456/25'))).toBeNull();
  });
});

describe('search finds', () => {
  const groups: readonly (readonly [ReferenceKindId, readonly string[]])[] = [
    ['centurion', ['CM/1234/26', 'CM 1234 26', 'cm123426', 'CM-1234-26', 'CM1234/26', 'cm.1234.26', 'CM–1234–26']],
    ['intelligence', ['01AB/1234/5/24', '01AB 1234 5 24', '01ab1234524', '01-AB-1234-5-24', '01 AB 1234/5/24']],
    ['operation', ['Operation Kestrel', 'Op Kestrel', 'KESTREL', 'op. kestrel', 'opkestrel', 'Operation-Kestrel']],
    ['operation', ['Operation Blue Wren', 'Op BlueWren', 'blue wren', 'Blue-Wren']],
    ['crimestoppers', ['PA-004211', 'pa 004211', 'PA004211', 'pa/004211', '004211']],
  ];
  test.each(groups)('%s in every form in which it is written: %j', (kind, forms) => {
    // What is glued to its word may be another name: of a record, nobody can tell.
    const isWhole = (form: string): boolean => form !== 'opkestrel' && (kind !== 'crimestoppers' || /^pa/i.test(form));
    for (const written of forms.filter(isWhole)) {
      const state = fold(recorded(kind, written));
      for (const typed of forms) expect([written, typed, finds(state, typed)]).toEqual([written, typed, true]);
      expect(finds(state, `harbourside ${forms[0]}`)).toBe(true);
      expect(finds(state, 'CM/1299/26')).toBe(false);
    }
    expect(finds(fold(recorded(kind, forms[0] as string), withdrawn(2)), forms[0] as string)).toBe(false);
  });

  test('any reference under any that has the same letters and digits, and by the beginning of it', () => {
    const parts = fc.array(fc.stringMatching(/^(?:[A-Z]{1,3}|\d{1,6})$/), { minLength: 1, maxLength: 8 });
    const mark = fc.constantFrom('', ' ', '/', '-', '.', ' / ', '–');
    const written = fc.tuple(parts, mark, mark).map(([all, one, other]) => [all.join(one), all.join(other)] as const);
    fc.assert(
      fc.property(written, fc.nat({ max: 4 }), ([one, other], cut) => {
        const state = fold(recorded('crimeNumber', one));
        expect(finds(state, other)).toBe(true);
        const begun = other.slice(0, Math.max(1, other.length - cut)).trim();
        expect([begun, !/[\p{L}\p{N}]/u.test(begun) || finds(state, begun)]).toEqual([begun, true]);
      }),
      sample(200),
    );
  });

  test('the reference that the IOPC gave', () => {
    const answer = {
      mode: 'local',
      answeredAt: '2026-11-20T09:30:00.000Z',
      reference: '2026/123456',
      note: null,
    } as const;
    const state = fold(met(), sent(), step('iopc.answered', { referral: entry(3), ...answer }));
    expect(['2026 123456', '2026123456', '123456'].map((typed) => finds(state, typed))).toEqual([true, true, true]);
  });
});
