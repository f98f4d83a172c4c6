import { describe, expect, test } from 'vitest';
import { narrows } from '#renderer/state/queue-query.ts';
import { selectIopcOwed } from '#renderer/vault/cases/iopc-owed.ts';
import { queueDay } from '#renderer/vault/cases/queue-day.ts';
import { countChoices, selectFiltered } from '#renderer/vault/cases/queue-filters.ts';
import { isEveryCase } from '#renderer/vault/cases/queue-head.ts';
import { selectMatching } from '#renderer/vault/cases/queue-search.ts';
import { type CaseSummary, summarise } from '#shared/domain/case/case-summary.ts';
import { everyCase, type QueueQuery } from '#shared/domain/case/queue-query.ts';
import type { AssessedSummary } from '#shared/domain/case/summarise-assessment.ts';
import { intelligenceCategoryIds } from '#shared/domain/classification/intelligence-categories.ts';
import { type DispositionKind, dispositions } from '#shared/domain/disposition/dispositions.ts';
import type { MemberId, StreamId } from '#shared/kernel/ids.ts';
import { randomFrom } from '#tests/support/invented-referrals.ts';
import { inBrief } from '#tests/support/searching.ts';
import { ash, bo, fold, notMet } from '../shared/assessment-fixtures.ts';

const unassessed = summarise(fold());
const assessedBase = summarise(fold(notMet())).assessed as AssessedSummary;
let made = 0;

function summaryWith(changes: Partial<CaseSummary> = {}, assessed?: Partial<AssessedSummary>): CaseSummary {
  made += 1;
  const reference = `PA-${String(made).padStart(6, '0')}`;
  const own = { ...unassessed, id: `case-${made}` as StreamId, reference, search: ` pa ${reference.slice(3)}` };
  return { ...own, ...changes, ...(assessed && { assessed: { ...assessedBase, ...assessed } }) };
}

const day = queueDay(Date.parse('2026-11-20T12:00:00Z'), new Set(['again' as StreamId]));
const context = { me: ash.id, day };

const referencesOf = (cases: readonly CaseSummary[]) => cases.map(({ reference }) => reference);
const filtered = (all: readonly CaseSummary[], change: Partial<QueueQuery>) =>
  referencesOf(selectFiltered(all, { ...everyCase, ...change }, context));

describe('filters of the queue', () => {
  const plain = summaryWith({ categories: ['sexualPurpose'] });
  const disclosed = summaryWith(
    { categories: ['information'], holder: ash.id },
    { categories: ['disclosure', 'association'], primary: 'disclosure', dispositions: ['record'] },
  );
  const safeguarded = summaryWith(
    { categories: ['sexualPurpose'], holder: bo.id },
    { categories: ['sexualMisconduct'], primary: 'sexualMisconduct', dispositions: ['investigate', 'safeguard'] },
  );
  const all = [plain, disclosed, safeguarded];

  test('any of the corruption categories recorded, the primary or another', () => {
    expect(filtered(all, { corruption: ['association'] })).toEqual(referencesOf([disclosed]));
    expect(filtered(all, { corruption: ['association', 'sexualMisconduct'] })).toEqual(
      referencesOf([disclosed, safeguarded]),
    );
    expect(filtered(all, { corruption: ['drugs'] })).toEqual([]);
  });

  test('what the public reported is another axis', () => {
    expect(filtered(all, { category: ['sexualPurpose'] })).toEqual(referencesOf([plain, safeguarded]));
    expect(filtered(all, { category: ['sexualPurpose'], corruption: ['disclosure'] })).toEqual([]);
  });

  test('any disposition in force, and who has it', () => {
    expect(filtered(all, { disposition: ['safeguard'] })).toEqual(referencesOf([safeguarded]));
    expect(filtered(all, { disposition: ['record', 'investigate'] })).toEqual(referencesOf([disclosed, safeguarded]));
    expect(filtered(all, { holder: 'me' })).toEqual(referencesOf([disclosed]));
    expect(filtered(all, { holder: 'unassigned' })).toEqual(referencesOf([plain]));
  });

  test.each<[string, Partial<CaseSummary>, Partial<AssessedSummary>, QueueQuery['due']]>([
    ['decided', { dueAt: null }, {}, []],
    ['a disposition due tomorrow', { dueAt: '2026-11-21T00:00:00.000Z' }, {}, []],
    ['one due in the last moment of today', { dueAt: '2026-11-20T23:59:59.999Z' }, {}, ['today']],
    ['one overdue', { dueAt: '2026-10-01T00:00:00.000Z' }, {}, ['today']],
    ['a referral owed tomorrow', { dueAt: null }, { iopcDueAt: '2026-11-21T23:59:59.999Z' }, ['iopc']],
    ['one owed today', { dueAt: null }, { iopcDueAt: '2026-11-20T23:59:59.999Z' }, ['today', 'iopc']],
    ['a review tomorrow', { dueAt: null }, { reviewOn: '2026-11-21' }, []],
    ['a review today', { dueAt: null }, { reviewOn: '2026-11-20' }, ['today', 'review']],
    ['notice to be looked at again', { dueAt: null }, { keptUntil: '2026-11-01' }, ['today', 'review']],
    ['a subject that appears again', { id: 'again' as StreamId, dueAt: null }, {}, ['today', 'review']],
  ])('what is due: %s', (_, changes, assessed, expected) => {
    const summary = summaryWith(changes, assessed);
    const found = (['today', 'iopc', 'review'] as const).filter(
      (due) => selectFiltered([summary], { ...everyCase, due: [due] }, context).length > 0,
    );
    expect(found).toEqual(expected);
  });

  test('how many are recorded for intelligence, in which category', () => {
    const counts = countChoices(all, { ...everyCase, disposition: ['record'] }, context);
    expect(counts.corruption).toEqual({ disclosure: 1, association: 1 });
    expect(counts.disposition).toEqual({ record: 1, investigate: 1, safeguard: 1 });
    expect(counts.holder).toEqual({ anyone: 1, me: 1 });
  });

  test('a case counts once, also where two dispositions of one kind conflict', () => {
    const conflict = summaryWith({}, { dispositions: ['record', 'investigate', 'record'] });
    expect(countChoices([conflict], everyCase, context).disposition).toEqual({
      record: 1,
      investigate: 1,
    });
  });
});

/** Cases of all kinds, the same in every run. */
function manyCases(count: number): readonly CaseSummary[] {
  const random = randomFrom(11);
  const some = <T>(from: readonly T[], most: number): readonly T[] =>
    from.filter(() => random() < most / from.length).slice(0, most);
  const one = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  return Array.from({ length: count }, () =>
    summaryWith(
      {
        status: one(['new', 'assessing', 'recorded'] as const),
        priority: one(['immediate', 'high', 'standard'] as const),
        categories: some(['information', 'advantage', 'sexualPurpose'] as const, 2),
        holder: one([null, ash.id, bo.id] as (MemberId | null)[]),
      },
      random() < 0.6
        ? {
            categories: some(intelligenceCategoryIds, 3),
            dispositions: some(Object.keys(dispositions) as DispositionKind[], 2),
          }
        : undefined,
    ),
  );
}

describe('counts beside the choices', () => {
  const all = manyCases(300);
  const queries: Readonly<Record<string, Partial<QueueQuery>>> = {
    nothing: {},
    'one filter': { corruption: ['disclosure', 'drugs'] },
    'several filters': { status: ['recorded', 'assessing'], category: ['information'], holder: 'me' },
    'every filter': {
      status: ['new', 'recorded'],
      priority: ['high', 'standard'],
      category: ['information', 'advantage'],
      corruption: ['disclosure', 'drugs', 'association', 'other'],
      disposition: ['record', 'investigate', 'safeguard'],
      holder: 'unassigned',
    },
  };

  test.each(Object.keys(queries))('are what choosing it would show, with %s chosen', (name) => {
    const query = { ...everyCase, ...queries[name] };
    let checked = 0;
    for (const [filter, counts] of Object.entries(countChoices(all, query, context))) {
      for (const [choice, count] of Object.entries(counts)) {
        const alone = { ...query, [filter]: filter === 'holder' ? choice : [choice] };
        expect(count, `${filter} ${choice}`).toBe(selectFiltered(all, alone, context).length);
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(8);
  });

  test('leave out only what would show nothing', () => {
    const { corruption } = countChoices(all, { ...everyCase, status: ['recorded'] }, context);
    for (const id of intelligenceCategoryIds) {
      const shown = selectFiltered(all, { ...everyCase, status: ['recorded'], corruption: [id] }, context).length;
      expect(corruption[id] ?? 0, id).toBe(shown);
    }
  });
});

describe('search by the name of a category', () => {
  const stolen = summaryWith(
    { search: ' pa 000901 dc ellis marlow', categories: ['advantage'] },
    { categories: ['theftAndFraud'] },
  );
  const partner = summaryWith({ search: ' pa 000902 ps joss hartnoll', categories: ['partnerAbuse'] });
  const abuse = summaryWith(
    { search: ' pa 000903 pc nadia fenn', categories: ['information'] },
    { categories: ['abuseOfAuthority', 'sexualMisconduct'] },
  );
  const all = [stolen, partner, abuse];
  const found = (text: string) => referencesOf(selectMatching(all, text, inBrief()));

  test.each<[string, readonly CaseSummary[]]>([
    ['theft and fraud', [stolen]],
    ['Fraud', [stolen]],
    ['abuse of authority', [abuse]],
    ['abus', [partner, abuse]],
    ['partner abuse', [partner]],
    ['misconduct fenn', [abuse]],
    ['misconduct marlow', []],
    ['homophobic', []],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(referencesOf(expected));
  });

  test('two letters begin no category: they may begin a rank or a name', () => {
    expect(found('ps')).toEqual(referencesOf([partner]));
    expect(found('fr')).toEqual([]);
    expect(found('fra')).toEqual(referencesOf([stolen]));
  });

  test('counts are of what the search shows', () => {
    const shown = selectMatching(all, 'abuse', inBrief());
    expect(countChoices(shown, everyCase, context).corruption).toEqual({
      abuseOfAuthority: 1,
      sexualMisconduct: 1,
    });
  });
});

describe('what is owed to the IOPC', () => {
  const owing = (dueAt: string | null, changes: Partial<CaseSummary> = {}) =>
    summaryWith(changes, { iopcDueAt: dueAt });
  const [friday, saturday] = ['2026-11-20T23:59:59.999Z', '2026-11-21T23:59:59.999Z'];

  test('by deadline, the first one first, with the case that comes first in it', () => {
    const later = owing(saturday, { priority: 'immediate' });
    const ordinary = owing(friday, { priority: 'standard' });
    const urgent = owing(friday, { priority: 'high' });
    expect(selectIopcOwed([later, ordinary, summaryWith(), owing(null), urgent])).toEqual([
      { dueAt: friday, cases: 2, case: urgent.id, reference: urgent.reference },
      { dueAt: saturday, cases: 1, case: later.id, reference: later.reference },
    ]);
  });

  test('a year of five digits, which no desk would write, hides no deadline', () => {
    const handMade = owing(new Date(Date.parse('9999-12-31T23:59:59Z') + 86_400_000).toISOString());
    const due = owing(friday);
    expect(selectIopcOwed([handMade, due]).map(({ dueAt }) => dueAt)).toEqual([friday, handMade.assessed?.iopcDueAt]);
  });

  test('nothing, where none is', () => {
    expect(selectIopcOwed([summaryWith(), owing(null)])).toEqual([]);
  });
});

describe('queries', () => {
  test('window and vault call the same query the usual one', () => {
    expect(isEveryCase(everyCase)).toBe(true);
    expect(isEveryCase({ ...everyCase, corruption: ['drugs'] })).toBe(false);
    expect(narrows(everyCase)).toBe(false);
    expect(narrows({ ...everyCase, corruption: ['drugs'] })).toBe(true);
    expect(narrows({ ...everyCase, disposition: ['record'] })).toBe(true);
  });
});
