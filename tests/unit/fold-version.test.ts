import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { toIndexed } from '#renderer/vault/cases/case-rows.ts';
import { program } from '#renderer/vault/program.ts';
import type { UnitEventDefinition } from '#shared/domain/event/define-event.ts';
import { applyToRoster, type RosterStep } from '#shared/domain/membership/apply-to-roster.ts';
import { eventList } from '#shared/domain/registry/event-list.ts';
import { type DomainEvent, registry, rosterEventOf, unitEventOf } from '#shared/domain/registry/registry.ts';
import { generationIdOf, type MaybeRoster } from '#shared/domain/unit/roster.ts';
import { emptyRecord, policyAt } from '#shared/domain/unit/unit-record.ts';
import { applyToUnit } from '#shared/domain/unit-policy/apply-to-unit.ts';
import type { AuthorKey, ContentKeyId, Digest, EntryId, EventId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import { rosterGround } from '#shared/log/roster-entry.ts';
import { foldAll } from './shared/assessment-fixtures.ts';
import { everyByHand, everyEvent, everyRefusal } from './shared/every-event.ts';

/*
 * Projections are stored with the `foldVersion` of the program that made them, and made anew by a program of another.
 * Whoever changes what entries are folded to and forgets to raise it leaves every workstation with the old projections.
 */

/** What the fold makes of every kind of event, as it was when this version of it was given. */
const recorded = {
  foldVersion: 47,
  events: [
    'access.unlocked@1',
    'act.seconded@1',
    'attachment.sanitised@1',
    'bodies.withdrawn@1',
    'boxes.withdrawn@1',
    'case.continued@1',
    'case.joinedInto@1',
    'case.opened@1',
    'case.released@1',
    'case.taken@1',
    'categories.recorded@1',
    'device.bound@1',
    'device.renewed@1',
    'disposition.recorded@1',
    'endpoint.rekeyed@1',
    'generation.carried@1',
    'generation.unopened@1',
    'harm.assessed@1',
    'iopc.answered@1',
    'iopc.referred@1',
    'iopcTime.set@1',
    'item.graded@1',
    'item.recorded@1',
    'item.withdrawn@1',
    'keys.boxed@1',
    'mandatoryReferral.assessed@1',
    'match.rejected@1',
    'match.restored@1',
    'matter.classified@1',
    'member.admitted@1',
    'member.named@1',
    'member.ranked@1',
    'membership.ended@1',
    'membership.restored@1',
    'membership.suspended@1',
    'notification.set@1',
    'oversight.recorded@1',
    'policy.changed@1',
    'priority.overridden@1',
    'provenance.recorded@1',
    'reader.added@1',
    'recovery.bound@1',
    'recovery.permitted@1',
    'reference.recorded@1',
    'reference.withdrawn@1',
    'referral.joined@1',
    'referral.linked@1',
    'referral.received@1',
    'referral.unlinked@1',
    'risk.assessed@1',
    'role.changed@1',
    'sanitised.recorded@1',
    'scope.granted@1',
    'scope.opened@1',
    'scope.rotated@1',
    'severity.assessed@1',
    'standards.recorded@1',
    'suspension.put@1',
    'transfer.answered@1',
    'unit.founded@1',
    'unit.named@1',
    'withdrawal.confirmed@1',
    'withdrawal.extended@1',
    'withdrawal.stopped@1',
  ],
  digest: 'd8f8bd64a1e3db88129d11daad13b050b931ccca37ffc2ec56ef7c701e667cef',
};

const state = foldAll([...everyEvent, ...everyRefusal]);
const byHand = foldAll(everyByHand);

const deviceOf = (name: string) => ({
  author: `key of ${name}` as AuthorKey,
  sealingKey: `sealing key of ${name}`,
  proof: 'checked before',
});
const endpointKey = 'key of the endpoint' as AuthorKey;
const checkpointKey = 'key for checkpoints' as AuthorKey;
const publicKey = 'cHVibGljIGtleQ';
const unitKey = { scope: 'unit' as const, id: generationIdOf(publicKey), publicKey };
const stream = 'roster' as StreamId;
const caseStream = 'case' as StreamId;
const keys = ['key of sal.digest' as ContentKeyId];
const ground = rosterGround({ founder: deviceOf('sal').author, endpoints: [{ endpointKey, checkpointKey }] });

const keyOfEndpoint = (name: string) => `key of the endpoint ${name}` as AuthorKey;
const keyOfCheckpoints = (name: string) => `key for checkpoints ${name}` as AuthorKey;
const rekeying = (before: AuthorKey, beforeIt: AuthorKey, name: string) => ({
  replaces: { endpointKey: before, checkpointKey: beforeIt },
  ...{ endpointKey: keyOfEndpoint(name), checkpointKey: keyOfCheckpoints(name) },
  proofs: { endpointKey: 'checked before', checkpointKey: 'checked before' },
  consent: 'checked before',
});

/** What every kind of act makes of the roster, by the founder unless somebody else is named. */
function foldUnit() {
  let roster: MaybeRoster = null;
  let acts = 0;
  const act = (event: Omit<DomainEvent, 'at'>, by = 'sal', boxed?: string, beside: RosterStep['boxes'] = []) => {
    const definition = rosterEventOf(registry, event.type) as RosterStep['definition'];
    const hash = `${event.type} by ${by}` as Digest;
    const own = boxed ? [{ generation: unitKey.id, to: { device: deviceOf(boxed).author } }] : [];
    const boxes = [...own, ...beside];
    const step = {
      hash,
      eventId: `${hash} ${++acts}` as EventId,
      stream,
      author: by === 'the endpoint' ? endpointKey : deviceOf(by).author,
      definition,
      data: event.data,
      proved: true,
      boxes,
    };
    const next = applyToRoster(roster, step, ground);
    if (next.ok) roster = next.value;
    return next;
  };
  const [sal, ash, kim, lee] = ['sal', 'ash', 'kim', 'lee'] as MemberId[] as [MemberId, MemberId, MemberId, MemberId];
  const idOf = (key: string) => generationIdOf(key);
  const named = (key: string) => ({ id: idOf(key), publicKey: key });
  /** For so many, whether or not they are all. */
  const rotate = (key: string, by: string, ...readers: string[]) => {
    const data = { scope: 'unit' as const, replaces: unitKey.id, generation: { id: idOf(key), publicKey: key } };
    const boxes = readers.map((name) => ({ generation: idOf(key), to: { device: deviceOf(name).author } }));
    const past = { generation: unitKey.id, to: { generation: idOf(key) } };
    return act({ type: 'scope.rotated', data }, by, undefined, [...boxes, past]);
  };
  const carry = (key: string, under: string) => {
    const data = { scope: 'unit' as const, generation: idOf(key) };
    const box = { generation: idOf(key), to: { generation: idOf(under) } };
    return act({ type: 'generation.carried', data }, 'sal', undefined, [box]);
  };
  const renew = (from: string, to: string, member: MemberId) => {
    const keys = { replaces: deviceOf(from).author, device: deviceOf(to), consent: 'checked before' };
    return act({ type: 'device.renewed', data: { member, ...keys } }, to);
  };
  const second = (type: string, by = 'sal') => ({ entry: `${type} by ${by}` as Digest });
  const founding = {
    founder: sal,
    device: deviceOf('sal'),
    endpointKey,
    checkpointKey,
    policyStream: 'policy' as StreamId,
  };
  return [
    act({ type: 'unit.founded', data: { ...founding, generation: unitKey } }, 'sal', 'sal'),
    act({ type: 'member.admitted', data: { member: ash, role: 'analyst', device: deviceOf('ash') } }),
    act({ type: 'scope.granted', data: { scope: 'unit', device: deviceOf('ash').author } }, 'sal', 'ash'),
    act({ type: 'member.admitted', data: { member: kim, role: 'supervisor', device: deviceOf('kim') } }),
    act({ type: 'member.admitted', data: { member: lee, role: 'analyst', device: deviceOf('lee') } }),
    act({ type: 'act.seconded', data: second('member.admitted') }, 'ash'),
    act({ type: 'act.seconded', data: second('member.admitted') }, 'kim'),
    act({ type: 'device.bound', data: { member: ash, device: deviceOf('ash again') } }, 'ash'),
    renew('ash again', 'ash once more', ash),
    act({ type: 'act.seconded', data: { entry: 'device.renewed by ash once more' as Digest } }, 'kim'),
    act({ type: 'role.changed', data: { member: lee, role: 'reviewer' } }),
    act({ type: 'act.seconded', data: second('role.changed') }, 'kim'),
    act({ type: 'membership.suspended', data: { device: deviceOf('ash').author } }),
    act({ type: 'membership.restored', data: { device: deviceOf('ash').author } }, 'kim'),
    act({ type: 'act.seconded', data: second('membership.restored', 'kim') }),
    act({ type: 'membership.ended', data: { member: lee } }),
    act({ type: 'act.seconded', data: second('membership.ended') }, 'kim'),
    rotate('Zmlyc3Q', 'sal', 'sal', 'ash'),
    rotate('c2Vjb25k', 'sal', 'sal'),
    rotate('dGhpcmQ', 'sal', 'sal'),
    carry('dGhpcmQ', 'c2Vjb25k'),
    act({ type: 'scope.opened', data: { scope: 'everyone', generation: named('YWxs') } }, 'sal', undefined, [
      { generation: idOf('YWxs'), to: { device: deviceOf('sal').author } },
    ]),
    act({ type: 'generation.unopened', data: { scope: 'unit', generation: idOf('c2Vjb25k') } }),
    act({ type: 'scope.opened', data: { scope: 'command', generation: named('Y29tbWFuZA') } }, 'sal', undefined, [
      { generation: idOf('Y29tbWFuZA'), to: { device: deviceOf('sal').author } },
    ]),
    act({
      type: 'boxes.withdrawn',
      data: { stream: caseStream, from: 'unit', to: 'command', after: null, keys, replies: [] },
    }),
    act({
      type: 'withdrawal.extended',
      data: { withdrawal: 'boxes.withdrawn by sal' as Digest, keys: ['key of sal.other' as ContentKeyId] },
    }),
    act({ type: 'withdrawal.confirmed', data: { withdrawal: 'boxes.withdrawn by sal' as Digest } }, 'ash'),
    act({ type: 'withdrawal.stopped', data: { withdrawal: 'boxes.withdrawn by sal' as Digest } }),
    act({
      type: 'bodies.withdrawn',
      data: { scope: 'unit', streams: [caseStream], blobs: [], reason: 'retentionEnded' },
    }),
    act({ type: 'scope.granted', data: { scope: 'unit', device: deviceOf('kim').author } }, 'sal', undefined, [
      { generation: idOf('Zmlyc3Q'), to: { device: deviceOf('kim').author } },
    ]),
    act({ type: 'act.seconded', data: second('bodies.withdrawn') }, 'kim'),
    act({ type: 'recovery.bound', data: { recovery: deviceOf('recovery') } }),
    act({ type: 'act.seconded', data: second('recovery.bound') }, 'kim'),
    act({ type: 'scope.opened', data: { scope: 'contact', generation: named('Y29udGFjdA') } }, 'sal', undefined, [
      { generation: idOf('Y29udGFjdA'), to: { device: deviceOf('sal').author } },
      { generation: idOf('Y29udGFjdA'), to: { recovery: deviceOf('recovery').author } },
    ]),
    act({ type: 'device.bound', data: { member: ash, device: deviceOf('ash anew') } }, 'recovery'),
    act({ type: 'recovery.permitted', data: { for: { member: ash } } }),
    act({ type: 'act.seconded', data: second('recovery.permitted') }, 'kim'),
    act({ type: 'device.bound', data: { member: ash, device: deviceOf('ash anew') } }, 'recovery'),
    act({ type: 'recovery.permitted', data: { for: { scope: 'unit' } } }, 'kim'),
    act({ type: 'act.seconded', data: second('recovery.permitted', 'kim') }),
    act({ type: 'membership.ended', data: { member: lee } }, 'recovery'),
    act({ type: 'endpoint.rekeyed', data: rekeying(endpointKey, checkpointKey, 'again') }, 'the endpoint'),
    act({ type: 'endpoint.rekeyed', data: rekeying(endpointKey, checkpointKey, 'stale') }),
    act({ type: 'endpoint.rekeyed', data: rekeying(keyOfEndpoint('again'), keyOfCheckpoints('again'), 'lost') }),
    act({ type: 'act.seconded', data: second('endpoint.rekeyed') }, 'kim'),
  ];
}

/** What every kind of event of the policy stream makes known of the unit, and what is refused. */
function foldRecord(roster: MaybeRoster) {
  const [sal, ash] = ['sal', 'ash'] as MemberId[] as [MemberId, MemberId];
  let record = emptyRecord;
  let position = 0;
  const say = ({ type, data }: Omit<DomainEvent, 'at'>, by = sal, of = 'policy') => {
    position += 1;
    const device = deviceOf(by).author;
    const signed = { entry: `entry ${position}` as EntryId, at: 'then', by, device, position, seen: position - 1 };
    const author = { roster, author: device, stream: of as StreamId };
    const definition = unitEventOf(registry, type) as UnitEventDefinition;
    const next = applyToUnit(record, definition, data, { ...author, signed, eventId: `event ${position}` as EventId });
    if (next.ok) record = next.value;
    return next;
  };
  const why = 'Reasons that suffice.';
  const quicker = { changes: { periods: { 'review.high': 2 } }, why };
  return [
    say({ type: 'unit.named', data: { name: 'Norbeck' } }),
    say({ type: 'member.named', data: { member: sal, name: 'Sal' } }),
    say({ type: 'member.ranked', data: { member: sal, employment: 'officer', rank: 'inspector' } }),
    say({ type: 'member.ranked', data: { member: sal, employment: 'officer', rank: 'constable' } }),
    say({ type: 'member.ranked', data: { member: ash, employment: 'staff', rank: 'sergeant' } }),
    say({ type: 'member.ranked', data: { member: 'nobody' as MemberId, employment: 'staff', rank: 'sergeant' } }),
    say({ type: 'policy.changed', data: quicker }),
    say({ type: 'policy.changed', data: quicker }, sal, 'case'),
    say({ type: 'policy.changed', data: { changes: { periods: { 'review.high': 99 } }, why } }),
    say({ type: 'policy.changed', data: { changes: { actions: { changePolicy: [] } }, why } }),
    say({ type: 'policy.changed', data: { changes: { actions: { findMalicious: ['analyst'] } }, why } }),
    say({ type: 'policy.changed', data: { changes: { actions: { assess: [] } }, why } }),
    say({ type: 'policy.changed', data: { changes: { phrases: { add: ['Riverside'], remove: [] } }, why } }),
    say({ type: 'policy.changed', data: { changes: { phrases: { add: ['..'], remove: [] } }, why } }),
    policyAt(record, position),
  ];
}

/** JSON with its keys in order: which file defines a slice makes no difference. */
const inOrder = (_: string, value: unknown): unknown =>
  value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
const rosterIn = (acts: ReturnType<typeof foldUnit>): MaybeRoster =>
  acts.flatMap((each) => (each.ok ? [each.value] : [])).at(-1) ?? null;
const digestOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value, inOrder)).digest('hex');

test('the history has every event of a case, and each that may happen changes it', () => {
  const applied = [...state.activity.slice(0, everyEvent.length), ...byHand.activity];
  expect(applied.filter(({ refused }) => refused)).toEqual([]);
  const types = eventList.filter(({ stream }) => stream === 'case').map(({ type }) => type);
  expect([...new Set(applied.map(({ type }) => type))].sort()).toEqual(types.sort());
});

test('what the rules refuse has every event that has a rule', () => {
  const refused = state.activity.slice(everyEvent.length);
  expect(refused.filter((each) => !each.refused)).toEqual([]);
  const ruled = eventList.flatMap((each) => (each.stream === 'case' && 'rule' in each && each.rule ? [each.type] : []));
  expect(ruled.filter((type) => !refused.some((each) => each.type === type))).toEqual([]);
});

test('a change of what entries are folded to raises foldVersion', () => {
  const unit = foldUnit();
  const now = {
    foldVersion: program.foldVersion,
    events: eventList.map(({ type, v }) => `${type}@${v}`).sort(),
    digest: digestOf([
      state,
      toIndexed(program, { state, begunFor: 'unit' }, new Map(), []),
      byHand,
      toIndexed(program, { state: byHand, begunFor: 'unit' }, new Map(), []),
      unit,
      foldRecord(rosterIn(unit)),
    ]),
  };
  const advice =
    program.foldVersion === recorded.foldVersion
      ? 'Entries are folded to something else than before. Raise `foldVersion` in renderer/vault/program.ts, so that stored projections are made anew; then record here what the test received.'
      : '`foldVersion` was raised. Record here what the test received.';
  expect(now, advice).toEqual(recorded);
});
