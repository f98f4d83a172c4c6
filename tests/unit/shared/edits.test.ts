import { v7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { applyToCase, takenOver } from '#shared/domain/case/apply-to-case.ts';
import { selectStatus } from '#shared/domain/case/case-state.ts';
import { decide } from '#shared/domain/case/decide.ts';
import { selectPolicyLog } from '#shared/domain/case/policy-log.ts';
import { selectConflicts } from '#shared/domain/case/summarise-assessment.ts';
import { selectInForce } from '#shared/domain/disposition/dispositions-in-force.ts';
import { envelopeSchema } from '#shared/domain/event/envelope.ts';
import { type History, mostReplaced, selectCurrent } from '#shared/domain/event/history.ts';
import { selectKeptUntil } from '#shared/domain/misconduct/notification-set.ts';
import { parseEvent, toEnvelope } from '#shared/domain/registry/registry.ts';
import { sanitisedHistory } from '#shared/domain/sanitising/sanitised-recorded.ts';
import type { AuthorKey, EntryId, EventId } from '#shared/kernel/ids.ts';
import {
  answers,
  ash,
  at,
  bo,
  caseId,
  disposed,
  entry,
  fold,
  grade,
  item,
  met,
  notMet,
  otherCase,
  record,
  risk,
  type Step,
  signing,
  step,
  unit,
  why,
} from './assessment-fixtures.ts';

/** What an edit replaces: a table of histories, by what each record names. Entry n stands at place n. */
const historyOf = (...names: readonly (readonly number[])[]): History<object> =>
  names.map((replaces, index) => ({
    ...{ entry: entry(index + 1), at, by: ash.id, device: 'a device' as AuthorKey, position: index + 1, seen: index },
    ...(replaces.length > 0 && { replaces: replaces.map(entry) }),
  }));
const places = (history: History<object>) => history.map(({ position }) => position);

describe('what is in force, by what each record names', () => {
  test.each<[string, (readonly number[])[], number[]]>([
    ['nothing, of nothing', [], []],
    ['the only one', [[]], [1]],
    ['the last of a chain', [[], [1], [2]], [3]],
    ['the last of a chain that names all', [[], [1], [1, 2]], [3]],
    ['both, where the second names nothing', [[], []], [1, 2]],
    ['both that name the same one', [[], [1], [1]], [2, 3]],
    ['the one that names both', [[], [1], [1], [2, 3]], [4]],
    ['the two, where the next names one of them', [[], [1], [1], [2]], [3, 4]],
    ['all, where what is named is not there', [[], [77]], [1, 2]],
    ['all, where what is named comes later', [[2], []], [1, 2]],
    ['the later one, where each names the other', [[2], [1]], [2]],
    ['one that names itself', [[1]], [1]],
    ['what one that was replaced had replaced is not in force again', [[], [1], [], [2, 3]], [4]],
  ])('%s', (_, names, expected) => expect(places(selectCurrent(historyOf(...names)))).toEqual(expected));

  test('as an author knew it: what they did not know replaces nothing', () => {
    const history = historyOf([], [1], [2]);
    const upTo = (last: number) => places(selectCurrent(history, ({ position }) => (position ?? 9) <= last));
    expect([1, 2, 3].map(upTo)).toEqual([[1], [2], [3]]);
  });

  test('over a record that they did not know, the one that they knew still leads to what it replaced', () => {
    const history = historyOf([], [1], [2]);
    expect(places(selectCurrent(history, ({ position }) => position !== 2))).toEqual([3]);
  });
});

describe('in a case', () => {
  const yes: Step = risk({ atRiskNow: 'unknown' });

  test('what somebody had seen, and does not name, they did not replace', () => {
    const silent = risk({}, { actor: bo, seen: 2, replaces: [] });
    expect(selectCurrent(fold(yes, silent).risk)).toHaveLength(2);
    expect(selectConflicts(fold(yes, silent))).toEqual(['risk']);
    expect(selectConflicts(fold(yes, risk({}, { actor: bo, seen: 2 })))).toEqual([]);
  });

  test('a name of another history replaces nothing', () => {
    const state = fold(yes, notMet(), risk({}, { replaces: [entry(3)] }), met({}, { replaces: [entry(2)] }));
    expect(selectConflicts(state)).toEqual(['risk', 'mandatory']);
  });

  test('an entry that is refused replaces nothing', () => {
    const state = fold(yes, risk({ atRiskNow: 'yes' }, { replaces: [entry(2)] }));
    expect(state.activity.at(-1)?.refused).not.toBeNull();
    expect(selectCurrent(state.risk).map((each) => each.entry)).toEqual([entry(2)]);
  });

  test('grades are replaced within their item', () => {
    const steps = [item('checks vehicles'), item('My sister'), grade(2), grade(3, {}, { replaces: [entry(4)] })];
    expect(fold(...steps).items.map(({ grades }) => selectCurrent(grades).length)).toEqual([1, 1]);
    const blind = grade(2, { assessment: 'C', why: 'Heard.' }, { replaces: [] });
    expect(selectConflicts(fold(...steps, blind))).toEqual(['grade']);
  });

  test('safeguarding and what becomes of the referral do not replace each other, whatever they name', () => {
    const safeguard = disposed({ kind: 'safeguard', ended: false });
    const decided = disposed({ kind: 'investigate' }, { replaces: [entry(4)] });
    const inForce = ({ dispositions }: ReturnType<typeof fold>) => {
      const { exclusive, safeguarding } = selectInForce(dispositions);
      return [exclusive, safeguarding].map((list) => list.map((each) => each.entry));
    };
    const before = [risk(), notMet(), safeguard, decided];
    expect(inForce(fold(...before))).toEqual([[entry(5)], [entry(4)]]);
    const ended = disposed({ kind: 'safeguard', ended: true }, { replaces: [entry(4), entry(5)] });
    expect(inForce(fold(...before, ended))).toEqual([[entry(5)], []]);
    const blind = disposed({ kind: 'safeguard', ended: true }, { actor: bo, replaces: [] });
    expect(inForce(fold(...before, blind))).toEqual([[entry(5)], [entry(4)]]);
  });

  test('the sanitised text of an item is none of the whole', () => {
    const whole = step('sanitised.recorded', { of: { kind: 'whole' }, text: 'The officer.', marks: [], answers });
    const ofItem = step('sanitised.recorded', {
      of: { kind: 'item', item: entry(2) },
      text: 'He does.',
      marks: [],
      answers,
    });
    const state = fold(item('checks vehicles'), whole, { ...ofItem, replaces: [entry(3)] });
    expect([null, entry(2)].map((part) => selectCurrent(sanitisedHistory(state, part)).length)).toEqual([1, 1]);
  });

  test('a case is ours again while any answer that stands says that it was sent back', () => {
    const kent = { kind: 'otherForce', force: 'kent', unit: '40000000-0000-4000-8000-000000000001' } as const;
    const answer = (said: 'acknowledged' | 'sentBack', more: Partial<Step> = {}): Step =>
      step('transfer.answered', { disposition: entry(4), answer: said, answeredAt: at, why: 'Theirs' }, more);
    const sent = [risk(), notMet(), disposed(kent)];
    const status = (...steps: Step[]) => selectStatus(fold(...sent, ...steps));
    expect(status()).toBe('notOurs');
    expect(status(answer('sentBack'), answer('acknowledged', { actor: bo, seen: 4 }))).toBe('new');
    expect(status(answer('sentBack'), answer('acknowledged', { actor: bo }))).toBe('notOurs');
    const log = selectPolicyLog(fold(...sent, answer('acknowledged'), answer('sentBack')));
    expect(log.slice(-2).map(({ superseded }) => superseded)).toEqual([true, false]);
  });

  test('the subject is not told while any record that stands says so', () => {
    const set = (doNotNotify: boolean, reviewOn: string | null, more: Partial<Step> = {}): Step =>
      step('notification.set', { doNotNotify, reviewOn, why }, more);
    const keptUntil = (...steps: Step[]) => selectKeptUntil(fold(...steps).notification);
    const [kept, told] = [set(true, '2026-12-01'), set(false, null)];
    expect(keptUntil(kept)).toBe('2026-12-01');
    expect(keptUntil(kept, { ...told, replaces: [] })).toBe('2026-12-01');
    expect(keptUntil(set(true, '2027-01-01'), { ...kept, replaces: [] })).toBe('2026-12-01');
    expect(keptUntil(kept, told)).toBeNull();
  });

  test('names lead from the stream in which a case goes on to the one that it was in before', () => {
    const before = takenOver(fold(yes), otherCase);
    const [first, second] = [risk({}, { replaces: [entry(2)] }), risk({ atRiskNow: 'unknown' }, { replaces: [] })];
    const after = [first, second].reduce(
      (state, each, index) => applyToCase(state, otherCase, each.event, signing(each, 10 + index)) ?? state,
      before,
    );
    expect(selectCurrent(after.risk).map((each) => each.entry)).toEqual([entry(10), entry(11)]);
  });
});

describe('what the author’s program names', () => {
  const assess = { type: 'risk.assessed' as const, data: { atRiskNow: 'no', people: [], rationale: why } };
  const named = (steps: readonly Step[], shown?: readonly EntryId[]) => {
    const decided = decide({ ...fold(...steps), holder: ash.id }, assess, { actor: ash, unit, record, at, shown });
    if (!decided.ok) throw new Error(decided.error.code);
    return decided.value.replaces;
  };
  const [first, blind] = [risk(), risk({}, { actor: bo, seen: 1 })];

  test('what is in force, where nothing tells what was shown; nothing where there is nothing', () => {
    expect(named([])).toBeUndefined();
    expect(named([first])).toEqual([entry(2)]);
    expect(named([first, risk()])).toEqual([entry(3)]);
    expect(named([first, blind])).toEqual([entry(2), entry(3)]);
    expect(named([notMet()])).toBeUndefined();
  });

  test('what was shown, of the same history, and nothing that came meanwhile', () => {
    expect(named([first, blind], [entry(2)])).toEqual([entry(2)]);
    expect(named([first, blind], [])).toBeUndefined();
    expect(named([first, notMet()], [entry(3), entry(77)])).toBeUndefined();
    // It was replaced meanwhile: what was written replaced it too.
    expect(named([first, risk({}, { actor: bo })], [entry(2)])).toEqual([entry(2)]);
  });

  test('no more than one event may name: the newest, and the rest stands', () => {
    const many = Array.from({ length: mostReplaced + 2 }, () => risk({}, { actor: bo, replaces: [] }));
    expect(named(many)).toEqual(many.map((_, index) => entry(index + 2)).slice(2));
  });
});

describe('in the envelope', () => {
  const event = { type: 'risk.assessed' as const, at, data: { atRiskNow: 'no' as const, people: [], rationale: why } };
  const id = v7() as EventId;
  const ids = (count: number) => Array.from({ length: count }, () => v7() as EntryId);
  const isRead = (replaces: unknown) => envelopeSchema.safeParse({ ...toEnvelope(id, event), replaces }).success;

  test('names travel there and back, and are absent where there are none', () => {
    const replaces = ids(2);
    const sealed = toEnvelope(id, { ...event, replaces });
    expect(sealed.replaces).toEqual(replaces);
    expect(parseEvent(envelopeSchema.parse(sealed))).toEqual({ ok: true, value: { ...event, replaces } });
    expect(Object.keys(toEnvelope(id, event))).not.toContain('replaces');
    expect(parseEvent(toEnvelope(id, event))).toEqual({ ok: true, value: event });
  });

  test.each<[string, unknown]>([
    ['an empty list', []],
    ['null', null],
    ['what is no list', ids(1)[0]],
    ['what is no id', ['the first']],
    ['an id of another kind', [caseId]],
    ['one twice', [entry(2), entry(2)]],
    ['too many', ids(mostReplaced + 1)],
  ])('%s is refused', (_, replaces) => expect(isRead(replaces)).toBe(false));

  test('as many as may be are read', () => expect(isRead(ids(mostReplaced))).toBe(true));
});
