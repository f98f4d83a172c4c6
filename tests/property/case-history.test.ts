import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sayDecision } from '#renderer/words/policy-log.ts';
import { hasWords, say } from '#renderer/words/say.ts';
import { applyToCase } from '#shared/domain/case/apply-to-case.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import { summarise } from '#shared/domain/case/case-summary.ts';
import { decide } from '#shared/domain/case/decide.ts';
import { selectPolicyLog } from '#shared/domain/case/policy-log.ts';
import { selectConflicts } from '#shared/domain/case/summarise-assessment.ts';
import { type History, selectCurrent } from '#shared/domain/event/history.ts';
import { iopcClock } from '#shared/domain/iopc/iopc-clock.ts';
import { defaultGrade, isSuspectedFalse, selectGrade } from '#shared/domain/items/grading.ts';
import type { Grade } from '#shared/domain/items/grading-scales.ts';
import { eventList } from '#shared/domain/registry/event-list.ts';
import { type CaseEventType, type DomainEvent, isCaseEvent, parseEvent } from '#shared/domain/registry/registry.ts';
import { selectMarks } from '#shared/domain/sanitising/exposure.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { sample } from '#tests/support/effort.ts';
import {
  answers,
  ash,
  asProvisional,
  at,
  bo,
  caseId,
  disposed,
  entry,
  fold,
  grade,
  harm,
  item,
  met,
  narrative,
  notMet,
  otherCase,
  record,
  refused,
  risk,
  type Step,
  sal,
  sent,
  signing,
  step,
  unit,
  why,
} from '../unit/shared/assessment-fixtures.ts';

/* Supersede never loses; garbage never throws; the grading rules hold for every grade that can be written. */

const someone = fc.constantFrom(ash, bo, sal, null);
const events = fc.constantFrom<Step>(
  risk(),
  risk({ atRiskNow: 'unknown' }),
  notMet(),
  met(),
  sent(),
  sent({ kind: 'voluntary', why: 'Gravity' }),
  harm(),
  harm({ threat: 'immediate' }),
  item('checks vehicles'),
  item('My sister'),
  grade(2),
  grade(2, { why: 'Again' }),
  grade(4, { assessment: 'E', judgedBy: 'DS', why: 'False' }),
  step('item.withdrawn', { item: entry(4), why }),
  step('priority.overridden', { priority: 'high', why }),
  step('categories.recorded', { categories: ['drugs'], primary: 'drugs', why: null }),
  step('standards.recorded', { standards: ['honesty'], why: null }),
  step('suspension.put', {
    ...{ behaviourOn: null, allegedOn: null, listedAt: null, putAt: at, putTo: 'Head', why, decision: null },
    subject: 'staff',
  }),
  step('oversight.recorded', { jurisdiction: 'scotland', reference: null, sentAt: null, why }),
  step('notification.set', { doNotNotify: true, reviewOn: '2026-12-01', why }),
  step('matter.classified', { type: 'conduct', ...asProvisional, authority: null, why }),
  step('severity.assessed', { level: 'gross', proceedings: null, ...asProvisional, authority: null, why }),
  step('iopc.answered', { referral: entry(6), mode: 'local', answeredAt: at, reference: null, note: null }),
  step('sanitised.recorded', { of: { kind: 'whole' }, text: 'The officer.', marks: [], answers }),
  disposed({ kind: 'safeguard', ended: false }),
  disposed({ kind: 'investigate' }),
  disposed({ kind: 'record', reviewOn: '2027-01-01' }),
  disposed({ kind: 'suspectedMalicious', items: [entry(4)] }),
  disposed({ kind: 'otherForce', force: 'kent', unit: '40000000-0000-4000-8000-000000000001' }),
  step('transfer.answered', { disposition: entry(8), answer: 'sentBack', answeredAt: at, why: 'No' }),
  step('referral.linked', { case: otherCase, reference: 'PA-000002', kind: 'repeat', why: 'Same' }),
  step('referral.unlinked', { link: entry(3), why }),
  step('match.rejected', { case: otherCase, reference: 'PA-000002', why: 'Other' }),
  step('match.restored', { rejection: entry(9), why: 'Same' }),
);
/** Something of everything to work on: at positions 2 to 9. */
const opening: readonly Step[] = [
  item('checks vehicles'),
  step('referral.linked', { case: otherCase, reference: 'PA-000002', kind: 'repeat', why: 'Same' }),
  item('My sister'),
  met(),
  sent(),
  risk(),
  disposed({ kind: 'otherForce', force: 'kent', unit: '40000000-0000-4000-8000-000000000001' }),
  step('match.rejected', { case: otherCase, reference: 'PA-000003', why: 'Other' }),
];

/** What its author names as replaced: mostly what they knew to be in force; else anything, earlier, later or not there. */
const names = fc.option(fc.array(fc.nat({ max: 45 }).map(entry), { maxLength: 4 }), { freq: 2, nil: undefined });

const oneStep = fc.record({ each: events, actor: someone, back: fc.nat({ max: 6 }), replaces: names });
const someSteps = fc.array(oneStep, { maxLength: 30 }).map((list) => [
  ...opening,
  ...list.map(({ each, actor, back, replaces }, index): Step => {
    const seen = opening.length + index + 1 - back;
    return { ...each, actor, seen, ...(replaces && { replaces }) };
  }),
]);

/** Everything that was signed and stands anywhere in an assessment, by entry. */
function kept(value: unknown, found = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value)) for (const each of value) kept(each, found);
  else if (value && typeof value === 'object') {
    const record = value as Record<string, unknown>;
    if (typeof record.entry === 'string') {
      const { grades: _, takenBack: __, answers: ___, ...own } = record;
      found.set(record.entry, JSON.stringify(own));
    }
    for (const each of Object.values(record)) kept(each, found);
  }
  return found;
}

test('the opening, and most that follows, is not refused', () => {
  const applied = fc.sample(someSteps, { numRuns: 200, seed: 7 }).map((steps) => {
    const { activity } = fold(...steps);
    expect(activity.slice(0, opening.length + 1).map(({ refused: reason }) => reason)).toEqual(Array(9).fill(null));
    return activity.slice(opening.length + 1);
  });
  expect(applied.flat().filter(({ refused: reason }) => !reason).length).toBeGreaterThan(applied.flat().length / 3);
});

test('every event that was not refused stays word for word, with who and when, whatever follows', () => {
  fc.assert(
    fc.property(someSteps, (steps) => {
      let before = new Map<string, string>();
      for (let count = 1; count <= steps.length; count += 1) {
        const state = fold(...steps.slice(0, count));
        const { activity, ...recorded } = state;
        const after = kept(recorded);
        for (const [id, words] of before) expect(after.get(id)).toBe(words);
        const applied = activity.filter((each) => each.type !== 'referral.received' && !each.refused);
        expect([...after.keys()].sort()).toEqual(applied.map((each) => each.entry).sort());
        before = after;
      }
    }),
    sample(200),
  );
});

const histories = ({ risk: risks, mandatory, harm: harms, overrides, items }: CaseState) =>
  [risks, mandatory, harms, overrides, ...items.map(({ grades }) => grades)].filter((each) => each.length > 0);

test('something of each step always stands, and the newest record of it does', () => {
  fc.assert(
    fc.property(someSteps, (steps) => {
      for (const history of histories(fold(...steps))) {
        expect(selectCurrent<object>(history).at(-1)?.entry).toBe(history.at(-1)?.entry);
      }
    }),
    sample(100),
  );
});

/** Whether one record leads to another by the names, each of something earlier: as a reader of the protocol would ask it. */
function leadsTo(history: History<object>, from: number, to: number): boolean {
  if (to >= from) return false;
  const named = (history[from]?.replaces ?? []).map((name) => history.findIndex(({ entry: id }) => id === name));
  return named.some((place) => place < from && (place === to || (place > to && leadsTo(history, place, to))));
}

test('in force is what no later record leads to, and of two in force neither leads to the other', () => {
  const anyNames = fc.array(fc.array(fc.nat({ max: 12 }).map(entry), { maxLength: 3 }), { maxLength: 12 });
  fc.assert(
    fc.property(anyNames, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (list, knew) => {
      const history = list.map((replaces, place) => ({
        ...{ entry: entry(place), at, by: ash.id, device: 'a device' as AuthorKey, position: place, seen: 0, replaces },
      }));
      const isInForce = (_: object, place: number) =>
        knew[place] && !history.some((__, later) => knew[later] && leadsTo(history, later, place));
      expect(selectCurrent(history, ({ position }) => knew[position ?? 0] ?? false)).toEqual(history.filter(isInForce));
    }),
    sample(500),
  );
});

test('a refused event changes nothing but the activity', () => {
  fc.assert(
    fc.property(someSteps, events, someone, (steps, last, actor) => {
      const before = fold(...steps);
      const after = fold(...steps, { ...last, actor });
      if (after.activity.at(-1)?.refused) expect({ ...after, activity: [] }).toEqual({ ...before, activity: [] });
      expect(after.activity).toHaveLength(before.activity.length + 1);
    }),
    sample(100),
  );
});

/** What an entry of a newer, older, broken or hostile program might say. */
const leaf = fc.oneof(
  fc.constantFrom<unknown>(null, '', 'yes', entry(2), at, '2026-11-20', -1, 1e9, narrative, why),
  fc.string(),
  fc.integer(),
  fc.boolean(),
);
const garbage = fc.record({
  type: fc.constantFrom(...eventList.map(({ type }) => type)),
  v: fc.integer({ min: 1, max: 2 }),
  at: fc.constant(at),
  data: fc.oneof(fc.anything(), fc.dictionary(fc.string(), leaf), fc.constant(undefined)),
});

test('garbage is a fault, and never throws', () => {
  fc.assert(
    fc.property(garbage, (envelope) => typeof parseEvent(envelope).ok === 'boolean'),
    sample(1000),
  );
});

/** A well-formed event with any one field replaced: most are faults, and the rest must be borne. */
const bent = fc.record({ each: events, key: fc.nat({ max: 6 }), value: leaf }).map(({ each, key, value }) => {
  const { event } = each;
  const data: Record<string, unknown> = { ...event.data };
  const name = Object.keys(data)[key];
  return { type: event.type, v: 1, at: event.at, data: name ? { ...data, [name]: value } : data };
});
const hugeDates = fc.constantFrom('0000-01-01T00:00:00Z', '0099-12-31T23:59:59Z', '9999-12-31T23:59:59.999Z');

test('whatever is asked of a case is decided, or refused by a code that has words', () => {
  const state = { ...fold(...opening), holder: ash.id };
  fc.assert(
    fc.property(fc.oneof(garbage, bent), someone, ({ type, data }, actor) => {
      const decided = decide(state, { type: type as CaseEventType, data }, { actor, unit, record, at });
      if (decided.ok) expect(decided.value.type).toBe(type);
      else {
        expect(hasWords(decided.error.code)).toBe(true);
        expect(say(decided.error)).not.toMatch(/undefined|\[object|NaN/);
      }
    }),
    { numRuns: 1000 },
  );
});

function bear(event: DomainEvent, steps: readonly Step[]): void {
  if (!isCaseEvent(event)) return;
  const before = fold(...steps);
  const position = steps.length + 2;
  const state = applyToCase(before, caseId, event, signing({ event, actor: bo }, position)) as CaseState;
  summarise(state);
  for (const line of selectPolicyLog(state)) sayDecision(line);
  selectConflicts(state);
  iopcClock(state, 0);
}

test('what parses is applied, summarised and printed without throwing', () => {
  fc.assert(
    fc.property(someSteps, bent, (steps, envelope) => {
      const parsed = parseEvent(envelope);
      if (parsed.ok) bear(parsed.value, steps);
    }),
    sample(500),
  );
});

test('instants at the ends of time are borne', () => {
  fc.assert(
    fc.property(hugeDates, hugeDates, (becameClearAt, signedAt) => {
      const data = { criteria: ['relevantOffence'], corruption: [], becameClearAt, rationale: why };
      const parsed = parseEvent({ type: 'mandatoryReferral.assessed', v: 1, at: signedAt, data });
      if (parsed.ok) bear(parsed.value, []);
    }),
    sample(100),
  );
});

const anyGrade: fc.Arbitrary<Partial<Grade>> = fc.record({
  source: fc.constantFrom('1', '2', '3'),
  assessment: fc.constantFrom('A', 'B', 'C', 'D', 'E'),
  handling: fc.constantFrom('P', 'C'),
  conditions: fc.constantFrom(null, { action: null, sanitisation: 'S2', other: null }),
  corroboratedBy: fc.constantFrom([], [{ kind: 'referral', case: otherCase }], [{ kind: 'referral', case: caseId }]),
  judgedBy: fc.constantFrom(null, 'DS Vale'),
  why: fc.constantFrom(null, 'Reasons'),
}) as fc.Arbitrary<Partial<Grade>>;

test('a grade stands exactly when the rules of 3x5x2 allow it (College of Policing APP)', () => {
  fc.assert(
    fc.property(anyGrade, fc.boolean(), (data, regraded) => {
      const { source, assessment, handling, conditions, corroboratedBy = [], judgedBy, why: reason } = data;
      const allowed =
        (assessment !== 'B' || (corroboratedBy[0]?.kind === 'referral' && corroboratedBy[0].case === otherCase)) &&
        ((source !== '3' && assessment !== 'E') || Boolean(judgedBy && reason)) &&
        // The reporter of these is anonymous.
        ((source !== '1' && assessment !== 'A') || Boolean(reason)) &&
        (handling !== 'P' || !conditions) &&
        (!regraded || Boolean(reason));
      const steps = [item('checks vehicles'), ...(regraded ? [grade(2)] : []), grade(2, data)];
      expect(refused(...steps) === null).toBe(allowed);
      const [only] = fold(...steps).items;
      if (!only) throw new Error('no item');
      expect(selectGrade(only).grade).toMatchObject(allowed ? data : defaultGrade);
      expect(isSuspectedFalse(only, () => true)).toBe(allowed && assessment === 'E');
    }),
    sample(1000),
  );
});

test('marks lie in the text, in order, without overlap, whatever the text', () => {
  const words = fc.constantFrom(
    'I',
    'my',
    'sister',
    'the reporter',
    '07700 900123',
    'a@b.co',
    '23:40',
    '£1,250',
    '“so it is said by him”',
    'works at',
    '.',
    '\n',
    '’',
    'é',
    '😀',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(words, { maxLength: 60 }).map((list) => list.join(' ')),
  );
  fc.assert(
    fc.property(text, (each) => {
      let reached = 0;
      for (const mark of selectMarks(each, { phrases: [], subjects: [] })) {
        expect(each.slice(mark.start, mark.end)).toBe(mark.text);
        expect(mark.end).toBeGreaterThan(Math.max(mark.start, reached));
        reached = mark.end;
      }
    }),
    sample(500),
  );
});

test('the longest referral that can be is checked in well under a second', () => {
  for (const unit of ['I ', 'a@', '0', '1 Abc ', 'the reporter ', '"', 'only ', 'works at ', 'A', '. @', '£1,', 'x.']) {
    const text = unit.repeat(Math.ceil(50_000 / unit.length)).slice(0, 50_000);
    const began = performance.now();
    selectMarks(text, { phrases: [], subjects: [] });
    expect(performance.now() - began).toBeLessThan(1000);
  }
});
