import { describe, expect, test } from 'vitest';
import { type Actor, applyToCase } from '#shared/domain/case/apply-case.ts';
import type { CaseEvent, CaseState } from '#shared/domain/case/case-state.ts';
import { selectStatus } from '#shared/domain/case/case-state.ts';
import { summarise } from '#shared/domain/case/case-summary.ts';
import { decideCase } from '#shared/domain/case/decide-case.ts';
import type { DecisionKind } from '#shared/domain/case/decisions.ts';
import { selectDueAt, selectPriority } from '#shared/domain/case/priority.ts';
import type { Role } from '#shared/domain/unit/roles.ts';
import type { EntryId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import { referralWith, reportWith } from '#tests/support/referrals.ts';

const id = 'a-case' as StreamId;
const at = '2026-11-20T10:00:00.000Z';
const member = (name: string, role: Role = 'analyst'): Actor => ({ id: name as MemberId, role });

const received: CaseEvent = { type: 'referral.received', at, data: referralWith() };
const taken: CaseEvent = { type: 'case.taken', at, data: {} };
const released: CaseEvent = { type: 'case.released', at, data: {} };
const decided = (kind: DecisionKind): CaseEvent => ({
  type: 'decision.recorded',
  at,
  data: { kind, rationale: 'Reasons that suffice.' },
});

type Step = [event: CaseEvent, actor: Actor, seen?: number];

/** Folds confirmed entries at positions 1, 2, 3 ...; each saw all before it unless it says otherwise. */
function fold(...steps: Step[]): CaseState {
  let state: CaseState | null = null;
  for (const [index, [event, actor, seen]] of steps.entries()) {
    const signed = {
      entry: `e${index + 1}` as EntryId,
      at,
      by: actor?.id ?? null,
      position: index + 1,
      seen: seen ?? index,
    };
    state = applyToCase(state, id, event, actor, signed);
  }
  if (!state) throw new Error('no case');
  return state;
}

describe('who may do what to a case', () => {
  test.each<[string, Step[], string]>([
    [
      'a member cannot deliver a referral',
      [
        [received, null],
        [received, member('ash')],
      ],
      'Only the central endpoint delivers referrals.',
    ],
    [
      'a referral is delivered once',
      [
        [received, null],
        [received, null],
      ],
      'This referral was delivered already.',
    ],
    [
      'the endpoint cannot work on cases',
      [
        [received, null],
        [taken, null],
      ],
      'The central endpoint cannot work on cases.',
    ],
    [
      'a reviewer cannot take a case',
      [
        [received, null],
        [taken, member('rae', 'reviewer')],
      ],
      'Only an analyst or a supervisor can take a case.',
    ],
    [
      'a case has one holder',
      [
        [received, null],
        [taken, member('ash')],
        [taken, member('sal')],
      ],
      'Another member has this case already.',
    ],
    [
      'what nobody has cannot be released',
      [
        [received, null],
        [released, member('ash')],
      ],
      'Nobody has this case.',
    ],
    [
      'an analyst cannot release another’s case',
      [
        [received, null],
        [taken, member('ash')],
        [released, member('bo')],
      ],
      'Only the member who has the case, or a supervisor, can release it.',
    ],
    [
      'a reviewer cannot decide',
      [
        [received, null],
        [decided('record'), member('rae', 'reviewer')],
      ],
      'Only an analyst or a supervisor can record a decision.',
    ],
  ])('%s', (_, steps, refused) => {
    const state = fold(...steps);
    expect(state.activity.at(-1)).toMatchObject({ refused });
    const before = fold(...steps.slice(0, -1));
    expect({ ...state, activity: [] }).toEqual({ ...before, activity: [] });
  });

  test('a supervisor may release what another has', () => {
    expect(fold([received, null], [taken, member('ash')], [released, member('sal', 'supervisor')]).holder).toBeNull();
  });

  test('a decision needs the case at the desk, and reasons', () => {
    const state = fold([received, null]);
    const command = {
      type: 'recordDecision' as const,
      case: id,
      kind: 'record' as const,
      rationale: 'Reasons that suffice.',
    };
    expect(decideCase(state, command, member('ash'), at)).toEqual({
      ok: false,
      error: 'Take the case before you record a decision.',
    });
    const held = fold([received, null], [taken, member('ash')]);
    expect(decideCase(held, { ...command, rationale: '  short ' }, member('ash'), at).ok).toBe(false);
    expect(decideCase(held, command, member('ash'), at).ok).toBe(true);
    expect(decideCase(null, command, member('ash'), at)).toEqual({
      ok: false,
      error: 'There is no referral in this case.',
    });
  });
});

describe('decisions are superseded, never edited', () => {
  test('a later decision that saw the earlier stands alone, and both are kept', () => {
    const state = fold([received, null], [decided('record'), member('ash')], [decided('investigate'), member('bo')]);
    expect(state.current).toEqual(['e3']);
    expect(state.decisions.map(({ kind }) => kind)).toEqual(['record', 'investigate']);
    expect(selectStatus(state)).toBe('awaitingApproval');
  });

  test('two that did not know of each other conflict, until one is made with sight of both', () => {
    const blind: Step[] = [
      [received, null],
      [decided('record'), member('ash'), 1],
      [decided('safeguard'), member('bo'), 1],
    ];
    expect(selectStatus(fold(...blind))).toBe('conflict');
    expect(fold(...blind).current).toEqual(['e2', 'e3']);
    const settled = fold(...blind, [decided('notOurs'), member('sal', 'supervisor'), 3]);
    expect(settled.current).toEqual(['e4']);
    expect(settled.decisions).toHaveLength(3);
  });

  test('an author’s own decisions never conflict with each other', () => {
    const state = fold([received, null], [decided('record'), member('ash'), 1], [decided('notOurs'), member('ash'), 1]);
    expect(state.current).toEqual(['e3']);
  });
});

describe('how soon it must be read (local policy)', () => {
  const atRisk = (urgency: 'immediate' | 'high' | 'concern') => ({
    peopleAtRisk: [{ who: 'Partner', risk: 'Threats', urgency }],
  });
  test.each([
    ['immediate', atRisk('immediate'), 1],
    ['high', atRisk('high'), 4],
    ['raised', atRisk('concern'), 24],
    ['raised', { categories: ['partnerAbuse' as const] }, 24],
    ['raised', { categories: ['information' as const, 'sexualPurpose' as const] }, 24],
    ['standard', {}, 72],
  ] as const)('%s', (priority, changes, hours) => {
    const report = reportWith(changes as Partial<ReturnType<typeof reportWith>>);
    expect(selectPriority(report)).toBe(priority);
    const due = Date.parse(selectDueAt(priority, '2026-10-24T23:00:00.000Z'));
    expect(due - Date.parse('2026-10-24T23:00:00.000Z')).toBe(hours * 3_600_000);
  });

  test('the clock stops with a decision', () => {
    expect(summarise(fold([received, null])).dueAt).not.toBeNull();
    expect(summarise(fold([received, null], [decided('record'), member('ash')])).dueAt).toBeNull();
  });

  test('an unnamed subject is shown by role', () => {
    const subject = {
      kind: 'officer' as const,
      name: null,
      rankOrRole: 'PC',
      collarNumber: null,
      station: null,
      description: null,
    };
    const state = fold([{ type: 'referral.received', at, data: referralWith({ subjects: [subject, subject] }) }, null]);
    expect(summarise(state).subject).toBe('PC, unnamed and 1 more');
  });
});
