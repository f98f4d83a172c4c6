import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { toIndexed } from '#renderer/vault/cases/case-rows.ts';
import { program } from '#renderer/vault/program.ts';
import { applyToUnit } from '#shared/domain/membership/apply-to-unit.ts';
import { eventList } from '#shared/domain/registry/event-list.ts';
import type { Member } from '#shared/domain/unit/unit-state.ts';
import type { AuthorKey, MemberId } from '#shared/kernel/ids.ts';
import { foldAll } from './shared/assessment-fixtures.ts';
import { everyEvent, everyRefusal } from './shared/every-event.ts';

/*
 * Projections are stored with the `foldVersion` of the program that made them, and made anew by a program of another.
 * Whoever changes what entries are folded to and forgets to raise it leaves every workstation with the old projections.
 */

/** What the fold makes of every kind of event, as it was when this version of it was given. */
const recorded = {
  foldVersion: 4,
  events: [
    'access.unlocked@1',
    'attachment.sanitised@1',
    'case.released@1',
    'case.taken@1',
    'categories.recorded@1',
    'disposition.recorded@1',
    'harm.assessed@1',
    'iopc.answered@1',
    'iopc.referred@1',
    'item.graded@1',
    'item.recorded@1',
    'item.withdrawn@1',
    'mandatoryReferral.assessed@1',
    'match.rejected@1',
    'match.restored@1',
    'matter.classified@1',
    'member.admitted@1',
    'notification.set@1',
    'priority.overridden@1',
    'provenance.recorded@1',
    'referral.linked@1',
    'referral.received@1',
    'referral.unlinked@1',
    'risk.assessed@1',
    'sanitised.recorded@1',
    'severity.assessed@1',
    'standards.recorded@1',
    'transfer.answered@1',
    'unit.founded@1',
    'unitKeys.granted@1',
  ],
  digest: '0050e7746c2eaba9c3fc61072f6921336a2536e0606e8f8bd749ece435c8860c',
};

const state = foldAll([...everyEvent, ...everyRefusal]);

const member = (name: string, role: Member['role']): Member => ({
  ...{ id: name as MemberId, name, role, author: `key of ${name}` as AuthorKey },
  sealingKey: `sealing key of ${name}` as Member['sealingKey'],
});
/** The unit after an admission by its founder, and why somebody else may make none. */
function foldUnit() {
  const [sal, ash] = [member('sal', 'supervisor'), member('ash', 'analyst')];
  const pinned = { founder: sal.author, endpointKey: 'key of the endpoint' as AuthorKey };
  const founded = applyToUnit(
    null,
    { type: 'unit.founded', data: { name: 'A unit', founder: sal } },
    sal.author,
    pinned,
  );
  if (!founded.ok) throw new Error(founded.error.code);
  const admitted = { type: 'member.admitted' as const, data: { member: ash } };
  return [sal, ash].map(({ author }) => applyToUnit(founded.value, admitted, author, pinned));
}

/** JSON with its keys in order: which file defines a slice makes no difference. */
const inOrder = (_: string, value: unknown): unknown =>
  value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
const digestOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value, inOrder)).digest('hex');

test('the history has every event of a case, and each that may happen changes it', () => {
  const applied = state.activity.slice(0, everyEvent.length);
  expect(applied.filter(({ refused }) => refused)).toEqual([]);
  const types = eventList.filter(({ stream }) => stream === 'case').map(({ type }) => type);
  expect([...new Set(applied.map(({ type }) => type))].sort()).toEqual(types.sort());
});

test('what the rules refuse has every event that has a rule', () => {
  const refused = state.activity.slice(everyEvent.length);
  expect(refused.filter((each) => !each.refused)).toEqual([]);
  const ruled = eventList.flatMap((each) => ('rule' in each && each.rule ? [each.type] : []));
  expect(ruled.filter((type) => !refused.some((each) => each.type === type))).toEqual([]);
});

test('a change of what entries are folded to raises foldVersion', () => {
  const now = {
    foldVersion: program.foldVersion,
    events: eventList.map(({ type, v }) => `${type}@${v}`).sort(),
    digest: digestOf([state, toIndexed(program, state, new Map(), []), foldUnit()]),
  };
  const advice =
    program.foldVersion === recorded.foldVersion
      ? 'Entries are folded to something else than before. Raise `foldVersion` in renderer/vault/program.ts, so that stored projections are made anew; then record here what the test received.'
      : '`foldVersion` was raised. Record here what the test received.';
  expect(now, advice).toEqual(recorded);
});
