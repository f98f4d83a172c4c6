import { v4, v7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import {
  type AnyWithdrawal,
  closingsOf,
  disposalsOf,
  handedOn,
  isDisposedBy,
  isForFormerReaders,
  type NamedKeys,
  namingsAgainst,
  readersNow,
  settledEntries,
  type WithdrawnBodies,
  type WithdrawnBoxes,
  wasNamed,
} from '#shared/domain/unit/withdrawals.ts';
import type {
  AuthorKey,
  CircleId,
  ContentKeyId,
  Digest,
  EventId,
  GenerationId,
  MemberId,
  StreamId,
} from '#shared/kernel/ids.ts';
import { makeContentKey } from '#shared/log/content-key.ts';
import type { MadeMember } from '#tests/support/made-roster.ts';
import { type Act, foundedRosterUnit, type Outcome, staffedRosterUnit } from '#tests/support/roster-unit.ts';

/* What is withdrawn of the log: by whom, who may confirm or stop it, and what follows for streams and their boxes. */

const circle = v4() as CircleId;
const other = v4() as CircleId;
const [stream, beside] = [v4(), v4()] as [StreamId, StreamId];

const aDigest = () => toBase64url(randomBytes(32)) as Digest;
const aKey = () => makeContentKey(stream, toBase64url(randomBytes(32)) as AuthorKey).id;
const [first, second, third] = [aKey(), aKey(), aKey()];
const nothing: Named = { entry: aDigest() };

type BoxesData = Pick<WithdrawnBoxes, 'stream' | 'from' | 'to' | 'after' | 'replies'> & Pick<NamedKeys, 'keys'>;
type BodiesData = Pick<WithdrawnBodies, 'scope' | 'streams' | 'blobs' | 'reason'>;
const handing = (changes: Partial<BoxesData> = {}): BoxesData => ({
  ...{ stream, from: 'unit', to: circle, after: null, keys: [first], replies: [] },
  ...changes,
});
const handOver = (changes: Partial<BoxesData> = {}): Act => {
  const data = handing(changes);
  return { type: 'boxes.withdrawn', data: { ...data, keys: [...data.keys], replies: [...data.replies] } };
};
const disposing = (changes: Partial<BodiesData> = {}): BodiesData => ({
  ...{ scope: 'unit', streams: [stream], blobs: [], reason: 'retentionEnded' },
  ...changes,
});
const dispose = (changes: Partial<BodiesData> = {}): Act => {
  const data = disposing(changes);
  return { type: 'bodies.withdrawn', data: { ...data, streams: [...data.streams], blobs: [...data.blobs] } };
};
interface Named {
  readonly entry: Digest;
}
/** What an act itself named, or a later naming. */
const confirm = ({ entry }: Named): Act => ({ type: 'withdrawal.confirmed', data: { naming: entry } });
const extend = ({ entry }: Named, keys: readonly ContentKeyId[] = [second]): Act => ({
  type: 'withdrawal.extended',
  data: { withdrawal: entry, keys: [...keys] },
});
const stop = ({ entry }: Named): Act => ({ type: 'withdrawal.stopped', data: { withdrawal: entry } });
const secondOf = (entry: Digest): Act => ({ type: 'act.seconded', data: { entry } });

const standingActs = (kind: 'membership.suspended' | 'membership.ended', { id, device }: MadeMember) =>
  [
    ['with all their devices', { type: kind, data: { member: id } }],
    ['with this device', { type: kind, data: { device: device.author } }],
  ] as const;
const suspend = ({ id }: MadeMember): Act => ({ type: 'membership.suspended', data: { member: id } });
const restore = ({ id }: MadeMember): Act => ({ type: 'membership.restored', data: { member: id } });
const changeRole = ({ id }: MadeMember, role: 'analyst' | 'supervisor' | 'reviewer'): Act => ({
  type: 'role.changed',
  data: { member: id, role },
});

/**
 * Supervisors: the founder (unit, command), Sue (unit, command, circle), Tom (unit), Ned (nothing). Analysts: Ann (unit,
 * circle), Ben (unit). A reviewer: Rae (unit). Nobody: Out.
 */
async function staffed() {
  const { unit, founder, sue, tom, ann, ben } = await staffedRosterUnit(3);
  const ned = await unit.admitted('supervisor', founder, sue);
  const rae = await unit.admitted('reviewer', founder, sue);
  const readers = [sue, tom, ann, ben, rae];
  for (const member of readers) await unit.grant(founder, member);
  await unit.open(founder, 'everyone', [founder, ...readers]);
  await unit.open(founder, 'command', [founder, sue]);
  await unit.open(sue, circle, [sue, ann]);
  return { unit, founder, sue, tom, ned, ann, ben, rae, out: await unit.stranger() };
}
type Staff = Awaited<ReturnType<typeof staffed>>;
type Who = Exclude<keyof Staff, 'unit'>;
const everyone = ['founder', 'sue', 'tom', 'ned', 'ann', 'ben', 'rae', 'out'] as const satisfies readonly Who[];
type Outcomes = Readonly<Record<Who, Outcome>>;

/** What the act would come to, by whomever it is signed. */
async function outcomesOf(staff: Staff, act: Act): Promise<Outcomes> {
  const outcomes: [Who, Outcome][] = [];
  for (const who of everyone) outcomes.push([who, await staff.unit.tried(staff[who], act)]);
  return Object.fromEntries(outcomes) as Outcomes;
}

const ofNone = Object.fromEntries(everyone.map((who) => [who, 'grant-not-held'])) as Outcomes;
/** Of those named; to the others it was never granted. */
const of = (outcomes: Partial<Outcomes>): Outcomes => ({ ...ofNone, out: 'not-a-member', ...outcomes });
const same = (outcome: Outcome, ...whose: readonly Who[]): Partial<Outcomes> =>
  Object.fromEntries(whose.map((who) => [who, outcome]));

/** Of the act on boxes that has the number, as it stands. */
const namingsIn = ({ unit }: Staff, number = 0): readonly NamedKeys[] =>
  (unit.now.withdrawals[number] as WithdrawnBoxes).named;
/** Who confirmed each naming of it. */
const confirmersIn = (staff: Staff, number = 0) => namingsIn(staff, number).map(({ confirmedBy }) => confirmedBy);
/** An act of which each naming was confirmed by these. */
const confirmedBy = (act: WithdrawnBoxes, ...by: readonly (MemberId | null)[]): WithdrawnBoxes => ({
  ...act,
  named: act.named.map((each, index) => ({ ...each, confirmedBy: by[index] ?? null })),
});

/** @returns the act, as it stands */
async function handed({ unit }: Staff, by: MadeMember, changes: Partial<BoxesData> = {}): Promise<WithdrawnBoxes> {
  await unit.done(by, handOver(changes));
  return unit.now.withdrawals.at(-1) as WithdrawnBoxes;
}
/** The naming of further keys. */
async function extended(staff: Staff, by: MadeMember, act: Named, keys?: readonly ContentKeyId[]): Promise<Named> {
  await staff.unit.done(by, extend(act, keys));
  return { entry: staff.unit.last };
}
async function disposed({ unit, founder, tom }: Staff, changes: Partial<BodiesData> = {}): Promise<WithdrawnBodies> {
  await unit.done(founder, dispose(changes), tom);
  return unit.now.withdrawals.at(-1) as WithdrawnBodies;
}

describe('a stream is handed on', () => {
  test('by an act that stands with what it says, and changes nothing else', async () => {
    const staff = await staffed();
    const { unit, tom } = staff;
    const before = unit.now;
    await unit.done(tom, handOver({ keys: [first, second] }));
    const event = unit.now.events.at(-1)?.id;
    const { keys, ...data } = handing({ keys: [first, second] });
    const named = [{ entry: unit.last, by: tom.id, keys, confirmedBy: null }];
    expect(unit.now).toEqual({
      ...before,
      withdrawals: [{ kind: 'boxes', entry: unit.last, event, by: tom.id, stopped: false, named, ...data }],
      events: [...before.events, { id: event, by: tom.id }],
    });
  });

  test.each<[string, Partial<BoxesData>, Partial<Outcomes>]>([
    [
      'from the unit to a circle by its supervisors',
      {},
      { ...same('counts', 'founder', 'sue', 'tom'), ...same('not-allowed', 'ann', 'ben', 'rae') },
    ],
    [
      'from the unit to those who command by any reader',
      { to: 'command' },
      same('counts', 'founder', 'sue', 'tom', 'ann', 'ben', 'rae'),
    ],
    [
      'from a circle to the unit by its supervisors',
      { from: circle, to: 'unit' },
      { sue: 'counts', ann: 'not-allowed' },
    ],
    ['from a circle to those who command by any reader', { from: circle, to: 'command' }, same('counts', 'sue', 'ann')],
    ['from those who command by any of them', { from: 'command', to: circle }, same('counts', 'founder', 'sue')],
    ['by nobody from a scope that nobody opened', { from: 'contact' }, {}],
  ])('%s', async (_, changes, outcomes) => {
    const staff = await staffed();
    expect(await outcomesOf(staff, handOver(changes))).toEqual(of(outcomes));
  });

  test('a refusal says who may', async () => {
    const { unit, ann } = await staffed();
    expect(await unit.tried(ann, handOver())).toBe('not-allowed');
    expect(unit.refusal?.params).toEqual({ action: 'restrictCase', roles: ['supervisor'] });
  });

  test('by no supervisor whose role is another now', async () => {
    const { unit, founder, sue, tom } = await staffed();
    for (const [role, outcome] of [
      ['analyst', 'not-allowed'],
      ['reviewer', 'not-allowed'],
      ['supervisor', 'counts'],
    ] as const) {
      await unit.done(founder, changeRole(tom, role), sue);
      expect(await unit.tried(tom, handOver()), role).toBe(outcome);
      expect(await unit.tried(tom, handOver({ to: 'command' })), role).toBe('counts');
    }
  });

  test('is no stream of the unit itself', async () => {
    const { unit, tom } = await staffed();
    for (const [of, outcome] of [
      [unit.stream, 'stream-of-unit'],
      [unit.policyStream, 'stream-of-unit'],
      [beside, 'counts'],
    ] as const)
      expect(await unit.tried(tom, handOver({ stream: of }))).toBe(outcome);
  });

  test('to scopes that are for cases, also to the one that has it', async () => {
    const { unit, sue } = await staffed();
    for (const [from, to, outcome] of [
      ['everyone', 'everyone', 'scope-unfit'],
      ['everyone', circle, 'scope-unfit'],
      ['unit', 'everyone', 'scope-unfit'],
      ['unit', circle, 'counts'],
      [circle, 'unit', 'counts'],
      ['unit', 'unit', 'counts'],
      [circle, circle, 'counts'],
    ] as const)
      expect(await unit.tried(sue, handOver({ from, to })), `${from} to ${to}`).toBe(outcome);
  });

  test('to the scope that has it: it is closed, and has the same readers', async () => {
    const staff = await staffed();
    const act = await handed(staff, staff.tom, { to: 'unit' });
    expect(handedOn(staff.unit.now, stream, 'unit')).toEqual([act]);
    expect(readersNow(staff.unit.now, stream, 'unit')).toEqual(['unit']);
    // As whoever hands a case to others.
    expect(await staff.unit.tried(staff.ann, handOver({ from: 'unit', to: 'unit' }))).toBe('not-allowed');
  });

  test('after an act that stands, by which it came to those who have it', async () => {
    const staff = await staffed();
    const { unit, founder, sue, tom } = staff;
    const one = await handed(staff, tom);
    const stoppedOne = await handed(staff, tom, { to: 'command' });
    await unit.done(founder, stop(stoppedOne));
    const elsewhere = await handed(staff, tom, { stream: beside });
    const on = { from: circle, to: 'command' } as const;
    for (const [what, changes, outcome] of [
      ['by which it came', { ...on, after: one.event }, 'counts'],
      ['none', { ...on, after: null }, 'counts'],
      ['unknown', { ...on, after: v7() as EventId }, 'withdrawal-unknown'],
      ['of another stream', { ...on, after: elsewhere.event }, 'withdrawal-unknown'],
      ['by which it went', { from: 'unit', to: 'command', after: one.event }, 'withdrawal-unknown'],
      ['that was stopped', { from: 'command', to: circle, after: stoppedOne.event }, 'withdrawal-unknown'],
      ['an entry', { ...on, after: one.entry as string as EventId }, 'event-malformed'],
    ] as const)
      expect(await unit.tried(sue, handOver(changes)), what).toBe(outcome);
    await disposed(staff);
    for (const event of unit.now.events.slice(-2))
      expect(await unit.tried(sue, handOver({ ...on, after: event.id })), 'a disposal').toBe('withdrawal-unknown');
    expect(await unit.tried(sue, handOver({ ...on, after: one.event }))).toBe('counts');
  });

  test('by two at once, not knowing of each other: both count', async () => {
    const staff = await staffed();
    const acts = [await handed(staff, staff.tom), await handed(staff, staff.ben, { to: 'command' })];
    expect(staff.unit.now.withdrawals).toEqual(acts);
    expect(readersNow(staff.unit.now, stream, 'unit')).toEqual([circle, 'command']);
  });

  test('to readers that there are', async () => {
    const { unit, founder, sue, tom, ann } = await staffed();
    for (const to of ['intake', other] as const)
      expect(await unit.tried(tom, handOver({ to }))).toBe('scope-without-readers');
    const tries = async () => unit.tried(tom, handOver());
    await unit.done(founder, suspend(sue));
    expect(await tries()).toBe('counts');
    await unit.done(founder, suspend(ann));
    expect(await tries()).toBe('scope-without-readers');
    await unit.done(founder, restore(ann), tom);
    expect(await tries()).toBe('counts');
  });

  test('with one key at least, and no more than an entry has boxes', async () => {
    const { unit, tom } = await staffed();
    const many = Array.from({ length: 257 }, aKey);
    for (const [keys, outcome] of [
      [[], 'event-malformed'],
      [[first], 'counts'],
      [[first, second, third], 'counts'],
      [many.slice(1), 'counts'],
      [many, 'event-malformed'],
      [['of nobody' as ContentKeyId], 'event-malformed'],
    ] as const)
      expect(await unit.tried(tom, handOver({ keys }))).toBe(outcome);
  });

  test('with keys that are named once each, be they said twice', async () => {
    const staff = await staffed();
    const { named } = await handed(staff, staff.tom, { keys: [second, first, second, first] });
    expect(named.map(({ keys }) => keys)).toEqual([[second, first]]);
  });

  test('while those who have it did not dispose of it', async () => {
    const staff = await staffed();
    const { unit, founder, sue, tom, ann } = staff;
    const fromUnit = [handOver(), handOver({ to: 'command' })];
    const triesOf = async (by: MadeMember, ...tried: readonly Act[]) => {
      const outcomes: Outcome[] = [];
      for (const act of tried) outcomes.push(await unit.tried(by, act));
      return outcomes;
    };
    // As long as one alone signed it, it is none.
    await unit.act(founder, dispose());
    expect(await triesOf(tom, ...fromUnit)).toEqual(['counts', 'counts']);
    await unit.done(tom, secondOf(unit.last));
    const byUnit = unit.now.withdrawals.at(-1) as WithdrawnBodies;
    expect(await triesOf(tom, ...fromUnit)).toEqual(['stream-disposed', 'stream-disposed']);
    expect(await unit.tried(ann, handOver({ to: 'command' }))).toBe('stream-disposed');
    // Another stream is not concerned, and who did not dispose of it may go on.
    const fromCircle = handOver({ from: circle, to: 'command' });
    expect(await triesOf(sue, handOver({ stream: beside }), fromCircle)).toEqual(['counts', 'counts']);
    await unit.done(ann, stop(byUnit));
    expect(await triesOf(tom, ...fromUnit)).toEqual(['counts', 'counts']);
  });

  test('while those to whom it was handed did not dispose of it', async () => {
    const staff = await staffed();
    const { unit, founder, sue, tom } = staff;
    const { event: after } = await handed(staff, tom, { to: 'command' });
    const further = handOver({ from: 'command', to: circle, after });
    // By those who had it, it is disposed of no more.
    await disposed(staff);
    expect(await unit.tried(sue, further)).toBe('counts');
    await unit.done(founder, dispose({ scope: 'command', streams: [beside, stream] }), sue);
    const byCommand = unit.now.withdrawals.at(-1) as WithdrawnBodies;
    expect(await unit.tried(sue, further)).toBe('stream-disposed');
    await unit.done(founder, stop(byCommand));
    expect(await unit.tried(sue, further)).toBe('counts');
  });
});

describe('a stream that those who alone read it disposed of', () => {
  async function disposedByCommand() {
    const staff = await staffed();
    const { unit, founder, sue, tom } = staff;
    const act = await handed(staff, tom, { to: 'command' });
    await unit.done(founder, dispose({ scope: 'command' }), sue);
    return { staff, act, disposal: unit.now.withdrawals.at(-1) as WithdrawnBodies };
  }
  const historyIn = ({ unit }: Staff) => [
    disposalsOf(unit.now, stream, 'unit'),
    handedOn(unit.now, stream, 'unit'),
    readersNow(unit.now, stream, 'unit'),
  ];

  test('is handed on no more by who knew nothing of it, until that is stopped', async () => {
    const { staff, act, disposal } = await disposedByCommand();
    const late = await handed(staff, staff.tom);
    expect(historyIn(staff)).toEqual([[disposal], [act], ['command']]);
    await staff.unit.done(staff.sue, stop(disposal));
    expect(historyIn(staff)).toEqual([[], [act, late], ['command', circle]]);
  });

  test('is disposed of as before, when that act is stopped', async () => {
    const { staff, act, disposal } = await disposedByCommand();
    const late = await handed(staff, staff.tom);
    await staff.unit.done(staff.tom, stop(late));
    expect(historyIn(staff)).toEqual([[disposal], [act], ['command']]);
  });

  // The defect: one of those who had it stops the act by which it went, which was disposed of since, and that counts no more.
  test('is disposed of as before, whoever would stop the act by which it came to them', async () => {
    const { staff, act, disposal } = await disposedByCommand();
    await staff.unit.act(staff.tom, stop(act));
    expect(disposalsOf(staff.unit.now, stream, 'unit')).toEqual([disposal]);
  });

  test('was not, by those to whom it was handed only then', async () => {
    const staff = await staffed();
    const { unit, founder, sue, tom } = staff;
    await unit.done(founder, dispose({ scope: 'command' }), sue);
    const act = await handed(staff, tom, { to: 'command' });
    expect(historyIn(staff)).toEqual([[], [act], ['command']]);
  });
});

describe('further keys of a stream that was handed on', () => {
  test('are named by those to whom it was, and by nobody else', async () => {
    const staff = await staffed();
    const act = await handed(staff, staff.tom);
    expect(await outcomesOf(staff, extend(act))).toEqual(of(same('counts', 'sue', 'ann')));
  });

  test('are named beside those that were: to name what is named adds nothing', async () => {
    const staff = await staffed();
    const { unit, sue, tom, ann } = staff;
    const [act, next] = [await handed(staff, tom), await handed(staff, tom, { stream: beside })];
    const named = [...act.named];
    for (const [by, keys, further] of [
      [ann, [first], []],
      [ann, [first, second], [second]],
      [sue, [second], []],
      [sue, [second, first], []],
      [sue, [third], [third]],
      [ann, [third, second, first, third], []],
    ] as const) {
      expect(await unit.act(by, extend(act, keys))).toBe('counts');
      if (further.length > 0) named.push({ entry: unit.last, by: by.id, keys: further, confirmedBy: null });
      expect(unit.now.withdrawals).toEqual([{ ...act, named }, next]);
    }
  });

  test('are named once each, be they said twice', async () => {
    const staff = await staffed();
    const act = await handed(staff, staff.tom);
    await staff.unit.done(staff.sue, extend(act, [third, first, second, third, second]));
    expect(namingsIn(staff).map(({ keys }) => keys)).toEqual([[first], [third, second]]);
  });

  test('are added also where the act names a key twice', async () => {
    const staff = await staffed();
    const act = await handed(staff, staff.tom, { keys: [first, first] });
    await staff.unit.done(staff.sue, extend(act));
    expect(namingsIn(staff).map(({ keys }) => keys)).toEqual([[first], [second]]);
  });

  test('are to be confirmed themselves: what was confirmed stays so', async () => {
    const staff = await staffed();
    const { unit, sue, tom, ann } = staff;
    const [act, next] = [await handed(staff, tom), await handed(staff, tom, { stream: beside })];
    for (const each of [act, next]) await unit.done(ann, confirm(each));
    await unit.done(sue, extend(act, [first]));
    expect([confirmersIn(staff, 0), confirmersIn(staff, 1)]).toEqual([[ann.id], [ann.id]]);
    const further = await extended(staff, sue, act, [first, second]);
    expect([confirmersIn(staff, 0), confirmersIn(staff, 1)]).toEqual([[ann.id, null], [ann.id]]);
    const named = [...act.named, { ...further, by: sue.id, keys: [second], confirmedBy: null }];
    await unit.done(ann, confirm(further));
    expect(unit.now.withdrawals).toEqual([confirmedBy({ ...act, named }, ann.id, ann.id), confirmedBy(next, ann.id)]);
  });

  test('are not confirmed by who named them, who confirms those of others', async () => {
    const staff = await staffed();
    const { unit, sue, tom, ann } = staff;
    const act = await handed(staff, tom);
    const further = await extended(staff, sue, act);
    expect(await unit.tried(sue, confirm(further))).toBe('same-member-twice');
    // Tom does not read it.
    expect(await unit.tried(tom, confirm(further))).toBe('grant-not-held');
    await unit.done(sue, confirm(act));
    expect(confirmersIn(staff)).toEqual([sue.id, null]);
    await unit.done(ann, confirm(further));
    expect(confirmersIn(staff)).toEqual([sue.id, ann.id]);
  });

  test('are confirmed each by itself: one that nobody can confirm holds up no other', async () => {
    const staff = await staffed();
    const { unit, sue, ann } = staff;
    const act = await handed(staff, sue);
    const namings = [
      act,
      await extended(staff, ann, act, [aKey()]),
      await extended(staff, sue, act, [aKey()]),
    ] as const;
    await unit.done(ann, confirm(namings[2]));
    expect(confirmersIn(staff)).toEqual([null, null, ann.id]);
    await unit.done(sue, confirm(namings[1]));
    expect(confirmersIn(staff)).toEqual([null, sue.id, ann.id]);
    expect(settledEntries(unit.now.withdrawals[0] as WithdrawnBoxes)).toEqual([namings[1].entry, namings[2].entry]);
  });

  test('are confirmed once: the first who said so stays', async () => {
    const staff = await staffed();
    const { unit, sue, tom, ann } = staff;
    const act = await handed(staff, tom);
    for (const by of [ann, sue]) await unit.done(by, confirm(act));
    expect(confirmersIn(staff)).toEqual([ann.id]);
  });

  test('are confirmed by a former reader where the only new one named them, and what another named before is not', async () => {
    const staff = await staffed();
    const { unit, sue, tom, ben, ned, out } = staff;
    await unit.open(sue, other, [sue]);
    const act = await handed(staff, tom, { to: other });
    const further = await extended(staff, sue, act);
    expect(await unit.tried(ned, confirm(further))).toBe('grant-not-held');
    expect(await unit.tried(out, confirm(further))).toBe('not-a-member');
    expect(await unit.tried(sue, confirm(further))).toBe('same-member-twice');
    expect(await unit.tried(ben, confirm(act))).toBe('grant-not-held');
    // Also by who handed it on.
    expect(await unit.tried(tom, confirm(further))).toBe('counts');
    await unit.done(ben, confirm(further));
    await unit.done(sue, confirm(act));
    expect(confirmersIn(staff)).toEqual([sue.id, ben.id]);
  });

  test('are confirmed by no former reader once the new scope has a second member', async () => {
    const staff = await staffed();
    const { unit, founder, sue, tom, ann, ben } = staff;
    await unit.done(founder, suspend(ann));
    const act = await handed(staff, tom);
    const further = await extended(staff, sue, act);
    expect(await unit.tried(ben, confirm(further))).toBe('counts');
    await unit.done(founder, restore(ann), tom);
    expect(await unit.tried(ben, confirm(further))).toBe('grant-not-held');
    await unit.done(ann, confirm(further));
    expect(confirmersIn(staff)).toEqual([null, ann.id]);
  });

  test('are named no more than 64 times, with those that were named first', async () => {
    const staff = await staffed();
    const { unit, sue, tom, ann } = staff;
    const [act, next] = [await handed(staff, tom), await handed(staff, tom, { stream: beside })];
    // What adds nothing is none.
    await unit.done(sue, extend(act, [first]));
    for (let count = 1; count < 64; count += 1) await unit.done(count % 2 ? sue : ann, extend(act, [aKey()]));
    expect(namingsIn(staff)).toHaveLength(64);
    for (const keys of [[aKey()], [first]] as const) {
      expect(await unit.tried(ann, extend(act, keys))).toBe('too-many-namings');
      expect(unit.refusal?.params).toEqual({ maximum: 64 });
    }
    expect(await unit.tried(ann, extend(next))).toBe('counts');
    for (const naming of namingsIn(staff)) await unit.done(naming.by === sue.id ? ann : sue, confirm(naming));
    expect(namingsIn(staff).filter(({ by, confirmedBy: who }) => who === null || who === by)).toEqual([]);
    await unit.done(tom, stop(act));
    expect(await unit.tried(ann, extend(act))).toBe('withdrawal-stopped');
  });

  test('are named of what was handed on, while it stands', async () => {
    const staff = await staffed();
    const { unit, tom, ann } = staff;
    const [act, bodies] = [await handed(staff, tom), await disposed(staff)];
    expect(await unit.tried(ann, extend(act))).toBe('counts');
    for (const wrong of [nothing, bodies]) expect(await unit.tried(ann, extend(wrong))).toBe('withdrawal-unknown');
    await unit.done(ann, stop(act));
    expect(await unit.tried(ann, extend(act))).toBe('withdrawal-stopped');
  });

  test('are named also when it was handed on again', async () => {
    const staff = await staffed();
    const act = await handed(staff, staff.tom);
    await handed(staff, staff.sue, { from: circle, to: 'command', after: act.event });
    expect(await staff.unit.tried(staff.ann, extend(act))).toBe('counts');
    expect(await staff.unit.tried(staff.founder, extend(act))).toBe('grant-not-held');
  });

  test('are one at least, and no more than an entry has boxes', async () => {
    const staff = await staffed();
    const act = await handed(staff, staff.tom);
    const many = Array.from({ length: 257 }, aKey);
    for (const [keys, outcome] of [
      [[], 'event-malformed'],
      [[second], 'counts'],
      [many.slice(1), 'counts'],
      [many, 'event-malformed'],
      [['of nobody' as ContentKeyId], 'event-malformed'],
    ] as const)
      expect(await staff.unit.tried(staff.ann, extend(act, keys))).toBe(outcome);
  });

  test('are not named by handing it on once more: that is by who may', async () => {
    const staff = await staffed();
    const { unit, tom, ann } = staff;
    const { event: after } = await handed(staff, tom);
    for (const [by, changes, outcome] of [
      [ann, {}, 'not-allowed'],
      [tom, {}, 'counts'],
      [ann, { from: circle, to: 'unit', after }, 'not-allowed'],
      [ann, { from: circle, to: 'command', after }, 'counts'],
      [ann, { after }, 'withdrawal-unknown'],
    ] as const)
      expect(await unit.tried(by, handOver({ keys: [second], ...changes }))).toBe(outcome);
  });
});

describe('a stream that was given back', () => {
  async function givenBack() {
    const staff = await staffed();
    const { event } = await handed(staff, staff.tom);
    const { event: after } = await handed(staff, staff.sue, { from: circle, to: 'unit', after: event });
    expect(readersNow(staff.unit.now, stream, 'unit')).toEqual(['unit']);
    return { staff, after };
  }

  test('is handed on no more than 32 times by one member, who keeps nobody else from it', async () => {
    const staff = await staffed();
    const { unit, sue, tom } = staff;
    for (let count = 0; count < 32; count += 1) await handed(staff, tom);
    expect(await unit.tried(tom, handOver())).toBe('too-many-times');
    expect(unit.refusal?.params).toEqual({ maximum: 32 });
    expect(await unit.tried(tom, handOver({ stream: beside }))).toBe('counts');
    expect(await unit.tried(sue, handOver())).toBe('counts');
    await unit.done(tom, stop(unit.now.withdrawals.at(-1) as WithdrawnBoxes));
    expect(await unit.tried(tom, handOver())).toBe('too-many-times');
  });

  test('is handed on again by a supervisor of those who have it, whether or not they are of the others', async () => {
    const { staff, after } = await givenBack();
    const outcomes = { ...same('counts', 'founder', 'sue', 'tom'), ...same('not-allowed', 'ann', 'ben', 'rae') };
    expect(await outcomesOf(staff, handOver({ after }))).toEqual(of(outcomes));
  });

  test('is with the others again once it is handed on again with the same keys', async () => {
    const { staff, after } = await givenBack();
    const act = await handed(staff, staff.tom, { after });
    expect(readersNow(staff.unit.now, stream, 'unit')).toEqual([circle]);
    expect(act).toMatchObject({ entry: staff.unit.last, after, named: [{ entry: staff.unit.last, keys: [first] }] });
    expect(staff.unit.now.withdrawals).toHaveLength(3);
  });
});

describe('what was handed on is confirmed', () => {
  test.each<[string, 'tom' | 'sue', Partial<Outcomes>]>([
    ['by any reader of the new scope', 'tom', { ...same('counts', 'sue', 'ann'), tom: 'same-member-twice' }],
    ['by another of the new scope than who did it', 'sue', { ann: 'counts', sue: 'same-member-twice' }],
  ])('%s', async (_, by, outcomes) => {
    const staff = await staffed();
    const entry = await handed(staff, staff[by]);
    expect(await outcomesOf(staff, confirm(entry))).toEqual(of(outcomes));
  });

  test('by one of the former readers where the new scope has no second member', async () => {
    const staff = await staffed();
    const { unit, sue } = staff;
    await unit.open(sue, other, [sue]);
    const alone = await handed(staff, sue, { to: other });
    const ofFormer = { ...same('counts', 'founder', 'tom', 'ann', 'ben', 'rae'), sue: 'same-member-twice' };
    expect(await outcomesOf(staff, confirm(alone))).toEqual(of(ofFormer));
    const byTom = await handed(staff, staff.tom, { stream: beside, to: other });
    expect(await outcomesOf(staff, confirm(byTom))).toEqual(of({ sue: 'counts', tom: 'same-member-twice' }));
  });

  test('by no other device of the same member, which is no second member either', async () => {
    const staff = await staffed();
    const { unit, founder, sue, tom, ann } = staff;
    const desk = await unit.furtherDevice(sue);
    await unit.done(sue, { type: 'device.bound', data: { member: sue.id, device: desk.device } });
    await unit.grant(founder, desk);
    const shared = await handed(staff, sue);
    expect(await unit.tried(desk, confirm(shared))).toBe('same-member-twice');
    expect(await unit.tried(ann, confirm(shared))).toBe('counts');
    await unit.open(sue, other, [sue, desk]);
    const alone = await handed(staff, sue, { stream: beside, to: other });
    expect(await unit.tried(desk, confirm(alone))).toBe('same-member-twice');
    expect(await unit.tried(tom, confirm(alone))).toBe('counts');
  });

  test('by a former reader only while the second one cannot', async () => {
    const staff = await staffed();
    const { unit, founder, sue, tom, ann, ben } = staff;
    const entry = await handed(staff, sue);
    const tries = async () => [await unit.tried(ann, confirm(entry)), await unit.tried(ben, confirm(entry))];
    expect(await tries()).toEqual(['counts', 'grant-not-held']);
    await unit.done(founder, suspend(ann));
    expect(await tries()).toEqual(['not-a-member', 'counts']);
    await unit.done(founder, restore(ann), tom);
    expect(await tries()).toEqual(['counts', 'grant-not-held']);
  });

  test('once: the first who said so stays, and nothing else changes', async () => {
    const staff = await staffed();
    const { unit, sue, tom, ann } = staff;
    const [entry, next] = [await handed(staff, tom), await handed(staff, tom, { stream: beside })];
    for (const by of [ann, sue, ann]) {
      expect(await unit.act(by, confirm(entry))).toBe('counts');
      expect(unit.now.withdrawals).toEqual([confirmedBy(entry, ann.id), next]);
    }
    await unit.done(sue, confirm(next));
    expect(unit.now.withdrawals).toEqual([confirmedBy(entry, ann.id), confirmedBy(next, sue.id)]);
  });

  test('while it stands, and only what was handed on', async () => {
    const staff = await staffed();
    const { unit, tom, ann } = staff;
    const [entry, bodies] = [await handed(staff, tom), await disposed(staff)];
    expect(await unit.tried(ann, confirm(entry))).toBe('counts');
    for (const wrong of [nothing, bodies]) expect(await unit.tried(ann, confirm(wrong))).toBe('withdrawal-unknown');
    await unit.done(tom, stop(entry));
    expect(await unit.tried(ann, confirm(entry))).toBe('withdrawal-stopped');
  });
});

describe('what was handed on is stopped', () => {
  test.each<[string, 'tom' | 'ann', Partial<BoxesData>, Partial<Outcomes>]>([
    [
      'by any who have it now, and by supervisors of those who had it',
      'tom',
      {},
      { ...same('counts', 'founder', 'sue', 'tom', 'ann'), ...same('not-allowed', 'ben', 'rae') },
    ],
    [
      'by no analyst or reviewer of those who had it, be it by their own act',
      'ann',
      { to: 'command' },
      { ...same('counts', 'founder', 'sue', 'tom'), ...same('not-allowed', 'ann', 'ben', 'rae') },
    ],
    [
      'by no supervisor of neither',
      'ann',
      { from: circle, to: 'command' },
      { ...same('counts', 'founder', 'sue'), ann: 'not-allowed' },
    ],
  ])('%s', async (_, by, changes, outcomes) => {
    const staff = await staffed();
    const entry = await handed(staff, staff[by], changes);
    expect(await outcomesOf(staff, stop(entry))).toEqual(of(outcomes));
  });

  test('once, and stays on record as it was; the stream can be handed on anew', async () => {
    const staff = await staffed();
    const { unit, tom, ann } = staff;
    const entry = await handed(staff, tom);
    await unit.done(ann, confirm(entry));
    await handed(staff, tom, { stream: beside });
    const [one, two] = unit.now.withdrawals;
    await unit.done(tom, stop(entry));
    expect(unit.now.withdrawals).toEqual([{ ...one, stopped: true }, two]);
    expect([handedOn(unit.now, stream, 'unit'), readersNow(unit.now, stream, 'unit')]).toEqual([[], ['unit']]);
    for (const by of [ann, tom]) expect(await unit.tried(by, stop(entry))).toBe('nothing-changes');
    const again = await handed(staff, tom);
    expect(again.named).toEqual([{ entry: again.entry, by: tom.id, keys: [first], confirmedBy: null }]);
    expect([handedOn(unit.now, stream, 'unit'), readersNow(unit.now, stream, 'unit')]).toEqual([[again], [circle]]);
    expect(await unit.tried(ann, stop(again))).toBe('counts');
  });

  test('where there is such an act', async () => {
    const staff = await staffed();
    const entry = await handed(staff, staff.tom);
    expect(await staff.unit.tried(staff.sue, stop(nothing))).toBe('withdrawal-unknown');
    expect(await staff.unit.tried(staff.sue, stop(entry))).toBe('counts');
  });

  test('the last first, where it was handed on again since', async () => {
    const staff = await staffed();
    const { unit, founder, sue, tom } = staff;
    const one = await handed(staff, tom);
    // Neither what is of another stream, nor further keys, nor what knew nothing of it builds upon it.
    await handed(staff, sue, { stream: beside, from: circle, to: 'command' });
    await unit.done(sue, extend(one));
    await handed(staff, tom, { to: 'command' });
    await handed(staff, sue, { from: circle, to: 'command' });
    expect(await unit.tried(sue, stop(one))).toBe('counts');
    const two = await handed(staff, sue, { from: circle, to: 'command', after: one.event });
    const three = await handed(staff, founder, { from: 'command', to: 'unit', after: two.event });
    const tries = async () => {
      const outcomes: Outcome[] = [];
      for (const each of [one, two, three]) outcomes.push(await unit.tried(sue, stop(each)));
      return outcomes;
    };
    expect(await tries()).toEqual(['withdrawal-not-last', 'withdrawal-not-last', 'counts']);
    await unit.done(sue, stop(three));
    expect(await tries()).toEqual(['withdrawal-not-last', 'counts', 'nothing-changes']);
    await unit.done(sue, stop(two));
    expect(await tries()).toEqual(['counts', 'nothing-changes', 'nothing-changes']);
  });
});

describe('a case is disposed of', () => {
  test('from where a second member signs, by the first', async () => {
    const staff = await staffed();
    const { unit, founder, tom } = staff;
    const data = disposing({ streams: [stream, beside], blobs: [aDigest(), aDigest()], reason: 'erasureRequired' });
    expect(await unit.act(founder, dispose(data))).toBe('waits');
    const proposed = unit.last;
    expect(unit.now.withdrawals).toEqual([]);
    const before = unit.now;
    expect(await unit.second(tom)).toBe('counts');
    const act = { kind: 'bodies', entry: unit.last, by: founder.id, stopped: false } as const;
    expect(unit.last).not.toBe(proposed);
    expect(unit.now).toEqual({
      ...before,
      proposals: [],
      withdrawals: [{ ...act, ...data }],
      events: [...before.events, expect.objectContaining({ by: tom.id })],
    });
    expect(await unit.tried(tom, stop({ entry: proposed }))).toBe('withdrawal-unknown');
    expect(await unit.tried(tom, stop({ entry: unit.last }))).toBe('counts');
  });

  test.each<[string, Scope, Partial<Outcomes>]>([
    ['of the unit', 'unit', { ...same('waits', 'founder', 'sue', 'tom'), ...same('not-allowed', 'ann', 'ben', 'rae') }],
    ['of a circle', circle, { sue: 'waits', ann: 'not-allowed' }],
    ['of those who command', 'command', same('waits', 'founder', 'sue')],
    ['of a scope that nobody opened', 'contact', {}],
  ])('by supervisors who read it, %s', async (_, scope, outcomes) => {
    const staff = await staffed();
    expect(await outcomesOf(staff, dispose({ scope }))).toEqual(of(outcomes));
  });

  test('never by one alone, be it the founder before there was another supervisor', async () => {
    const unit = await foundedRosterUnit();
    const { founder } = unit;
    const ann = await unit.admitted('analyst');
    expect(await unit.act(founder, dispose())).toBe('waits');
    const proposed = unit.last;
    expect(await unit.tried(founder, secondOf(proposed))).toBe('same-member-twice');
    expect(await unit.tried(ann, secondOf(proposed))).toBe('not-allowed-as-second');
    expect(unit.now.withdrawals).toEqual([]);
  });

  test('with a second signature by another supervisor who reads it', async () => {
    const staff = await staffed();
    const { unit, founder, sue } = staff;
    const desk = await unit.furtherDevice(founder);
    await unit.done(founder, { type: 'device.bound', data: { member: founder.id, device: desk.device } });
    await unit.grant(sue, desk);
    await unit.act(founder, dispose());
    const notAsSecond = same('not-allowed-as-second', 'ned', 'ann', 'ben', 'rae');
    const expected = of({ ...same('counts', 'sue', 'tom'), ...notAsSecond, founder: 'same-member-twice' });
    const proposed = unit.last;
    expect(await outcomesOf(staff, secondOf(proposed))).toEqual(expected);
    expect(await unit.tried(desk, secondOf(proposed))).toBe('same-member-twice');
    // Of those who command, Tom is none.
    await unit.act(founder, dispose({ scope: 'command', streams: [beside] }));
    expect(await outcomesOf(staff, secondOf(unit.last))).toEqual({ ...expected, tom: 'not-allowed-as-second' });
  });

  test('while the first may, as the second signs', async () => {
    const { unit, founder, sue, tom } = await staffed();
    await unit.act(tom, dispose());
    const proposed = unit.last;
    const device = tom.device.author;
    const seconds: Outcome[] = [];
    for (const act of [
      suspend(tom),
      restore(tom),
      { type: 'membership.suspended', data: { device } },
      { type: 'membership.restored', data: { device } },
      changeRole(tom, 'analyst'),
      changeRole(tom, 'supervisor'),
      { type: 'membership.ended', data: { member: tom.id } },
    ] satisfies Act[]) {
      await unit.done(founder, act, sue);
      seconds.push(await unit.tried(sue, secondOf(proposed)));
    }
    expect(seconds).toEqual([
      ...['not-a-member', 'counts', 'not-a-member', 'counts', 'not-allowed', 'counts', 'not-a-member'],
    ]);
  });

  test('while there is something to dispose of, as the second signs', async () => {
    const staff = await staffed();
    const { unit, founder, sue, tom } = staff;
    await unit.act(founder, dispose({ streams: [beside] }));
    const late = unit.last;
    await unit.act(founder, dispose({ streams: [stream, beside] }));
    const more = unit.last;
    const entry = await disposed(staff, { streams: [beside] });
    expect(await unit.tried(sue, secondOf(late))).toBe('nothing-changes');
    expect(await unit.tried(sue, secondOf(more))).toBe('counts');
    await unit.done(tom, stop(entry));
    expect(await unit.tried(sue, secondOf(late))).toBe('counts');
  });

  test('once, by readers of one scope: of another it is another, and what was stopped can be done again', async () => {
    const staff = await staffed();
    const { unit, founder, sue } = staff;
    const entry = await disposed(staff);
    for (const [changes, outcome] of [
      [{}, 'nothing-changes'],
      [{ reason: 'erasureRequired' as const, blobs: [nothing.entry] }, 'nothing-changes'],
      [{ streams: [stream, beside] }, 'waits'],
      [{ streams: [beside] }, 'waits'],
      [{ scope: 'command' as const }, 'waits'],
    ] as const)
      expect(await unit.tried(founder, dispose(changes))).toBe(outcome);
    await unit.done(sue, stop(entry));
    expect(await unit.tried(founder, dispose())).toBe('waits');
  });

  test('is no stream of the unit itself', async () => {
    const { unit, founder } = await staffed();
    for (const [streams, outcome] of [
      [[unit.stream], 'stream-of-unit'],
      [[stream, unit.policyStream], 'stream-of-unit'],
      [[stream, beside], 'waits'],
    ] as const)
      expect(await unit.tried(founder, dispose({ streams }))).toBe(outcome);
  });

  test('with streams and chunks that are named once each, as many as have room, and a reason', async () => {
    const { unit, founder } = await staffed();
    const streams = Array.from({ length: 65 }, () => v4() as StreamId);
    const blobs = Array.from({ length: 4097 }, aDigest);
    for (const [changes, outcome] of [
      [{ streams: [] }, 'event-malformed'],
      [{ streams: streams.slice(1) }, 'waits'],
      [{ streams }, 'event-malformed'],
      [{ streams: [stream, beside, stream] }, 'nothing-changes'],
      [{ blobs: [nothing.entry, aDigest(), nothing.entry] }, 'nothing-changes'],
      [{ blobs: blobs.slice(1) }, 'waits'],
      [{ blobs }, 'event-malformed'],
      [{ reason: 'erasureRequired' }, 'waits'],
      [{ reason: 'full disk' as 'erasureRequired' }, 'event-malformed'],
    ] as const)
      expect(await unit.tried(founder, dispose(changes))).toBe(outcome);
  });

  test.each<[string, Scope, Partial<Outcomes>]>([
    ['the unit', 'unit', same('counts', 'founder', 'sue', 'tom', 'ann', 'ben', 'rae')],
    ['those who command', 'command', same('counts', 'founder', 'sue')],
  ])('until any reader stops it, of %s', async (_, scope, outcomes) => {
    const staff = await staffed();
    const { unit, founder, sue } = staff;
    await unit.done(founder, dispose({ scope }), sue);
    const act = unit.now.withdrawals[0] as WithdrawnBodies;
    expect(await outcomesOf(staff, stop(act))).toEqual(of(outcomes));
    await unit.done(founder, stop(act));
    expect(unit.now.withdrawals).toEqual([{ ...act, stopped: true }]);
    expect(await unit.tried(sue, stop(act))).toBe('nothing-changes');
  });
});

describe.each(['membership.suspended', 'membership.ended'] as const)('who is in force no more, %s', (kind) => {
  test.each([0, 1])('withdraws, confirms and stops nothing (%#)', async (index) => {
    const staff = await staffed();
    const { unit, founder, sue, tom } = staff;
    const boxes = await handed(staff, tom);
    const bodies = await disposed(staff, { streams: [beside] });
    await unit.act(founder, dispose());
    const acts = [handOver(), dispose(), extend(boxes), confirm(boxes), stop(boxes), stop(bodies), secondOf(unit.last)];
    const tries = async () => {
      const outcomes: Outcome[] = [];
      for (const each of acts) outcomes.push(await unit.tried(sue, each));
      return outcomes;
    };
    expect(await tries()).toEqual(['counts', 'waits', 'counts', 'counts', 'counts', 'counts', 'counts']);
    const [, act] = standingActs(kind, sue)[index] as ReturnType<typeof standingActs>[number];
    await unit.done(founder, act, tom);
    expect(await tries()).toEqual(acts.map(() => 'not-a-member'));
  });
});

test('what is withdrawn before there is a unit comes to nothing', async () => {
  const unit = await foundedRosterUnit();
  unit.roster = null;
  for (const act of [handOver(), dispose(), extend(nothing), confirm(nothing), stop(nothing)])
    expect(await unit.tried(unit.founder, act)).toBe('unit-not-founded');
});

/** `after`: the number of the act that it builds upon. */
type Hand = readonly [from: Scope, to: Scope, after: number | null, changes?: HandChanges];
/** `keys`, `confirmedBy`: of the first naming. `further`: keys of one that was added. */
type HandChanges = Partial<Pick<WithdrawnBoxes, 'stream' | 'stopped'> & Pick<NamedKeys, 'keys' | 'confirmedBy'>> & {
  readonly further?: readonly ContentKeyId[];
};
const somebody = 'somebody' as MemberId;
const eventOf = (index: number) => `event ${index}` as EventId;
/** Entries are called by the number of the act; what was added, by that and a word. */
const entryOf = (index: number, more = '') => `act ${index}${more}` as Digest;
const boxesOf = (hands: readonly Hand[]): readonly WithdrawnBoxes[] =>
  hands.map(([from, to, after, { keys = [first], confirmedBy: who = null, further, ...changes } = {}], index) => ({
    ...{ kind: 'boxes', entry: entryOf(index), event: eventOf(index), by: somebody },
    ...{ stopped: false, stream, from, to, replies: [] },
    after: after === null ? null : eventOf(after),
    named: [
      { entry: entryOf(index), by: somebody, keys, confirmedBy: who },
      ...(further ? [{ entry: entryOf(index, ' more'), by: somebody, keys: further, confirmedBy: null }] : []),
    ],
    ...changes,
  }));
const bodiesOf = (
  scope: Scope,
  streams: readonly StreamId[],
  changes: Partial<WithdrawnBodies> = {},
): WithdrawnBodies => ({
  ...{ kind: 'bodies', entry: 'disposal' as Digest, by: somebody, stopped: false },
  ...{ scope, streams, blobs: [], reason: 'retentionEnded' },
  ...changes,
});

const stopped = { stopped: true };
const there: Hand = ['unit', circle, null];
const thereToo: Hand = ['unit', circle, null, { keys: [second] }];
const thereStopped: Hand = ['unit', circle, null, stopped];
const back: Hand = [circle, 'unit', 0];
const again: Hand = ['unit', circle, 1];
const againStopped: Hand = ['unit', circle, 1, stopped];
const round: readonly Hand[] = [there, [circle, 'command', 0], ['command', 'unit', 1]];

type HandCase = readonly [what: string, hands: readonly Hand[], readers: readonly Scope[], by: readonly number[]];

describe('a stream is with', () => {
  const check = (_: string, hands: readonly Hand[], readers: readonly Scope[], by: readonly number[]) => {
    const withdrawals = boxesOf(hands);
    expect(handedOn({ withdrawals }, stream, 'unit')).toEqual(by.map((index) => withdrawals[index]));
    expect(readersNow({ withdrawals }, stream, 'unit')).toEqual(readers);
    const standing = withdrawals.filter((each) => each.stream === stream && !each.stopped);
    expect(closingsOf({ withdrawals }, stream)).toEqual(standing);
  };

  test.each<HandCase>([
    ['those for whom it was begun, where nothing was withdrawn', [], ['unit'], []],
    ['those to whom it was handed', [there], [circle], [0]],
    ['the last in a chain', round.slice(0, 2), ['command'], [0, 1]],
    ['those who had it first, given back by a chain', round, ['unit'], [0, 1, 2]],
    ['the others again, handed on after it was given back', [there, back, again], [circle], [0, 1, 2]],
    ['both to whom it was handed at once', [there, ['unit', 'command', null]], [circle, 'command'], [0, 1]],
    ['those to whom two handed it at once', [there, there], [circle], [0, 1]],
    [
      'each last one, handed on in two places',
      [there, ['unit', 'command', null], ['command', other, 1]],
      [circle, other],
      [0, 1, 2],
    ],
    [
      'one, when two places meet again',
      [there, ['unit', 'command', null], ['command', circle, 1]],
      [circle],
      [0, 1, 2],
    ],
    ['both, given back by one of two', [there, back, ['unit', 'command', null]], ['unit', 'command'], [0, 1, 2]],
    [
      'the same, whatever others claim of it',
      [
        [circle, 'command', null],
        ['command', other, 0],
      ],
      ['unit'],
      [],
    ],
    ['the same, claimed for those who have it no more', [there, ['unit', 'command', 0]], [circle], [0]],
    [
      'the same, claimed to be given back by others',
      [there, ['command', 'unit', 0], ['command', 'unit', null]],
      [circle],
      [0],
    ],
    [
      'the last in a chain with claims of others in it',
      [[other, 'command', null], there, [other, 'unit', 0], [circle, 'unit', 1]],
      ['unit'],
      [1, 3],
    ],
    ['the same, by an act that builds upon a later one', [[circle, 'command', 1], there], [circle], [1]],
    ['the same, by an act that builds upon none that there is', [there, [circle, 'command', 7]], [circle], [0]],
    [
      'both, handed on by one of two to the same',
      [there, there, [circle, 'command', 1]],
      [circle, 'command'],
      [0, 1, 2],
    ],
    ['those who had it first, when that was stopped', [thereStopped], ['unit'], []],
    [
      'those who had it first, by an act upon one that was stopped',
      [thereStopped, [circle, 'command', 0]],
      ['unit'],
      [],
    ],
    ['those before, when the last was stopped', [there, [circle, 'command', 0, stopped]], [circle], [0]],
    ['others, when it was handed to them after a stop', [thereStopped, ['unit', 'command', null]], ['command'], [1]],
    ['the others still, when one of two acts was stopped', [thereStopped, there], [circle], [1]],
    [
      'those for whom it was begun, when another was handed on',
      [['unit', circle, null, { stream: beside }]],
      ['unit'],
      [],
    ],
    [
      'those to whom it was handed, be it confirmed',
      [['unit', circle, null, { confirmedBy: somebody }]],
      [circle],
      [0],
    ],
  ])('%s', check);

  test('whoever has it, whether or not it was disposed of since', () => {
    const withdrawals = [...boxesOf([there]), bodiesOf(circle, [stream])];
    expect(closingsOf({ withdrawals }, stream)).toEqual([withdrawals[0]]);
    expect(handedOn({ withdrawals }, stream, 'unit')).toEqual([withdrawals[0]]);
    expect(readersNow({ withdrawals }, stream, 'unit')).toEqual([circle]);
  });

  test('those who disposed of it before it would have been handed on: such an act stands, and counts for nothing', () => {
    const withdrawals = [bodiesOf('unit', [stream]), ...boxesOf([there])];
    expect(closingsOf({ withdrawals }, stream)).toEqual([withdrawals[1]]);
    expect(handedOn({ withdrawals }, stream, 'unit')).toEqual([]);
    expect(readersNow({ withdrawals }, stream, 'unit')).toEqual(['unit']);
  });

  test('those for whom it was begun, where the acts name others as such', () => {
    const acts = { withdrawals: boxesOf(round) };
    for (const scope of [circle, 'command'] as const) {
      expect([handedOn(acts, stream, scope), readersNow(acts, stream, scope)]).toEqual([[], [scope]]);
    }
  });
});

const scopes: readonly Scope[] = ['unit', circle, 'command', other];
const generations = scopes.map((scope) => ({ id: `key of ${scope}` as GenerationId, scope }));
const later = { id: 'next key of unit' as GenerationId, scope: 'unit' as const };
const acts = (hands: readonly Hand[]) => ({ withdrawals: boxesOf(hands), generations: [...generations, later] });
type BoxReader = Parameters<typeof isForFormerReaders>[1]['to'];
const forScope = (scope: Scope): BoxReader => ({ generation: `key of ${scope}` as GenerationId });
const device: BoxReader = { device: 'a device' };
const unknown: BoxReader = { generation: 'a key of nobody' as GenerationId };

/** `by`: the entries that name the key, by the number of the act, or as they are called. */
type BoxCase = readonly [what: string, hands: readonly Hand[], to: BoxReader, by: readonly (number | string)[]];
/** From single devices alone. */
const toSame: Hand = ['unit', 'unit', null];
const toSameStopped: Hand = ['unit', 'unit', null, { stopped: true }];
const furtherToo: Hand = ['unit', circle, null, { keys: [second], further: [third, first] }];
const furtherStopped: Hand = ['unit', circle, null, { keys: [second], further: [third, first], stopped: true }];

describe('a box is withdrawn', () => {
  const check = (_: string, hands: readonly Hand[], to: BoxReader, by: BoxCase[3]) => {
    const roster = acts(hands);
    const box = { key: first, stream, to, beside: stream };
    const expected = by.map((each) => (typeof each === 'number' ? entryOf(each) : each));
    const namingsOf = (of: typeof box) => namingsAgainst(roster, of, 'unit').map(({ entry }) => entry);
    expect(namingsOf(box)).toEqual(expected);
    if (expected.length > 0)
      expect([isForFormerReaders(roster, box, 'unit'), wasNamed(roster, box, 'unit')]).toEqual([true, true]);
    // Of another stream, or beside another: for a single device it goes with the one that it stands beside.
    const isForDevice = 'device' in to;
    const [ofOther, besideOther] = [
      { ...box, stream: beside },
      { ...box, beside },
    ];
    const [stays, goes] = isForDevice ? [besideOther, ofOther] : [ofOther, besideOther];
    expect(namingsOf(goes)).toEqual(expected);
    expect(isForFormerReaders(roster, goes, 'unit')).toBe(isForFormerReaders(roster, box, 'unit'));
    expect([isForFormerReaders(roster, stays, 'unit'), wasNamed(roster, stays, 'unit')]).toEqual([false, false]);
    expect(namingsOf(stays)).toEqual([]);
  };

  test.each<BoxCase>([
    ['not, where nothing was', [], forScope('unit'), []],
    ['that is for those who had the stream', [there], forScope('unit'), [0]],
    ['that is for an older or newer key of theirs', [there], { generation: later.id }, [0]],
    ['not, for those who have the stream now', [there], forScope(circle), []],
    ['not, for anybody else', [there], forScope('command'), []],
    ['not, for a key that the roster does not name', [there], unknown, []],
    ['that is for a single device', [there], device, [0]],
    ['not, of a key that is not named', [thereToo], forScope('unit'), []],
    ['that is for a single device, whether or not its key is named', [thereToo], device, [0]],
    ['by the act that names its key', [thereToo, there], forScope('unit'), [1]],
    ['by each act that names it', [there, there], forScope('unit'), [0, 1]],
    ['not, when that was stopped', [thereStopped], forScope('unit'), []],
    ['not, when that was stopped, for a single device', [thereStopped], device, []],
    ['by another act that stands', [thereStopped, there], forScope('unit'), [1]],
    ['not, given back to them', [there, back], forScope('unit'), []],
    ['that is for those who gave it back', [there, back], forScope(circle), [1]],
    ['for a single device, also when it was given back', [there, back], device, [0, 1]],
    ['for a single device, by each act in a chain', round, device, [0, 1, 2]],
    ['for a single device, by each act, whether or not it names its key', [thereToo, back], device, [0, 1]],
    ['not, for the scope that it is for, when it is taken from single devices', [toSame], forScope('unit'), []],
    ['for a single device, when the stream stays with its scope', [toSame], device, [0]],
    ['not, for a single device, when that was stopped', [toSameStopped], device, []],
    ['for those who had it, by what came after', [toSame, ['unit', circle, 0]], forScope('unit'), [1]],
    ['for a single device, by what came after too', [toSame, ['unit', circle, 0]], device, [0, 1]],
    ['again, when giving it back was stopped', [there, [circle, 'unit', 0, stopped]], forScope('unit'), [0]],
    ['not, for the others who have it again', [there, back, again], forScope(circle), []],
    ['not, in a chain that leads back, for those who had it first', round, forScope('unit'), []],
    ['in a chain, for each who had it between: the circle', round, forScope(circle), [1]],
    ['in a chain, for each who had it between: command', round, forScope('command'), [2]],
    ['in a chain that goes on, for those who had it first', round.slice(0, 2), forScope('unit'), [0]],
    ['not, in a chain, for those who have it', round.slice(0, 2), forScope('command'), []],
    ['not, given back with other keys', [there, [circle, 'unit', 0, { keys: [second] }]], forScope('unit'), []],
    ['by both who handed it on at once', [['unit', 'command', null], there], forScope('unit'), [0, 1]],
    [
      'not, for either of those to whom it was handed at once',
      [['unit', 'command', null], there],
      forScope(circle),
      [],
    ],
    ['as before, whatever others claim of it', [there, [other, 'command', null]], forScope('unit'), [0]],
    ['by the naming that has its key', [furtherToo], forScope('unit'), ['act 0 more']],
    ['by the first naming of an act, for a single device', [furtherToo], device, [0]],
    ['by the further naming of an act, and a later act', [furtherToo, there], forScope('unit'), ['act 0 more', 1]],
    ['not, by a further naming of an act that was stopped', [furtherStopped], forScope('unit'), []],
    // It follows who has the stream, and not each act that stands, nor the order of the log.
    ['still, when others claim to have given it back', [there, [other, 'unit', null]], forScope('unit'), [0]],
    [
      'still, when others claim to have handed it to those who gave it back',
      [there, back, [other, circle, null]],
      forScope(circle),
      [1],
    ],
    ['not, for a single device, by an act of others', [[other, 'command', null]], device, []],
    ['not, for those whom others claim to have had it', [[circle, 'command', null]], forScope(circle), []],
    ['not, for those who have it in another place', [there, there, [circle, 'command', 1]], forScope(circle), []],
    [
      'not, for those to whom it was given back, when another handed it on not knowing',
      [there, back, ['unit', 'command', null]],
      forScope('unit'),
      [],
    ],
    // Not by what they had back since, and by all that took it from them for good.
    ['again, by the later act, handed on after it was given back', [there, back, again], forScope('unit'), [2]],
    ['again, by the later act, in a chain that led back', [...round, ['unit', other, 2]], forScope('unit'), [3]],
    [
      'not again, by the later act, which does not name its key',
      [there, back, ['unit', circle, 1, { keys: [second] }]],
      forScope('unit'),
      [],
    ],
    ['by the later act alone, where the first has another key', [thereToo, back, again], forScope('unit'), [2]],
    [
      'by the first act still, where handing it on again was stopped',
      [there, back, againStopped],
      forScope(circle),
      [1],
    ],
    ['not, given back, where handing it on again was stopped', [there, back, againStopped], forScope('unit'), []],
    [
      'by what another did not knowing, and by the later act, but not by the one that led back',
      [there, back, ['unit', 'command', null], again],
      forScope('unit'),
      [2, 3],
    ],
    [
      'for a single device, by the one that led back too',
      [there, back, ['unit', 'command', null], again],
      device,
      [0, 1, 2, 3],
    ],
    [
      'by none that led back in one of two places',
      [there, [circle, 'command', 0], [circle, 'unit', 0], ['unit', other, 2]],
      forScope('unit'),
      [3],
    ],
  ])('%s', check);

  test('with all that is known of each naming', () => {
    const roster = acts([['unit', circle, null, { keys: [second, first], confirmedBy: somebody }], there]);
    const namings = namingsAgainst(roster, { key: first, stream, to: forScope('unit'), beside: stream }, 'unit');
    expect(namings).toEqual([
      { entry: 'act 0', by: somebody, keys: [second, first], confirmedBy: somebody },
      { entry: 'act 1', by: somebody, keys: [first], confirmedBy: null },
    ]);
  });
});

type NamedCase = readonly [what: string, hands: readonly Hand[], to: BoxReader, wasEver: boolean];

describe('a box that is gone was named', () => {
  test.each<NamedCase>([
    ['not, where nothing was withdrawn', [], forScope('unit'), false],
    ['for those who had the stream', [there], forScope('unit'), true],
    ['not, of a key that is not named', [thereToo], forScope('unit'), false],
    ['also when the stream was given back since', [there, back], forScope('unit'), true],
    ['also when a chain led back', round, forScope('unit'), true],
    ['also when the stream was given back, by a further naming', [furtherToo, back], forScope('unit'), true],
    [
      'also when it was given back with other keys',
      [there, [circle, 'unit', 0, { keys: [second] }]],
      forScope('unit'),
      true,
    ],
    [
      'also when another handed it on, not knowing that it was given back',
      [there, back, ['unit', 'command', null]],
      forScope('unit'),
      true,
    ],
    ['for those who have it in another place', [there, there, [circle, 'command', 1]], forScope(circle), true],
    ['for those who have it again', [there, back, again], forScope(circle), true],
    ['for those from whom it was taken again', [there, back, again], forScope('unit'), true],
    [
      'not, for those who have it again, by others with their key',
      [there, [circle, 'unit', 0, { keys: [second] }]],
      forScope(circle),
      false,
    ],
    ['for a newer key of theirs', [there, back], { generation: later.id }, true],
    ['for a single device', [there, back], device, true],
    ['for a single device by whoever handed it on with its key', [thereToo, back], device, true],
    ['not, for those to whom it was handed and who have it', [there], forScope(circle), false],
    ['not, for anybody else', [there, back], forScope('command'), false],
    ['not, for a key that the roster does not name', [there, back], unknown, false],
    ['not, by what was stopped', [thereStopped], forScope('unit'), false],
    ['not, by what was stopped, for a single device', [thereStopped], device, false],
    ['not, by others who claim to have it', [[circle, 'command', null]], forScope(circle), false],
    ['not, by others who claim to have it, for a single device', [[circle, 'command', null]], device, false],
    ['not, by others who claim that it was given back', [thereToo, [other, 'unit', 0]], forScope('unit'), false],
  ])('%s', (_, hands, to, wasEver) => {
    expect(wasNamed(acts(hands), { key: first, stream, to, beside: stream }, 'unit')).toBe(wasEver);
    expect(wasNamed(acts(hands), { key: first, stream: beside, to, beside }, 'unit')).toBe(false);
  });

  test('by acts that count for the stream as it was begun, whomever for', () => {
    const roster = acts(round);
    for (const scope of [circle, 'command'] as const) {
      for (const to of [device, forScope('unit'), forScope(scope)]) {
        const box = { key: first, stream, to, beside: stream };
        expect([namingsAgainst(roster, box, scope), wasNamed(roster, box, scope)]).toEqual([[], false]);
      }
    }
  });
});

type ComingCase = readonly [what: string, hands: readonly Hand[], to: BoxReader, isRefused: boolean];

describe('a box that comes now is', () => {
  const check = (_: string, hands: readonly Hand[], to: BoxReader, isRefused: boolean) => {
    expect(isForFormerReaders(acts(hands), { stream, to, beside: stream }, 'unit')).toBe(isRefused);
    expect(isForFormerReaders(acts(hands), { stream: beside, to, beside }, 'unit')).toBe(false);
  };

  test.each<ComingCase>([
    ['for readers of a stream that is open', [], forScope('unit'), false],
    ['for a single device, of a stream that is open', [], device, false],
    ['for those who had the stream, whatever key it is of', [there], forScope('unit'), true],
    ['for a newer key of theirs', [there], { generation: later.id }, true],
    ['for a single device, of a stream that was handed on', [there], device, true],
    ['for a single device, of a stream that stays with its scope', [toSame], device, true],
    ['for the scope with which it stays', [toSame], forScope('unit'), false],
    ['for those who have it', [there], forScope(circle), false],
    ['for others', [there], forScope('command'), false],
    ['for a key that the roster does not name', [there], unknown, false],
    ['for those who had it, and that was stopped', [thereStopped], forScope('unit'), false],
    ['for those to whom it was given back', [there, back], forScope('unit'), false],
    ['for those who gave it back', [there, back], forScope(circle), true],
    ['for those who had it twice', [there, back, again], forScope('unit'), true],
    ['for those who have it twice', [there, back, again], forScope(circle), false],
    ['for those to whom a chain leads back', round, forScope('unit'), false],
    ['for those who had it in a chain', round, forScope(circle), true],
    ['for those who had it last in a chain', round, forScope('command'), true],
    ['for one of those to whom it was handed at once', [there, ['unit', 'command', null]], forScope('command'), false],
    ['for a single device, of a stream that was given back', [there, back], device, true],
    ['for a single device, of a stream whose handing on was stopped', [thereStopped], device, false],
    [
      'for those who had it, and others claim to have given it back',
      [there, [other, 'unit', null]],
      forScope('unit'),
      true,
    ],
    ['for a single device, of a stream that only others claim to have', [[other, 'command', null]], device, false],
    [
      'for those who have it, and others claim to have taken it',
      [there, [circle, 'command', null]],
      forScope(circle),
      false,
    ],
    ['for those who have it in another place', [there, there, [circle, 'command', 1]], forScope(circle), false],
    [
      'for those to whom it was given back, and another handed it on not knowing',
      [there, back, ['unit', 'command', null]],
      forScope('unit'),
      false,
    ],
  ])('%s', check);
});

describe('the disposals of a stream', () => {
  const [one, two] = [bodiesOf('unit', [stream, beside]), bodiesOf('unit', [stream], { reason: 'erasureRequired' })];
  const byCircle = bodiesOf(circle, [stream]);
  const elsewhere: Hand = ['unit', 'command', null];

  test.each<[string, readonly AnyWithdrawal[], readonly WithdrawnBodies[], Scope?]>([
    ['are none where nothing was withdrawn', [], []],
    ['are those that name it, in their order', [one, two], [one, two]],
    ['are none that name another', [bodiesOf('unit', [beside])], []],
    ['are none by readers of another scope', [byCircle], []],
    ['are none by others than those for whom it was begun', [one, byCircle], [byCircle], circle],
    ['are none that were stopped', [{ ...one, stopped: true }, two], [two]],
    ['are no boxes', boxesOf([there]), []],
    ['are none by one of two scopes that read it', [...boxesOf([there, elsewhere]), one, byCircle], []],
    ['are by those who read it in two places', [...boxesOf([there, there]), one, byCircle], [byCircle]],
    ['are by those who read it now, not by those who read it before', [...boxesOf([there]), one, byCircle], [byCircle]],
    ['are by those to whom it was given back', [...boxesOf([there, back]), one, byCircle], [one]],
    ['are by those from whom it was taken, where that was stopped', [...boxesOf([thereStopped]), one, byCircle], [one]],
    [
      'are by its readers, whatever others claim of it',
      [...boxesOf([[circle, 'command', null]]), one, byCircle],
      [one],
    ],
  ])('%s', (_, withdrawals, expected, begunFor = 'unit') => {
    expect(disposalsOf({ withdrawals }, stream, begunFor)).toEqual(expected);
  });

  test.each<[string, readonly AnyWithdrawal[], readonly Scope[]]>([
    ['nobody, where nothing was withdrawn', [], []],
    ['those who did', [one], ['unit']],
    ['those who did, be it several', [one, byCircle, two], ['unit', circle]],
    ['nobody, of another stream', [bodiesOf('unit', [beside])], []],
    ['nobody, where that was stopped', [{ ...one, stopped: true }], []],
    ['those who did again, where that was stopped', [{ ...one, stopped: true }, two], ['unit']],
    ['nobody, where it was handed on', boxesOf([there]), []],
    ['those who did, whether or not they read it', [...boxesOf([there]), one], ['unit']],
  ])('are said to be by %s', (_, withdrawals, expected) => {
    expect(scopes.filter((scope) => isDisposedBy({ withdrawals }, stream, scope))).toEqual(expected);
  });
});

/** `acts`: by which it is handed on. */
interface History {
  readonly disposals: readonly WithdrawnBodies[];
  readonly acts: readonly WithdrawnBoxes[];
  readonly readers: readonly Scope[];
}

describe('of a stream that was disposed of, by the order of the acts', () => {
  const [toCircle, toCommand, toUnit, onward, joined] = boxesOf([
    there,
    ['unit', 'command', null, { keys: [second] }],
    [circle, 'unit', 0],
    [circle, 'command', 0],
    ['command', circle, 1],
  ]) as [WithdrawnBoxes, WithdrawnBoxes, WithdrawnBoxes, WithdrawnBoxes, WithdrawnBoxes];
  const byUnit = bodiesOf('unit', [stream]);
  const byCircle = bodiesOf(circle, [stream]);
  const byCircleToo = bodiesOf(circle, [stream, beside], { reason: 'erasureRequired' });
  const byCommand = bodiesOf('command', [stream]);
  const without = <Act extends AnyWithdrawal>(act: Act): Act => ({ ...act, stopped: true });

  test.each<[string, readonly AnyWithdrawal[], Partial<History>]>([
    [
      'those for whom it was begun did, and hand it on no more',
      [byUnit, toCircle],
      { disposals: [byUnit], readers: ['unit'] },
    ],
    ['those to whom it was handed only then never did', [byCircle, toCircle], { acts: [toCircle], readers: [circle] }],
    [
      'those who said so before it was handed to them, and since',
      [byCircle, toCircle, byCircleToo],
      { disposals: [byCircleToo], acts: [toCircle], readers: [circle] },
    ],
    [
      'those who had it never did, be it given back since',
      [toCircle, byUnit, toUnit],
      { acts: [toCircle, toUnit], readers: ['unit'] },
    ],
    [
      'one of two who read it never did, be the other place handed to them since',
      [toCircle, toCommand, byCircle, joined],
      { acts: [toCircle, toCommand, joined], readers: [circle] },
    ],
    [
      'those did to whom both places were handed before',
      [toCircle, toCommand, joined, byCircle],
      { disposals: [byCircle], acts: [toCircle, toCommand, joined], readers: [circle] },
    ],
    [
      'those who alone read it did, against a later act that knew nothing of it',
      [toCircle, byCircle, toCommand],
      { disposals: [byCircle], acts: [toCircle], readers: [circle] },
    ],
    [
      'those who alone read it did, against a later act of their own',
      [toCircle, byCircle, onward],
      { disposals: [byCircle], acts: [toCircle], readers: [circle] },
    ],
    [
      'those who alone read it did, against all acts that come later',
      [toCircle, byCircle, toCommand, joined, toUnit],
      { disposals: [byCircle], acts: [toCircle], readers: [circle] },
    ],
    [
      'none did to whom it would have been handed later',
      [toCircle, byCircle, toCommand, byCommand, byUnit],
      { disposals: [byCircle], acts: [toCircle], readers: [circle] },
    ],
    [
      'nobody did, where that was stopped: later acts count',
      [toCircle, without(byCircle), toCommand],
      { acts: [toCircle, toCommand], readers: [circle, 'command'] },
    ],
    [
      'nobody did, where that of those for whom it was begun was stopped',
      [without(byUnit), toCircle, onward],
      { acts: [toCircle, onward], readers: ['command'] },
    ],
    [
      'those did to whom it was handed, where an earlier one was stopped',
      [without(byUnit), toCircle, byCircle],
      { disposals: [byCircle], acts: [toCircle], readers: [circle] },
    ],
    [
      'they did once still, where the first of two was stopped',
      [toCircle, without(byCircle), byCircleToo, toCommand],
      { disposals: [byCircleToo], acts: [toCircle], readers: [circle] },
    ],
    [
      'they did once still, where the second of two was stopped',
      [toCircle, byCircle, without(byCircleToo), toCommand],
      { disposals: [byCircle], acts: [toCircle], readers: [circle] },
    ],
    [
      'they did as before, where a later act was stopped',
      [toCircle, byCircle, without(toCommand)],
      { disposals: [byCircle], acts: [toCircle], readers: [circle] },
    ],
    [
      'nobody did, where it was another stream',
      [bodiesOf('unit', [beside]), toCircle],
      { acts: [toCircle], readers: [circle] },
    ],
  ])('%s', (_, withdrawals, { disposals = [], acts: counting = [], readers = [] }) => {
    const roster = { withdrawals };
    expect(disposalsOf(roster, stream, 'unit')).toEqual(disposals);
    expect(handedOn(roster, stream, 'unit')).toEqual(counting);
    expect(readersNow(roster, stream, 'unit')).toEqual(readers);
  });

  test('what would hand it on later withdraws no box, until that is stopped', () => {
    const named = (withdrawals: readonly AnyWithdrawal[], to: BoxReader) => {
      const roster = { ...acts([]), withdrawals };
      const box = { key: second, stream, to, beside: stream };
      return [namingsAgainst(roster, box, 'unit').map(({ entry }) => entry), wasNamed(roster, box, 'unit')];
    };
    // A box for a single device goes with the first, which does not name its key.
    for (const [to, before] of [
      [forScope('unit'), []],
      [device, [toCircle.entry]],
    ] as const) {
      expect(named([toCircle, byCircle, toCommand], to)).toEqual([before, before.length > 0]);
      expect(named([toCircle, without(byCircle), toCommand], to)).toEqual([[...before, toCommand.entry], true]);
      expect(named([toCircle, toCommand, byCircle], to)).toEqual([[...before, toCommand.entry], true]);
    }
  });
});
