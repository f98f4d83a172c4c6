import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { applyToCase } from '#shared/domain/case/apply-to-case.ts';
import { decide } from '#shared/domain/case/decide.ts';
import { instantOf, type RuleContext, type SignedTime } from '#shared/domain/event/context.ts';
import { defineCaseEvent } from '#shared/domain/event/define-event.ts';
import { defaultPolicy } from '#shared/domain/policy/policy.ts';
import type { ReferralState } from '#shared/domain/referral/referral.ts';
import { type CaseEvent, type CaseEventType, type Registry, registry } from '#shared/domain/registry/registry.ts';
import { refuse, refuseField } from '#shared/kernel/refusal.ts';
import {
  ash,
  at,
  bo,
  caseId,
  entry,
  fold,
  member,
  met,
  notMet,
  record,
  refused,
  risk,
  sent,
  signing,
  step,
  unit,
} from './assessment-fixtures.ts';

describe('the instant that a rule reckons with', () => {
  const [nine, ten, eleven] = ['2026-11-20T09:00:00.000Z', '2026-11-20T10:00:00.000Z', '2026-11-20T11:00:00.000Z'];
  test.each<[string, SignedTime, string]>([
    ['what was said, where the log tells nothing', { said: ten, from: null, until: null }, ten],
    ['what was said, between', { said: ten, from: nine, until: eleven }, ten],
    ['what was said, at the first instant that can be', { said: nine, from: nine, until: eleven }, nine],
    ['what was said, at the last', { said: eleven, from: nine, until: eleven }, eleven],
    ['what was said, after what the author had seen', { said: ten, from: nine, until: null }, ten],
    ['what was said, before it was taken in', { said: ten, from: null, until: eleven }, ten],
    ['the log’s, where a clock is slow', { said: nine, from: ten, until: eleven }, eleven],
    ['the log’s, where a clock is fast', { said: eleven, from: nine, until: ten }, ten],
    ['the log’s, where a clock is fast and nothing was seen', { said: eleven, from: null, until: ten }, ten],
    ['of what was seen, where a clock is slow and the entry waits', { said: nine, from: ten, until: null }, ten],
    ['the log’s, where it contradicts itself', { said: ten, from: eleven, until: nine }, nine],
  ])('%s', (_, time, expected) => expect(instantOf(time)).toBe(expected));

  test.each<[string, SignedTime, string]>([
    ['without milliseconds', { said: '2026-11-20T10:00:00Z', from: '2026-11-20T10:00:00.500Z', until: eleven }, eleven],
    ['without seconds', { said: '2026-11-20T10:00Z', from: '2026-11-20T10:00:30.000Z', until: eleven }, eleven],
    [
      'to the microsecond',
      { said: '2026-11-20T10:00:00.000000Z', from: ten, until: ten },
      '2026-11-20T10:00:00.000000Z',
    ],
  ])('instants are compared as instants, however they are written: %s', (_, time, expected) =>
    expect(instantOf(time)).toBe(expected),
  );

  test('a rule reckons with it, whatever the author’s clock said', () => {
    const fast = { ...sent({ sentAt: '2026-11-20T10:30:00.000Z' }), between: { from: null, until: eleven } };
    const saidLater = { ...fast, event: { ...fast.event, at: eleven } } as typeof fast;
    expect(refused(met(), saidLater)).toBeNull();
    expect(refused(met(), { ...saidLater, between: { from: null, until: ten } })).toEqual(
      refuseField('sentAt', 'sent-in-future'),
    );
  });
});

/** An event of which the rule keeps what it was shown, and refuses what it is told to. */
function watched(may: 'assess' | 'findMalicious' = 'assess') {
  const shown: { rule: RuleContext<ReferralState>[]; desk: RuleContext<ReferralState>[] } = { rule: [], desk: [] };
  const noted = defineCaseEvent('visit.noted', {
    v: 1,
    data: z.strictObject({ refuse: z.enum(['rule', 'desk']).nullable() }),
    audit: 'alteration',
    may,
    rule: ({ refuse: by }, context: RuleContext<ReferralState>) => {
      shown.rule.push(context);
      return by === 'rule' ? refuseField('refuse', 'told-to', { by }) : null;
    },
    desk: ({ refuse: by }, context: RuleContext<ReferralState>) => {
      shown.desk.push(context);
      return by === 'desk' ? refuse('told-to', { by }) : null;
    },
    apply: (_: ReferralState) => ({ holder: bo.id }),
  });
  const known = new Map([...registry, [noted.type, noted]]) as Registry;
  const type = noted.type as string as CaseEventType;
  const event = (by: 'rule' | 'desk' | null) => ({ type, at, data: { refuse: by } }) as unknown as CaseEvent;
  return { shown, known, type, event };
}

describe('a rule sees all that stands around an event, and nothing else', () => {
  const before = { ...fold(risk(), notMet()), holder: ash.id };
  const circumstances = ['actor', 'case', 'knew', 'policy', 'position', 'ranks', 'time', 'unit'];

  test('as a replica applies it: where it stands, by what the log tells, with what its author knew', () => {
    const { shown, known, event } = watched();
    const between = { from: '2026-11-20T09:00:00.000Z', until: '2026-11-20T11:00:00.000Z' };
    const how = signing({ event: event(null), actor: bo, seen: 2, between }, 4);
    const after = applyToCase(before, caseId, event(null), how, known);
    expect(after?.holder).toBe(bo.id);
    const [context] = shown.rule;
    expect(Object.keys(context ?? {}).sort()).toEqual(circumstances);
    expect(context).toMatchObject({
      actor: bo,
      unit,
      position: 4,
      time: { said: at, ...between },
      policy: defaultPolicy,
      ranks: {},
    });
    expect(context?.case).toBe(before);
    // Its author had seen the log as far as position 2: the risk, and not the test.
    expect([before.risk, before.mandatory].map(([each]) => each && context?.knew(each))).toEqual([true, false]);
    expect(shown.desk).toEqual([]);
  });

  test('at the desk: waiting, by the author’s clock, with all that stands in the case', () => {
    const { shown, known, type, event } = watched();
    const asking = { actor: ash, unit, record, at };
    expect(decide(before, { type, data: { refuse: null } }, asking, known)).toEqual({ ok: true, value: event(null) });
    for (const [context, ...others] of [shown.rule, shown.desk]) {
      expect(others).toEqual([]);
      expect(Object.keys(context ?? {}).sort()).toEqual(circumstances);
      expect(context).toMatchObject({
        ...{ actor: ash, unit, position: null, policy: defaultPolicy, ranks: {} },
        time: { said: at, from: null, until: null },
      });
      expect(context?.case).toBe(before);
      expect([before.risk, before.mandatory].map(([each]) => each && context?.knew(each))).toEqual([true, true]);
    }
  });

  test('what it refuses keeps its code, field and params, at the desk and in the activity', () => {
    const { known, type, event } = watched();
    const refusal = refuseField('refuse', 'told-to', { by: 'rule' });
    expect(decide(before, { type, data: { refuse: 'rule' } }, { actor: ash, unit, record, at }, known)).toEqual({
      ok: false,
      error: refusal,
    });
    const after = applyToCase(before, caseId, event('rule'), signing({ event: event('rule') }, 4), known);
    expect(after?.activity.at(-1)).toMatchObject({ entry: entry(4), refused: refusal });
    expect({ ...after, activity: [] }).toEqual({ ...before, activity: [] });
  });

  test('what is asked at the desk alone binds no replica', () => {
    const { known, type, event } = watched();
    expect(decide(before, { type, data: { refuse: 'desk' } }, { actor: ash, unit, record, at }, known)).toEqual({
      ok: false,
      error: refuse('told-to', { by: 'desk' }),
    });
    const after = applyToCase(before, caseId, event('desk'), signing({ event: event('desk') }, 4), known);
    expect(after?.activity.at(-1)?.refused).toBeNull();
  });

  test('it is not asked of who may not write the event, nor where there is no referral', () => {
    const { shown, known, type, event } = watched('findMalicious');
    expect(decide(before, { type, data: { refuse: null } }, { actor: ash, unit, record, at }, known)).toEqual({
      ok: false,
      error: refuse('not-allowed', { action: 'findMalicious', roles: ['supervisor'] }),
    });
    expect(
      applyToCase(before, caseId, event(null), signing({ event: event(null), actor: null }, 4), known),
    ).toMatchObject({ holder: ash.id });
    const sal = member('sal', 'supervisor');
    expect(decide(null, { type, data: { refuse: null } }, { actor: sal, unit, record, at }, known)).toEqual({
      ok: false,
      error: refuse('no-referral'),
    });
    expect(shown).toEqual({ rule: [], desk: [] });
  });
});

describe('entries of a newer Probity wait in the case', () => {
  const held = { ...fold(risk(), notMet()), holder: ash.id, newer: [ash.id] };
  const asking = { actor: ash, unit, record, at };
  test('nothing is decided over them but what protects somebody', () => {
    const classified = step('standards.recorded', { standards: ['honesty'], why: null }).event;
    expect(decide(held, classified, asking)).toEqual({ ok: false, error: refuse('newer-entries', { count: 1 }) });
    const unread = { ...held, newer: [], unread: [null, ash.id] };
    expect(decide(unread, classified, asking)).toEqual({ ok: false, error: refuse('unread-entries', { count: 2 }) });
    expect(decide(unread, risk().event, asking).ok).toBe(true);
    expect(decide(held, risk().event, asking).ok).toBe(true);
    expect(decide(held, met().event, asking).ok).toBe(true);
    expect(decide(held, notMet().event, asking)).toEqual({ ok: false, error: refuse('newer-entries', { count: 1 }) });
  });
});
