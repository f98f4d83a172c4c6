import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { dataRefusals } from '#shared/domain/event/data-refusal.ts';
import type { CaseEventType } from '#shared/domain/registry/registry.ts';
import { caseEventOf, registry } from '#shared/domain/registry/registry.ts';
import { refuseField } from '#shared/kernel/refusal.ts';
import { at, entry, why } from './assessment-fixtures.ts';

/** What is refused of the data of an event, as somebody wrote it. */
function refusals(type: CaseEventType, data: unknown) {
  const parsed = caseEventOf(registry, type)?.data.safeParse(data);
  return parsed?.success ? [] : parsed?.error && dataRefusals(parsed.error);
}

const person = { who: 'Partner', risk: 'Threats', level: 'high', action: 'reduce', note: 'Called' };
const risk = { atRiskNow: 'yes', people: [person], rationale: why };
const referred = { kind: 'mandatory', sentAt: at, what: 'Form', why: null, lateReason: null };
const disposed = { chosen: { kind: 'record', reviewOn: '2027-11-20' }, options: [], rationale: why };

describe('what is missing or wrong in an event’s data, beside its field', () => {
  test.each<[string, CaseEventType, unknown, ReturnType<typeof refuseField>[]]>([
    ['nothing', 'risk.assessed', risk, []],
    [
      'all of it missing, in the order of the schema',
      'risk.assessed',
      {},
      [refuseField('atRiskNow', 'choose-one'), refuseField('people', 'fill-in'), refuseField('rationale', 'fill-in')],
    ],
    ['nothing at all', 'risk.assessed', undefined, [refuseField('', 'fill-in')]],
    ['null', 'risk.assessed', null, [refuseField('', 'fill-in')]],
    ['a text', 'risk.assessed', 'yes', [refuseField('', 'fill-in')]],
    ['a list', 'risk.assessed', [risk], [refuseField('', 'fill-in')]],
    [
      'a choice that is none',
      'risk.assessed',
      { ...risk, atRiskNow: 'perhaps' },
      [refuseField('atRiskNow', 'choose-one')],
    ],
    [
      'a field of a row',
      'risk.assessed',
      { ...risk, people: [person, { ...person, who: '  ' }] },
      [refuseField('people.1.who', 'fill-in')],
    ],
    [
      'several fields of several rows',
      'risk.assessed',
      {
        ...risk,
        people: [
          { ...person, level: 'grave' },
          { ...person, note: null },
        ],
      },
      [refuseField('people.0.level', 'choose-one'), refuseField('people.1.note', 'fill-in')],
    ],
    [
      'reasons too short',
      'risk.assessed',
      { ...risk, rationale: '  short   ' },
      [refuseField('rationale', 'too-short', { minimum: 10 })],
    ],
    [
      'reasons too long',
      'risk.assessed',
      { ...risk, rationale: 'x'.repeat(20_001) },
      [refuseField('rationale', 'too-long', { maximum: 20_000 })],
    ],
    [
      'too many rows',
      'risk.assessed',
      { ...risk, people: Array.from({ length: 51 }, () => person) },
      [refuseField('people', 'too-long', { maximum: 50 })],
    ],
    [
      'no row where there must be one',
      'categories.recorded',
      { categories: [], primary: 'drugs', why: null },
      [refuseField('categories', 'choose-at-least-one')],
    ],
    ['no instant', 'iopc.referred', { ...referred, sentAt: 'yesterday' }, [refuseField('sentAt', 'not-an-instant')]],
    [
      'an instant with an offset',
      'iopc.referred',
      { ...referred, sentAt: '2026-11-20T10:00:00+01:00' },
      [refuseField('sentAt', 'not-an-instant')],
    ],
    [
      'no day',
      'disposition.recorded',
      { ...disposed, chosen: { kind: 'record', reviewOn: '2027-02-30' } },
      [refuseField('chosen.reviewOn', 'not-a-day')],
    ],
    [
      'a disposition that is none',
      'disposition.recorded',
      { ...disposed, chosen: { kind: 'shelve' } },
      [refuseField('chosen.kind', 'choose-one')],
    ],
    [
      'a detail of another disposition',
      'disposition.recorded',
      { ...disposed, chosen: { kind: 'investigate', reviewOn: '2027-11-20' } },
      [refuseField('chosen', 'malformed')],
    ],
    ['no id', 'item.withdrawn', { item: 'the first', why }, [refuseField('item', 'malformed')]],
    [
      'a number that is none',
      'item.recorded',
      { start: Number.NaN, end: 1.5, text: 'x', provenance: null },
      [refuseField('start', 'not-whole'), refuseField('end', 'not-whole')],
    ],
    [
      'numbers out of bounds',
      'item.recorded',
      { start: -1, end: 1e300, text: 'x', provenance: null },
      [refuseField('start', 'fill-in'), refuseField('end', 'too-long', { maximum: Number.MAX_SAFE_INTEGER })],
    ],
    ['a field too many', 'case.taken', { reporter: 'someone' }, [refuseField('', 'malformed')]],
    [
      'a field too many in a row',
      'risk.assessed',
      { ...risk, people: [{ ...person, reporter: 'someone' }] },
      [refuseField('people.0', 'malformed')],
    ],
    ['a prototype', 'case.taken', JSON.parse('{"__proto__":{"v":2}}'), [refuseField('', 'malformed')]],
    ['a constructor', 'case.taken', { constructor: 'x', toString: 1 }, [refuseField('', 'malformed')]],
  ])('%s', (_, type, data, expected) => expect(refusals(type, data)).toEqual(expected));

  test('a row that grew huge is refused in well under a second, one refusal a field', () => {
    const people = Array.from({ length: 20_000 }, () => ({ ...person, who: '', level: 'x'.repeat(100) }));
    const began = performance.now();
    const found = refusals('risk.assessed', { ...risk, people }) ?? [];
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(new Set(found.map(({ field }) => field)).size).toBe(found.length);
    expect(found[0]).toEqual(refuseField('people', 'too-long', { maximum: 50 }));
  });

  test('what somebody wrote is in no refusal', () => {
    const told = 'the reporter is her sister';
    const data = { ...risk, atRiskNow: told, [told]: told, people: [{ ...person, level: told, [told]: 1 }] };
    const found = [
      refusals('risk.assessed', data),
      refusals('item.withdrawn', { item: told, why: told }),
      refusals('disposition.recorded', { ...disposed, chosen: { kind: told } }),
      refusals('iopc.referred', { ...referred, sentAt: told }),
    ];
    expect(found.flat().length).toBeGreaterThan(4);
    expect(JSON.stringify(found)).not.toContain(told);
  });

  test('of several faults of one field the first is told', () => {
    const schema = z.object({ name: z.string().min(5).regex(/^\d+$/) });
    const parsed = schema.safeParse({ name: 'ab' });
    expect(parsed.error && dataRefusals(parsed.error)).toEqual([refuseField('name', 'too-short', { minimum: 5 })]);
  });

  test('an unknown kind of fault is malformed', () => {
    const schema = z.object({ even: z.number().multipleOf(2), own: z.string().refine(() => false) });
    const parsed = schema.safeParse({ even: 3, own: 'x' });
    expect(parsed.error && dataRefusals(parsed.error)).toEqual([
      refuseField('even', 'malformed'),
      refuseField('own', 'malformed'),
    ]);
  });

  test('an entry id is an id', () => expect(refusals('item.withdrawn', { item: entry(2), why })).toEqual([]));
});
