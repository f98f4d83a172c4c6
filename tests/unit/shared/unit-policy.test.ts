import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { say } from '#renderer/words/say.ts';
import { settings } from '#renderer/words/unit-policy.ts';
import { applyToCase } from '#shared/domain/case/apply-to-case.ts';
import { defineCaseEvent, type EventDefinition } from '#shared/domain/event/define-event.ts';
import { memberRanked } from '#shared/domain/membership/member-ranked.ts';
import { periodIds, periods } from '#shared/domain/policy/periods.ts';
import { defaultPolicy, may, policyActionIds, policyActions, rolesThatMay } from '#shared/domain/policy/policy.ts';
import { type Registry, registry } from '#shared/domain/registry/registry.ts';
import { selectMarks } from '#shared/domain/sanitising/exposure.ts';
import { findPhrases } from '#shared/domain/sanitising/unit-phrases.ts';
import type { Roster } from '#shared/domain/unit/roster.ts';
import { changedPolicy, emptyRecord, policyAt, ranksAt, type UnitRecord } from '#shared/domain/unit/unit-record.ts';
import { applyToUnit, decideUnit } from '#shared/domain/unit-policy/apply-to-unit.ts';
import { policyChanged } from '#shared/domain/unit-policy/policy-changed.ts';
import type { AuthorKey, EntryId, EventId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import { isInEffect } from '#shared/kernel/in-effect.ts';
import { refuse, refuseField } from '#shared/kernel/refusal.ts';
import {
  ash,
  at,
  bo,
  caseId,
  fold,
  met,
  notMet,
  risk,
  sal,
  sent,
  signing,
  step,
  record as unchanged,
} from './assessment-fixtures.ts';

const why = 'Reasons that suffice.';
const policyStream = 'policy' as StreamId;
const keyOf = (id: MemberId) => `key of ${id}` as AuthorKey;
const members = [sal, ash, bo].map(({ id, role }) => ({ id, role, standing: 'inForce' as const }));
const roster = {
  policyStream,
  founder: sal.id,
  members,
  devices: members.map(({ id }) => ({ author: keyOf(id), member: id, standing: 'inForce' })),
} as unknown as Roster;
const by = (id: MemberId) => ({ roster, author: keyOf(id), stream: policyStream });

const decideChange = (changes: unknown, record = emptyRecord, who = sal.id) =>
  decideUnit(record, policyChanged as never, { changes, why }, by(who));

/** Each change at its position, by a supervisor. */
function recordWith(...changes: readonly (readonly [position: number | null, changes: object])[]): UnitRecord {
  return changes.reduce((record, [position, each], index) => {
    const signed = { entry: `entry ${index}` as EntryId, at, by: sal.id, device: keyOf(sal.id), position, seen: 0 };
    const signer = { ...by(sal.id), signed, eventId: `event ${index}` as EventId };
    const next = applyToUnit(record, policyChanged as never, { changes: each, why }, signer);
    if (!next.ok) throw new Error(next.error.code);
    return next.value;
  }, emptyRecord);
}

describe('a change of policy', () => {
  test.each(policyActionIds)('who may %s: at least one role, never one that it is barred to', (action) => {
    const field = `changes.actions.${action}`;
    const { always, never } = policyActions[action] as { always: readonly string[]; never: readonly string[] };
    const none = always.length > 0 ? 'action-always-of' : 'action-of-nobody';
    expect(decideChange({ actions: { [action]: [] } })).toMatchObject({ ok: false, error: { code: none, field } });
    const all = decideChange({ actions: { [action]: ['analyst', 'supervisor', 'reviewer'] } });
    const barred = { ok: false, error: { code: 'action-never-of', field, params: { action, roles: never } } };
    expect(all).toMatchObject(never.length > 0 ? barred : { ok: true });
  });

  test.each(periodIds)('%s: whole numbers within its bounds', (id) => {
    const { least, most, unit, usual } = periods[id];
    const field = `changes.periods.${id}`;
    const outside = refuseField(field, 'period-out-of-bounds', { minimum: least, maximum: most, unit });
    const set = (value: number) => decideChange({ periods: { [id]: value } });
    expect(set(most + 1)).toEqual({ ok: false, error: outside });
    expect(say(outside)).toContain(`${least} to ${most} ${unit}`);
    for (const value of [most, least]) expect(set(value).ok).toBe(value !== usual);
    expect(set(usual)).toEqual({ ok: false, error: refuse('nothing-changes') });
    for (const value of [least - 0.5, Number.NaN, 1e9, -1]) expect(set(value).ok).toBe(false);
    expect([usual >= least, usual <= most]).toEqual([true, true]);
  });

  test('by a supervisor until the unit gives it to others, who can then', () => {
    expect(decideChange({ periods: { 'review.raised': 4 } }, emptyRecord, ash.id)).toEqual({
      ok: false,
      error: refuse('not-allowed', { action: 'changePolicy', roles: ['supervisor'] }),
    });
    const given = recordWith([1, { actions: { changePolicy: ['analyst', 'supervisor'] } }]);
    expect(decideChange({ periods: { 'review.raised': 4 } }, given, ash.id).ok).toBe(true);
  });

  test('acts on the roster, which the endpoint judges too, are not for a unit to settle', () => {
    expect(decideChange({ actions: { admitMember: ['analyst'] } }).ok).toBe(false);
    expect(rolesThatMay('admitMember', defaultPolicy)).toEqual(['supervisor']);
  });

  test.each<[string, unknown]>([
    ['a prototype', JSON.parse('{"actions":{"__proto__":["analyst"]}}')],
    ['a period that is none', { periods: { constructor: 1 } }],
    ['roles without end', { actions: { assess: Array(1000).fill('analyst') } }],
    ['a role that is none', { actions: { assess: ['toString'] } }],
    ['words without end', { phrases: { add: ['x'.repeat(81)], remove: [] } }],
    ['a list without end', { phrases: { add: Array.from({ length: 51 }, (_, n) => `word ${n}`), remove: [] } }],
    ['words that nobody sees', { phrases: { add: ['abc\u202edef'], remove: [] } }],
    ['no letter and no digit', { phrases: { add: ['.*+'], remove: [] } }],
    ['a word that stands in half of all others', { phrases: { add: ['e'], remove: [] } }],
    ['what is no setting', { colours: 1 }],
  ])('refuses %s', (_, changes) => {
    expect(decideChange(changes).ok).toBe(false);
    expect(policyAt(emptyRecord, null)).toEqual(defaultPolicy);
  });

  test('a list of words ends somewhere, however often it is added to', () => {
    const words = (from: number) => Array.from({ length: 50 }, (_, n) => `word ${from + n}`);
    const full = recordWith(
      ...[0, 50, 100, 150].map((n) => [n + 1, { phrases: { add: words(n), remove: [] } }] as const),
    );
    expect(decideChange({ phrases: { add: ['one more'], remove: [] } }, full)).toMatchObject({
      error: { code: 'too-many-phrases', params: { maximum: 200 } },
    });
    expect(decideChange({ phrases: { add: ['one more'], remove: ['word 3'] } }, full).ok).toBe(true);
  });

  test('names only what changes, and counts from its position on', () => {
    const record = recordWith(
      [5, { periods: { 'review.high': 2 }, actions: { releaseOthers: ['analyst', 'supervisor'] } }],
      [9, { periods: { 'review.high': 1 } }],
      [null, { phrases: { add: ['Riverside'], remove: [] } }],
    );
    expect([4, 5, 8, 9].map((position) => policyAt(record, position).periods['review.high'])).toEqual([3, 2, 2, 1]);
    expect(may('analyst', 'releaseOthers', policyAt(record, 9))).toBe(true);
    expect([policyAt(record, 9).phrases, policyAt(record, null).phrases]).toEqual([[], ['Riverside']]);
  });

  test('two of the same keep one, and what is gone already is no fault', () => {
    const once = { phrases: { add: ['Riverside'], remove: [] } };
    expect(changedPolicy(changedPolicy(defaultPolicy, once), once).phrases).toEqual(['Riverside']);
    const gone = { phrases: { add: [], remove: ['Riverside'] } };
    expect(changedPolicy(changedPolicy(defaultPolicy, gone), gone)).toEqual(defaultPolicy);
  });

  test('every setting is on the screen, with where its default comes from', () => {
    expect(settings.map(({ id }) => id).sort()).toEqual(
      [...policyActionIds.map((id) => `actions.${id}`), ...periodIds.map((id) => `periods.${id}`), 'phrases'].sort(),
    );
    for (const { source, label } of settings) expect([source.length > 10, label.length > 3]).toEqual([true, true]);
  });
});

describe('an entry of a case is judged by the policy at its position', () => {
  const tight = recordWith([3, { actions: { assess: ['supervisor'] } }]);
  const at4 = (seen: number, actor = ash, position = 4) => {
    const event = risk().event;
    const how = { ...signing({ event, actor, seen }, position), record: tight };
    return applyToCase(fold(risk()), caseId, event, how)?.activity.at(-1)?.refused;
  };

  test('before it, at it and after it', () => {
    expect(at4(1, ash, 2)).toBeNull();
    expect(at4(3)).toEqual(refuse('not-allowed', { action: 'assess', roles: ['supervisor'] }));
    expect(at4(3, sal)).toBeNull();
  });

  test('what its author could not know is said', () => {
    const refused = at4(2);
    expect(refused).toEqual(refuse('not-allowed', { action: 'assess', roles: ['supervisor'], policyChanged: true }));
    expect(refused && say(refused)).toBe(
      'Only a supervisor can assess a case. The unit’s policy had changed before this reached the log, and whoever recorded it had not seen that yet.',
    );
  });

  test('a rule may ask which rank somebody held there', () => {
    const asked: unknown[] = [];
    const definition = defineCaseEvent('trial.ranked', {
      v: 1,
      data: z.strictObject({}),
      audit: 'alteration',
      may: 'anyone',
      rule: (_, { ranks, actor }) => {
        asked.push(actor && ranks[actor.id]);
        return null;
      },
      apply: () => ({}),
    });
    const known: Registry = new Map([...registry, ['trial.ranked', definition as unknown as EventDefinition]]);
    const ranked = (rank: 'sergeant' | 'inspector', position: number) =>
      ({
        member: ash.id,
        employment: 'officer',
        rank,
        entry: 'e' as EntryId,
        at,
        by: sal.id,
        device: keyOf(sal.id),
        position,
        seen: 0,
      }) as const;
    const record = { ...unchanged, ranks: [ranked('sergeant', 2), ranked('inspector', 4)] };
    const event = { type: 'trial.ranked', at, data: {} } as never;
    for (const position of [1, 3, 4]) {
      applyToCase(fold(risk()), caseId, event, { ...signing({ event }, position), record }, known);
    }
    expect(asked).toEqual([undefined, 'sergeant', 'inspector'].map((rank) => rank && { employment: 'officer', rank }));
  });
});

describe('a rank', () => {
  const rank = (member: MemberId, who: MemberId, record = emptyRecord) => {
    const signed = { entry: 'e' as EntryId, at, by: who, device: keyOf(who), position: 2, seen: 1 };
    const signer = { ...by(who), signed, eventId: 'rank' as EventId };
    return applyToUnit(record, memberRanked as never, { member, employment: 'staff', rank: 'sergeant' }, signer);
  };
  const own = { member: sal.id, employment: 'officer', rank: 'inspector' } as const;
  const founded = {
    ...emptyRecord,
    ranks: [{ ...own, entry: 'e' as EntryId, at, by: sal.id, device: keyOf(sal.id), position: 1, seen: 0 }],
  };

  test('is said by a supervisor of another, and by the founder of themself once', () => {
    expect(rank(ash.id, sal.id).ok).toBe(true);
    expect(rank(sal.id, sal.id).ok).toBe(true);
    expect(rank(sal.id, sal.id, founded)).toEqual({ ok: false, error: refuseField('member', 'own-rank') });
    expect(rank(bo.id, ash.id)).toMatchObject({ error: { code: 'not-allowed' } });
    expect(rank('nobody' as MemberId, sal.id)).toEqual({ ok: false, error: refuseField('member', 'member-unknown') });
    expect(ranksAt(founded, 0)).toEqual({});
  });
});

describe('words that a unit adds to the reporter-exposure check', () => {
  const found = (text: string, ...phrases: string[]) =>
    findPhrases(text, phrases).map(({ start, end }) => text.slice(start, end));

  test('are found as whole words, whatever their case and spacing', () => {
    expect(found('At RIVERSIDE\n  Bowls, the riverside bowls club.', 'Riverside Bowls')).toEqual([
      'RIVERSIDE\n  Bowls',
      'riverside bowls',
    ]);
    expect(found('Riversides and a Riverside.', 'Riverside')).toEqual(['Riverside']);
    expect(found('İstanbul: the Élan.', 'élan')).toEqual(['Élan']);
  });

  test('are no patterns', () => {
    expect(found('aaaa (a+)+ a.c abc', '(a+)+', 'a.c')).toEqual(['(a+)+', 'a.c']);
    expect(found('no stars here', '.*')).toEqual([]);
  });

  test('are marked beside what the program looks for', () => {
    const text = 'She coaches at Riverside Bowls on Mondays.';
    expect(selectMarks(text, { phrases: [], subjects: [] })).toEqual([]);
    expect(selectMarks(text, { subjects: [], phrases: ['riverside bowls'] })).toEqual([
      { kind: 'unitPhrase', start: 15, end: 30, text: 'Riverside Bowls' },
    ]);
  });

  test('do not hold up whoever sanitises, with the longest list over a text made for it', () => {
    const text = 'ab '.repeat(16_000);
    const before = Array.from({ length: 100 }, (_, n) => `${n} ${'ab '.repeat(24)}ab`);
    const after = Array.from({ length: 100 }, (_, n) => `${'ab '.repeat(24)}${n}`);
    const started = performance.now();
    expect(findPhrases(text, [...before, ...after])).toEqual([]);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('law with dates of effect', () => {
  test.each<[string, boolean]>([
    ['2020-01-31T23:59:59.999Z', false],
    ['2020-02-01T00:00:00.000Z', true],
    ['2025-05-27T22:59:59.999Z', true],
    // In London it is the next day by then.
    ['2025-05-27T23:00:00.000Z', false],
  ])('at %s: %s', (instant, expected) => {
    expect(isInEffect({ from: '2020-02-01', until: '2025-05-28' }, instant)).toBe(expected);
    expect(isInEffect({ from: null }, instant)).toBe(true);
  });

  test('a mode of investigation that was no law when the IOPC answered is refused', () => {
    const answered = (answeredAt: string, mode: 'directed' | 'returnedToForce') => {
      const before = fold(
        met({ becameClearAt: '2020-01-20T09:00:00.000Z' }),
        sent({ sentAt: '2020-01-21T09:00:00.000Z', lateReason: why }),
      );
      const referral = before.iopc[0]?.entry as EntryId;
      const answer = step('iopc.answered', { referral, mode, answeredAt, reference: null, note: null });
      return applyToCase(before, caseId, answer.event, signing(answer, 4))?.activity.at(-1)?.refused;
    };
    expect(answered('2020-01-31T12:00:00.000Z', 'directed')).toEqual(refuseField('mode', 'mode-not-in-effect'));
    expect(answered('2020-01-31T12:00:00.000Z', 'returnedToForce')).toBeNull();
    expect(answered('2020-02-01T12:00:00.000Z', 'directed')).toBeNull();
  });
});

test('a case keeps the clock that the policy set when it came in', () => {
  expect(fold(notMet()).decisionHours).toEqual({ immediate: 1, high: 4, raised: 24, standard: 72 });
});
