import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { v4, v7 } from 'uuid';
import { beforeAll, expect, test } from 'vitest';
import type { SigningKey } from '#shared/crypto/signing.ts';
import { applyToRoster, type RosterStep } from '#shared/domain/membership/apply-to-roster.ts';
import { roleIds } from '#shared/domain/policy/policy.ts';
import type { DataOf } from '#shared/domain/registry/registry.ts';
import { isRecoveryKey, recoveryKeysOf, wasRecoveryKey } from '#shared/domain/unit/recovery.ts';
import {
  type BoxedGeneration,
  currentGeneration,
  deviceOf,
  type MaybeRoster,
  memberOf,
  memberOfId,
  type RecoveryKeys,
  type Roster,
  supervisorsOf,
} from '#shared/domain/unit/roster.ts';
import { entitledTo, isRotationOwed, pastOf } from '#shared/domain/unit/scope-keys.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import {
  type AnyWithdrawal,
  disposalsOf,
  handedOn,
  type NamedKeys,
  readersNow,
  type WithdrawnBoxes,
} from '#shared/domain/unit/withdrawals.ts';
import type {
  AuthorKey,
  CircleId,
  Digest,
  EntryId,
  EventId,
  GenerationId,
  MemberId,
  StreamId,
} from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import type { Result } from '#shared/kernel/result.ts';
import { consentToRenewal, proveDevice } from '#shared/log/device-proof.ts';
import { createRosterEntry, type Entry } from '#shared/log/entry.ts';
import { type Generation, makeGeneration } from '#shared/log/generation.ts';
import { makeRecoveryKey, proveRecovery } from '#shared/log/recovery-key.ts';
import { foldRosterEntries, readRosterEntry, rosterGround } from '#shared/log/roster-entry.ts';
import { seenNothing } from '#shared/log/seen.ts';
import { formatLabel, type WholeBox } from '#shared/log/wire-box.ts';
import { patience, sample } from '#tests/support/effort.ts';
import { type MadeMember, makeMember } from '#tests/support/made-roster.ts';
import { newRosterUnit, type RosterUnit } from '#tests/support/roster-unit.ts';

/*
 * A few members with a dozen devices, of which anyone signs anything at any time, be it allowed or not. What must hold of
 * the roster then holds of every unit.
 */

const memberCount = 6;
const deviceCount = 12;

const member = fc.nat(memberCount - 1);
const device = fc.nat(deviceCount - 1);
/** The first devices are those that come to act. */
const by = fc.oneof({ weight: 4, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: device });
const isBoxed = fc.nat(3).map((number) => number > 0);
const role = fc.oneof({ weight: 3, arbitrary: fc.constant('supervisor') }, fc.constantFrom(...roleIds));
const whose = fc.oneof(fc.record({ member: fc.nat(4) }), fc.record({ device: by }));
const standing = fc.constantFrom(
  ...['membership.suspended', 'membership.suspended', 'membership.restored', 'membership.restored', 'membership.ended'],
);
/** Who signs at once what waits for a second signature. */
const second = fc.option(by);
/** Mostly the last that there is. */
const which = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(3) });
const scope = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(4) });
/** Some of a few, by its bits. */
const some = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 7 }) },
  { weight: 1, arbitrary: fc.constant(0) },
);
const actType = fc.constantFrom('unit.founded', 'member.admitted', 'device.bound', 'role.changed', 'act.seconded');

const step = fc.oneof(
  { weight: 1, arbitrary: fc.record({ do: fc.constant('found' as const), by, honest: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('admit' as const), by, member, device, role, second }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('bind' as const), by, member, device, second }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('renew' as const), by: device, replaces: by, isHonest: isBoxed, second }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('changeRole' as const), by, member, role, second }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('stand' as const), by, type: standing, whose, second }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('grant' as const), by, device: by, isBoxed }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('rotate' as const), by, to: fc.nat(9), late: fc.nat(3), boxed: fc.nat(7) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('carry' as const), by, which: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('unopened' as const), by, late: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('open' as const), by, to: fc.nat(9), scope: fc.nat(2), also: by }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('second' as const), by, which: fc.nat(3) }) },
  {
    weight: 7,
    arbitrary: fc.record({
      ...{ do: fc.constant('handOver' as const), by, stream: fc.nat(1), from: scope, to: fc.nat(4), keys: some },
      after: fc.option(which, { freq: 1 }),
      twice: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('extend' as const), by, which, keys: some, twice: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('confirm' as const), by, which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('stop' as const), by, which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('dispose' as const), by, scope, streams: some, second }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('bindRecovery' as const), by, key: fc.nat(2), second }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('permit' as const), by, member: fc.option(fc.nat(4)), second }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('recover' as const), by, key: fc.nat(2), member: fc.nat(4), device }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('reopen' as const), by, key: fc.nat(2), to: fc.nat(9), also: by }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('again' as const), by: device, which: fc.nat(60) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('anything' as const), by, type: actType, data: fc.jsonValue() }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

/** The first acts of a unit: without them, most sequences would come to nothing. */
const opening: readonly Step[] = [
  { do: 'found', by: 0, honest: true },
  { do: 'admit', by: 0, member: 1, device: 1, role: 'supervisor', second: null },
  { do: 'admit', by: 0, member: 2, device: 2, role: 'supervisor', second: 1 },
  { do: 'admit', by: 0, member: 3, device: 3, role: 'analyst', second: 2 },
];
/** With scopes beside the unit's, and readers of each: else hardly anything would be handed on. */
const settled: readonly Step[] = [
  ...opening,
  { do: 'grant', by: 0, device: 1, isBoxed: true },
  { do: 'grant', by: 0, device: 2, isBoxed: true },
  { do: 'grant', by: 0, device: 3, isBoxed: true },
  { do: 'open', by: 0, to: 10, scope: 2, also: 1 },
  { do: 'open', by: 0, to: 11, scope: 1, also: 1 },
  { do: 'open', by: 1, to: 12, scope: 0, also: 3 },
];
const plan = fc.record({
  opened: fc.oneof(
    { weight: 1, arbitrary: fc.nat(settled.length) },
    { weight: 2, arbitrary: fc.constant(opening.length) },
    { weight: 3, arbitrary: fc.constant(settled.length) },
  ),
  steps: fc.array(step, { minLength: 20, maxLength: 60 }),
  /** As many entries come at once to who goes on from a roster that they kept. */
  page: fc.integer({ min: 1, max: 9 }),
});
type Plan = typeof plan extends fc.Arbitrary<infer Each> ? Each : never;

let world: RosterUnit;
let ids: readonly MemberId[];
let devices: readonly MadeMember[];
/** Keys that a scope may come to have; the last are those of the scopes that are opened at first. */
let pool: readonly Generation[];
/** Recovery keys that are bound, and may be tried by whoever has their shares. */
let recoveries: readonly { readonly signing: SigningKey; readonly keys: RecoveryKeys }[];
/** Of each member and device. */
const proofs = new Map<string, string>();
/** Of each member, device and key that it replaces. */
const consents = new Map<string, string>();

beforeAll(async () => {
  world = await newRosterUnit();
  const others = await Promise.all(Array.from({ length: deviceCount - 1 }, () => makeMember(world.unit)));
  devices = [world.founder, ...others];
  ids = [world.founder.id, ...others.map(({ id }) => id)].slice(0, memberCount);
  pool = await Promise.all(Array.from({ length: 13 }, () => makeGeneration()));
  const made = await Promise.all([1, 2, 3].map(makeRecoveryKey));
  recoveries = await Promise.all(
    made.map(async (each) => ({ signing: each.signing, keys: await proveRecovery(world.unit, each) })),
  );
  for (const id of ids) {
    for (const { key, device: keys } of devices) {
      const binding = { unit: world.unit, member: id, device: keys };
      proofs.set(id + key.author, await proveDevice(binding, key));
      for (const { key: old } of devices)
        consents.set(id + key.author + old.author, await consentToRenewal(binding, old));
    }
  }
});

const idOf = (index: number): MemberId => ids[index] as MemberId;
const holderOf = (index: number): MadeMember => devices[index] as MadeMember;
const authorOf = (index: number) => holderOf(index).device.author;
const keysFor = (index: number, id: MemberId) => {
  const { author, sealingKey } = holderOf(index).device;
  return { author, sealingKey, proof: proofs.get(id + author) ?? '' };
};

/** A fold does not open what it is shown. */
const boxFor = (generation: GenerationId, to: BoxedGeneration['to']): WholeBox => ({
  label: formatLabel({ generation, stream: world.stream, to }),
  sealed: new Uint8Array(60),
});
/** For the recovery key that is bound, if there is one. */
const boxesForRecovery = (generation: GenerationId, roster: MaybeRoster): readonly WholeBox[] =>
  roster?.recovery ? [boxFor(generation, { recovery: roster.recovery.author })] : [];
const currentIn = (roster: MaybeRoster): GenerationId => currentGeneration(roster, 'unit')?.id ?? world.generation.id;

/** Scopes that come to be opened: a circle, one that a supervisor holds, and all members'. */
const opened = [v4(), 'command', 'everyone'] as [CircleId, 'command', 'everyone'];
/** The unit's own and those; the last is never opened. */
const scopes: readonly Scope[] = ['unit', ...opened, 'contact'];

/** That are withdrawn. */
const streams = [v4(), v4(), v4()] as StreamId[];
const someOf = <Each>(few: readonly Each[], bits: number): Each[] =>
  few.filter((_, index) => (bits >> index) % 2 === 1);
/** Content keys and chunks. */
const few = ['A', 'E', 'I'].map((letter) => letter.repeat(43));

const keysOf = (bits: number) => someOf(few, bits).map((key) => `${key}.${key}`);
const saidOf = (keys: readonly string[], twice: boolean) => (twice ? [...keys, ...keys] : [...keys]);

/** A content key for all who hold the scope's key. */
const keyFor = (roster: MaybeRoster, key: string, stream: StreamId, to: Scope): WholeBox => {
  const generation = currentGeneration(roster, to)?.id ?? world.generation.id;
  return { label: formatLabel({ key, stream, to: { generation }, by: 'secret' }), sealed: new Uint8Array(60) };
};

interface Written {
  readonly type: string;
  readonly data: unknown;
  readonly boxes?: readonly WholeBox[];
}

function write(each: Exclude<Step, { do: 'again' }>, roster: MaybeRoster): Written {
  switch (each.do) {
    case 'found': {
      const founder = each.honest ? world.founder.id : idOf(each.by % memberCount);
      const founding = world.founding({ founder, device: keysFor(each.by, founder) });
      return { ...founding, boxes: [boxFor(world.generation.id, { device: authorOf(each.by) })] };
    }
    case 'admit': {
      const id = idOf(each.member);
      return {
        type: 'member.admitted',
        data: { member: id, role: each.role, device: keysFor(each.device, id) },
      };
    }
    case 'bind': {
      const id = idOf(each.member);
      return { type: 'device.bound', data: { member: id, device: keysFor(each.device, id) } };
    }
    case 'renew': {
      const [replaces, id] = [authorOf(each.replaces), deviceOf(roster, authorOf(each.replaces))?.member ?? idOf(0)];
      const device = keysFor(each.by, id);
      // Sometimes by a key that it does not name.
      const by = each.isHonest ? replaces : authorOf((each.replaces + 1) % deviceCount);
      const data = { member: id, replaces, device, consent: consents.get(id + device.author + by) };
      return { type: 'device.renewed', data, boxes: [boxFor(currentIn(roster), { device: device.author })] };
    }
    case 'changeRole':
      return { type: 'role.changed', data: { member: idOf(each.member), role: each.role } };
    case 'stand': {
      const { type, whose: of } = each;
      return { type, data: 'member' in of ? { member: idOf(of.member) } : { device: authorOf(of.device) } };
    }
    case 'grant': {
      const data = { scope: 'unit', device: authorOf(each.device) };
      return {
        type: 'scope.granted',
        data,
        boxes: each.isBoxed ? [boxFor(currentIn(roster), { device: authorOf(each.device) })] : [],
      };
    }
    case 'rotate':
      return writeRotation(each, roster);
    case 'unopened': {
      const generation = each.late === 0 ? world.generation.id : currentIn(roster);
      return { type: 'generation.unopened', data: { scope: 'unit', generation } };
    }
    case 'open': {
      const { id, sealing } = pool[each.to] as Generation;
      const readers = new Set([each.by, each.also].map(authorOf));
      const beside = [...readers].map((author) => boxFor(id, { device: author }));
      const data = { scope: opened[each.scope], generation: { id, publicKey: sealing.publicKey } };
      return { type: 'scope.opened', data, boxes: beside };
    }
    case 'carry': {
      const { id } = pool[each.which] as Generation;
      const beside = [boxFor(id, { generation: currentIn(roster) })];
      return { type: 'generation.carried', data: { scope: 'unit', generation: id }, boxes: beside };
    }
    case 'bindRecovery':
    case 'permit':
    case 'recover':
    case 'reopen':
      return writeRecovery(each, roster);
    case 'handOver':
    case 'extend':
    case 'confirm':
    case 'stop':
    case 'dispose':
      return writeWithdrawal(each, roster);
    case 'second': {
      const entry = roster?.proposals.at(-1 - each.which)?.entry ?? noEntry();
      return { type: 'act.seconded', data: { entry } };
    }
    default:
      return { type: each.type, data: each.data };
  }
}

function writeRotation(each: Extract<Step, { do: 'rotate' }>, roster: MaybeRoster): Written {
  const { id, sealing } = pool[each.to] as Generation;
  const generations = roster?.generations ?? [];
  // Mostly the one that counts; sometimes one that was replaced before.
  const replaces = each.late === 0 ? (generations[0]?.id ?? world.generation.id) : currentIn(roster);
  const readers = roster ? entitledTo(roster, 'unit') : [];
  const boxed = each.boxed === 0 ? readers.slice(1) : readers;
  const beside = boxed.map(({ author }) => boxFor(id, { device: author }));
  const data = { scope: 'unit', replaces, generation: { id, publicKey: sealing.publicKey } };
  const past = roster && pastOf(roster, 'unit', replaces, authorOf(each.by));
  const under = boxFor(past?.id ?? replaces, { generation: id });
  // Now and then by who does not know of the recovery key.
  const forRecovery = each.boxed === 1 ? [] : boxesForRecovery(id, roster);
  return { type: 'scope.rotated', data, boxes: [...beside, ...forRecovery, under] };
}

type Recovering = Extract<Step, { do: 'bindRecovery' | 'permit' | 'recover' | 'reopen' }>;

function writeRecovery(each: Recovering, roster: MaybeRoster): Written {
  switch (each.do) {
    case 'bindRecovery':
      return { type: 'recovery.bound', data: { recovery: recoveries[each.key]?.keys } };
    case 'permit': {
      const use = each.member === null ? { scope: 'unit' } : { member: idOf(each.member) };
      return { type: 'recovery.permitted', data: { for: use } };
    }
    case 'recover': {
      const id = idOf(each.member);
      return { type: 'device.bound', data: { member: id, device: keysFor(each.device, id) } };
    }
    default: {
      const { id, sealing } = pool[each.to] as Generation;
      const readers = new Set([each.by, each.also].map(authorOf));
      const boxes = [...readers].map((author) => boxFor(id, { device: author }));
      const replaces = currentIn(roster);
      const data = { scope: 'unit', replaces, generation: { id, publicKey: sealing.publicKey } };
      const under = boxFor(replaces, { generation: id });
      return { type: 'scope.rotated', data, boxes: [...boxes, ...boxesForRecovery(id, roster), under] };
    }
  }
}

type Withdrawing = Extract<Step, { do: 'handOver' | 'extend' | 'confirm' | 'stop' | 'dispose' }>;

function writeWithdrawal(each: Withdrawing, roster: MaybeRoster): Written {
  switch (each.do) {
    case 'handOver': {
      const stream = streams[each.stream] as StreamId;
      const built = each.after === null ? null : handedOver(roster, stream).at(-1 - each.after);
      const from = built && each.from === 0 ? built.to : (scopes[each.from] as Scope);
      const to = scopes[each.to] as Scope;
      const keys = keysOf(each.keys);
      const data = { stream, from, to, after: built?.event ?? null, keys: saidOf(keys, each.twice), replies: [] };
      return { type: 'boxes.withdrawn', data, boxes: keys.map((key) => keyFor(roster, key, stream, to)) };
    }
    case 'extend': {
      const keys = keysOf(each.keys);
      const data = { withdrawal: withdrawn(roster, each.which), keys: saidOf(keys, each.twice) };
      const boxes = keys.map((key) => keyFor(roster, key, streams[0] as StreamId, 'unit'));
      return { type: 'withdrawal.extended', data, boxes };
    }
    case 'confirm':
      return { type: 'withdrawal.confirmed', data: { naming: namedBy(roster, each.which) } };
    case 'stop':
      return { type: 'withdrawal.stopped', data: { withdrawal: withdrawn(roster, each.which) } };
    default: {
      const data = {
        scope: scopes[each.scope],
        streams: someOf(streams, each.streams),
        blobs: someOf(few, each.streams),
      };
      return { type: 'bodies.withdrawn', data: { ...data, reason: 'retentionEnded' } };
    }
  }
}

/** A digest that no entry has. */
const noEntry = () => world.generation.id;

const handedOver = (roster: MaybeRoster, stream: StreamId) =>
  (roster?.withdrawals ?? []).flatMap((each) => (each.kind === 'boxes' && each.stream === stream ? [each] : []));
const namedBy = (roster: MaybeRoster, number: number) => {
  const namings = (roster?.withdrawals ?? []).flatMap((each) => (each.kind === 'boxes' ? each.named : []));
  return namings.at(-1 - number)?.entry ?? noEntry();
};
const withdrawn = (roster: MaybeRoster, number: number) => roster?.withdrawals.at(-1 - number)?.entry ?? noEntry();

const at = '2026-11-20T10:00:00.000Z';

/** Who signs a step. */
function signerOf(each: Step): SigningKey {
  const isRecovery = each.do === 'recover' || each.do === 'reopen';
  return isRecovery ? (recoveries[each.key]?.signing as SigningKey) : holderOf(each.by).key;
}

function sign(each: Step, { type, data, boxes: beside = [] }: Written): Promise<Entry> {
  const place = { id: v7() as EntryId, unit: world.unit, stream: world.stream, prev: null, seen: seenNothing };
  const event = { id: v7() as EventId, type, v: 1, at, data };
  return createRosterEntry({ place, event, boxes: beside }, signerOf(each));
}

/** What changes in place what it was given, throws. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const each of Object.values(value)) frozen(each);
  return Object.freeze(value);
}

interface Taken {
  readonly entry: Entry;
  readonly before: MaybeRoster;
  readonly step: RosterStep;
  readonly next: Result<Roster, Refusal>;
}

interface Run {
  readonly entries: readonly Entry[];
  readonly taken: readonly Taken[];
  /** After each entry. */
  readonly rosters: readonly MaybeRoster[];
  readonly last: MaybeRoster;
  readonly page: number;
}

/** On a roster that cannot be changed in place. Null for what is no act. */
async function take(entry: Entry, before: MaybeRoster): Promise<Taken | null> {
  const read = await readRosterEntry(entry);
  if (!read.ok) return null;
  const { step: done } = read.value;
  frozen(done.data);
  return { entry, before, step: done, next: applyToRoster(frozen(before), done, rosterGround(world.pinned)) };
}

async function run({ opened: begun, steps, page }: Plan): Promise<Run> {
  const entries: Entry[] = [];
  const taken: Taken[] = [];
  const rosters: MaybeRoster[] = [];
  let roster: MaybeRoster = null;
  const left = [...settled.slice(0, begun), ...steps];
  for (let each = left.shift(); each; each = left.shift()) {
    const again = each.do === 'again' ? entries[each.which] : null;
    if (each.do === 'again' && !again) continue;
    const entry: Entry = again ?? (await sign(each, write(each as Exclude<Step, { do: 'again' }>, roster)));
    const done: Taken | null = await take(entry, roster);
    const after: MaybeRoster = done?.next.ok ? done.next.value : roster;
    const waits = (after?.proposals.length ?? 0) > (roster?.proposals.length ?? 0);
    if (waits && 'second' in each && each.second !== null) left.unshift({ do: 'second', by: each.second, which: 0 });
    roster = after;
    entries.push(entry);
    rosters.push(roster);
    if (done) taken.push(done);
  }
  return { entries, taken, rosters, last: roster, page };
}

/** One sequence in which each kind of act counts. */
const everyKind = {
  opened: opening.length,
  page: 3,
  steps: [
    { do: 'grant', by: 0, device: 1, isBoxed: true },
    { do: 'bind', by: 3, member: 3, device: 4, second: null },
    { do: 'changeRole', by: 0, member: 3, role: 'reviewer', second: 1 },
    { do: 'stand', by: 0, type: 'membership.suspended', whose: { member: 3 }, second: null },
    { do: 'stand', by: 0, type: 'membership.restored', whose: { member: 3 }, second: 1 },
    { do: 'stand', by: 0, type: 'membership.ended', whose: { member: 3 }, second: 1 },
    { do: 'rotate', by: 0, to: 0, late: 1, boxed: 1 },
    { do: 'rotate', by: 0, to: 1, late: 0, boxed: 1 },
    { do: 'carry', by: 0, which: 1 },
    { do: 'open', by: 0, to: 3, scope: 2, also: 0 },
    { do: 'unopened', by: 1, late: 1 },
    { do: 'rotate', by: 1, to: 2, late: 1, boxed: 1 },
    { do: 'carry', by: 0, which: 0 },
    { do: 'open', by: 0, to: 4, scope: 0, also: 1 },
    { do: 'handOver', by: 0, stream: 0, from: 0, to: 1, after: null, keys: 3, twice: true },
    { do: 'confirm', by: 1, which: 0 },
    { do: 'extend', by: 0, which: 0, keys: 7, twice: true },
    { do: 'confirm', by: 1, which: 0 },
    { do: 'handOver', by: 1, stream: 0, from: 0, to: 0, after: 0, keys: 3, twice: false },
    { do: 'stop', by: 0, which: 0 },
    { do: 'dispose', by: 0, scope: 0, streams: 6, second: 1 },
    // Handed on as by one who does not know that those to whom it was handed disposed of it.
    { do: 'dispose', by: 0, scope: 1, streams: 1, second: 1 },
    { do: 'handOver', by: 0, stream: 0, from: 0, to: 1, after: null, keys: 3, twice: false },
    { do: 'bindRecovery', by: 0, key: 0, second: 1 },
    { do: 'permit', by: 0, member: 2, second: 1 },
    { do: 'recover', by: 0, key: 0, member: 2, device: 5 },
    { do: 'rotate', by: 0, to: 5, late: 1, boxed: 2 },
    { do: 'bindRecovery', by: 0, key: 1, second: 1 },
  ] satisfies readonly Step[],
};

const always = (check: (run: Run) => unknown) =>
  fc.assert(
    fc.asyncProperty(plan, async (each) => {
      await check(await run(each));
    }),
    { ...sample(10), examples: [[everyKind]] },
  );
const limits = { timeout: patience(120_000) };

test('folded one by one, all at once, or without what was refused, it is the same', limits, () =>
  always(async ({ entries, taken, last }) => {
    const counted = taken.flatMap(({ entry, next }) => (next.ok ? [entry] : []));
    for (const some of [entries, counted]) {
      expect(await foldRosterEntries(world.unit, some, world.pinned)).toEqual({ ok: true, value: last });
    }
  }),
);

test('folded from a roster that was kept, by what came since, it is the same at each point', limits, () =>
  always(async ({ entries, rosters, page }) => {
    let kept: MaybeRoster = null;
    for (let from = 0; from < entries.length; from += page) {
      const since = entries.slice(from, from + page);
      const folded = await foldRosterEntries(world.unit, since, world.pinned, kept);
      expect(folded).toEqual({ ok: true, value: rosters[from + since.length - 1] });
      // As it was stored.
      kept = folded.ok ? JSON.parse(JSON.stringify(folded.value)) : null;
    }
  }),
);

type Counted = Taken & { readonly after: Roster };

/** A unit that is founded stays so: it has a supervisor in force, and what the founding said. */
function checkFounded({ before, after }: Counted): void {
  expect(supervisorsOf(after).length).toBeGreaterThan(0);
  if (!before) return;
  const { stream, policyStream, endpointKey, founder } = before;
  expect(after).toMatchObject({ stream, policyStream, endpointKey, founder });
}

/** No key is taken out, and what counted counts. Only one that replaces the current one becomes current. */
function checkGenerations({ before, after, step: { author } }: Counted): void {
  const kept = after.generations.slice(0, before?.generations.length ?? 0);
  expect(kept.map(({ id, counts }) => [id, counts])).toEqual(
    before?.generations.map(({ id, counts }) => [id, counts]) ?? [],
  );
  expect(new Set(after.generations.map(({ id }) => id)).size).toBe(after.generations.length);
  if (!before || currentIn(before) === currentIn(after)) return;
  // Who holds the shares of the recovery key opens it, if there is one.
  expect(currentGeneration(after, 'unit')?.recovery).toBe(before.recovery?.author ?? null);
  expect(isRotationOwed(after, 'unit')).toBe(false);
  if (isRecoveryKey(before, author)) {
    expect(entitledTo(before, 'unit')).toEqual([]);
    return;
  }
  // Whoever holds the new one is in force, and was granted the one before.
  for (const { author, granted } of after.devices) {
    if (!granted.includes('unit')) continue;
    expect(memberOf(after, author)).not.toBeNull();
    expect(deviceOf(before, author)?.granted).toContain('unit');
  }
  // Nothing of the past is lost: each key lies under a later one, or is known to lie aside.
  const [made] = after.generations.slice(-1);
  const past = pastOf(before, 'unit', currentIn(before), made?.by as AuthorKey);
  const replaced = after.generations.find(({ id }) => id === currentIn(before));
  expect(replaced?.aside).toBe(past?.id !== replaced?.id);
}

/**
 * What was withdrawn stays on record, in its order. It can be stopped, its keys confirmed by one, and further keys named: none
 * of that is ever taken back.
 */
function checkWithdrawals(counted: Counted): void {
  const { before, after, step: done } = counted;
  const known = before?.withdrawals ?? [];
  for (const [index, each] of known.entries()) {
    const now = after.withdrawals[index] as AnyWithdrawal;
    if (isDeepStrictEqual(now, each)) continue;
    const by = done.definition.type;
    if (by === 'withdrawal.stopped') expect([each.stopped, now]).toEqual([false, { ...each, stopped: true }]);
    else checkBoxes(each as WithdrawnBoxes, now as WithdrawnBoxes, counted);
  }
  const added = after.withdrawals.slice(known.length);
  expect(added.length).toBeLessThan(2);
  for (const each of added) {
    const from = each.kind === 'boxes' ? 'boxes.withdrawn' : 'act.seconded';
    expect([each.entry, done.definition.type, each.stopped]).toEqual([done.hash, from, false]);
    if (each.kind !== 'boxes') continue;
    expect(each.named).toEqual([{ entry: each.entry, by: each.by, keys: expect.any(Array), confirmedBy: null }]);
  }
  for (const each of after.withdrawals) if (each.kind === 'boxes') checkNamings(each);
}

/** A key is named once, and no naming is of none. */
function checkNamings({ named }: WithdrawnBoxes): void {
  const keys = named.flatMap((each) => each.keys);
  expect(new Set(keys).size).toBe(keys.length);
  expect(named.every((each) => each.keys.length > 0)).toBe(true);
  expect(new Set(named.map(({ entry }) => entry)).size).toBe(named.length);
}

/** What is handed on has one more naming, of who acts, and none less; or one is confirmed now, by who acts. */
function checkBoxes(known: WithdrawnBoxes, { named, ...now }: WithdrawnBoxes, { before, step: done }: Counted): void {
  const { named: first, ...stays } = known;
  expect(now).toEqual(stays);
  const by = before && memberOf(before, done.author)?.id;
  if (done.definition.type === 'withdrawal.extended') {
    const further = { entry: done.hash, by, keys: expect.any(Array), confirmedBy: null };
    expect(named).toEqual([...first, further]);
    return;
  }
  expect([done.definition.type, by]).toEqual(['withdrawal.confirmed', expect.any(String)]);
  // Who confirmed it first stays, and nobody confirms their own. Others than its readers confirm only what none of those can.
  const readers = before ? entitledTo(before, known.to) : [];
  const mayConfirm = (each: NamedKeys) =>
    readers.some(({ author }) => author === done.author) || readers.every(({ member: of }) => of === each.by);
  const { naming } = done.data as { readonly naming: Digest };
  const confirmed = first.find(({ entry }) => entry === naming);
  expect(confirmed && confirmed.by !== by && mayConfirm(confirmed)).toBe(true);
  const after = (each: NamedKeys) => (each === confirmed && !each.confirmedBy ? { ...each, confirmedBy: by } : each);
  expect(named).toEqual(first.map(after));
}

/** Acts that are confirmed or extended are the same. */
const historyIn = (roster: Roster, stream: StreamId, first: Scope) => ({
  handed: handedOn(roster, stream, first).map(({ entry }) => entry),
  disposals: disposalsOf(roster, stream, first),
});

/**
 * What counts for a stream goes on counting, whatever comes later, but for a stop. What was disposed of is not handed on, and
 * those who alone read it did so.
 */
function checkHistory({ before, after, step: done }: Counted): void {
  if (!before || done.definition.type === 'withdrawal.stopped') return;
  for (const stream of streams) {
    for (const first of scopes) {
      const [was, is] = [historyIn(before, stream, first), historyIn(after, stream, first)];
      expect(is.handed.slice(0, was.handed.length)).toEqual(was.handed);
      expect(is.disposals.slice(0, was.disposals.length)).toEqual(was.disposals);
      if (was.disposals.length > 0) expect(is.handed).toEqual(was.handed);
      for (const each of is.disposals) expect(readersNow(after, stream, first)).toEqual([each.scope]);
    }
  }
}

/** Nobody withdraws alone what needs two, and nobody confirms what they named. */
function checkTwoWithdrew({ before, after, step: { author } }: Counted): void {
  const by = before && memberOf(before, author)?.id;
  for (const [index, each] of after.withdrawals.entries()) {
    if (each.kind === 'boxes') for (const naming of each.named) expect(naming.confirmedBy).not.toBe(naming.by);
    if (before && index >= before.withdrawals.length) expect(each.by === by).toBe(each.kind === 'boxes');
  }
}

/** Nobody is taken out; who ended stays so, and a key is bound to whom it was bound. */
function checkKept({ before, after }: Counted): void {
  for (const each of before?.members ?? []) {
    const kept = memberOfId(after, each.id);
    expect(kept).toEqual(each.standing === 'ended' ? each : expect.objectContaining({ id: each.id }));
  }
  for (const each of before?.devices ?? []) {
    const { sealingKey, member: of } = each;
    const kept = deviceOf(after, each.author);
    const stays = each.standing === 'ended' ? { standing: 'ended' } : {};
    expect(kept).toMatchObject({ sealingKey, member: of, ...stays });
  }
}

/** A member and a key come once: a key to sign, and one to receive. */
function checkOnce({ after }: Counted): void {
  const { members, devices: bound } = after;
  const lists = [members.map(({ id }) => id), bound.map(({ author }) => author), bound.map((each) => each.sealingKey)];
  for (const list of lists) expect(new Set<string>(list).size).toBe(list.length);
  for (const key of Object.values(world.keys)) expect(lists.flat()).not.toContain(key);
  const ofRecovery = recoveryKeysOf(after).flatMap(({ author, sealingKey }) => [author, sealingKey]);
  expect(new Set<string>(ofRecovery).size).toBe(ofRecovery.length);
  for (const key of ofRecovery) expect(lists.flat()).not.toContain(key);
}

/**
 * Only who is in force acts; and members change only with a supervisor among those who signed. Of anybody else who is bound
 * a key may be known, which counts for nothing.
 */
function checkActor({ before, after, step: { author, definition, data } }: Counted): void {
  if (!before) return;
  if (wasRecoveryKey(before, author)) return;
  const actor = memberOf(before, definition.actsFor?.(data) ?? author);
  if (!actor) {
    const { generations, events: _, ...rest } = after;
    expect(before).toMatchObject(rest);
    expect(generations.slice(0, -1)).toEqual(before.generations);
    expect(generations.at(-1)).toMatchObject({ by: author, counts: false, aside: true });
    return;
  }
  if (isDeepStrictEqual(before.members, after.members)) return;
  const gone = before.proposals.filter(({ entry }) => !after.proposals.some((each) => each.entry === entry));
  const signers = [actor, ...gone.map((proposal) => memberOf(before, proposal.author))];
  expect(signers.map((each) => each?.role)).toContain('supervisor');
  expect(signers).not.toContain(null);
}

/**
 * A device comes in the place of another of its member, which signed that and ends; and by two members, where there are two.
 * What only waits changes no device.
 */
function checkRenewed({ before, after, step: { definition, data } }: Counted): void {
  if (!before) return;
  const gone = before.proposals.find(({ entry }) => !after.proposals.some((each) => each.entry === entry));
  const waited = definition.type === 'act.seconded' && gone?.type === 'device.renewed' ? gone.data : null;
  if (definition.type === 'device.renewed') {
    const others = before.devices.filter(({ author }) => memberOf(before, author));
    const { member: of } = data as { readonly member: MemberId };
    if (others.some((each) => each.member !== of)) expect(after.devices).toEqual(before.devices);
  }
  const renewed = definition.type === 'device.renewed' && after.devices.length > before.devices.length ? data : waited;
  if (!renewed) return;
  const { replaces, device: made, member: of } = renewed as DataOf<'device.renewed'>;
  expect(deviceOf(before, made.author)).toBeNull();
  expect(deviceOf(before, replaces)).toMatchObject({ member: of, standing: 'inForce' });
  expect(deviceOf(after, replaces)).toMatchObject({ member: of, standing: 'ended' });
  expect(deviceOf(after, made.author)).toMatchObject({ member: of, standing: 'inForce' });
  // A scope comes with it that no other device could give it.
  for (const scope of deviceOf(after, made.author)?.granted ?? []) {
    expect(deviceOf(before, replaces)?.granted).toContain(scope);
    expect(entitledTo(before, scope).filter(({ author }) => author !== replaces)).toEqual([]);
  }
}

/** That there were two supervisors is never forgotten: nobody is admitted, promoted or restored by one from then on. */
function checkTwo({ before, after, step: { author, definition } }: Counted): void {
  if (supervisorsOf(after).length > 1) expect(after.hadTwoSupervisors).toBe(true);
  if (!before?.hadTwoSupervisors) return;
  expect(after.hadTwoSupervisors).toBe(true);
  const inForce = ({ members }: Roster) => members.filter(({ standing: how }) => how === 'inForce').length;
  const isMore = inForce(after) > inForce(before) || supervisorsOf(after).length > supervisorsOf(before).length;
  // It brings a supervisor back who lost their device.
  if (isMore && !isRecoveryKey(before, author)) expect(definition.type).toBe('act.seconded');
}

/**
 * The recovery key of now does two things, for which two members permitted it, or of whom there are no two left who could.
 * Nobody permits anything alone, and nothing is permitted to a key that was replaced.
 */
function checkRecovery({ before, after, step: { author, definition, data } }: Counted): void {
  if (!before) return;
  if (before.recovery?.author !== after.recovery?.author) expect(after.permissions).toEqual([]);
  else if (after.permissions.length > before.permissions.length) expect(definition.type).toBe('act.seconded');
  if (!wasRecoveryKey(before, author)) return;
  expect(before.recovery?.author).toBe(author);
  expect(['device.bound', 'scope.rotated']).toContain(definition.type);
  const { member: of = null } = data as { readonly member?: MemberId };
  const used = before.permissions.filter((each) => !after.permissions.includes(each));
  const others = before.members.filter(({ id, standing: how }) => {
    const isLeft = before.devices.some((each) => each.member === id && each.standing !== 'ended');
    return id !== of && how !== 'ended' && isLeft;
  });
  if (used.length === 0) expect(others.length).toBeLessThan(2);
  else expect(used).toEqual([of ? { member: of } : { scope: 'unit' }]);
  if (of) expect(after.devices.filter((each) => each.member === of && each.standing !== 'ended')).toHaveLength(1);
}

/** A roster is plain JSON, and goes on as itself when it was stored. In another stream, nothing counts. */
function checkStored({ before, step: done, next }: Taken): void {
  const ground = rosterGround(world.pinned);
  const stored = JSON.parse(JSON.stringify(before)) as MaybeRoster;
  expect(stored).toStrictEqual(before);
  expect(applyToRoster(stored, done, ground)).toStrictEqual(next);
  if (!before) return;
  const elsewhere = applyToRoster(before, { ...done, stream: v4() as StreamId }, ground);
  expect(elsewhere).toMatchObject({ ok: false, error: { code: 'other-roster' } });
}

const checks = [
  ...[checkFounded, checkGenerations, checkKept, checkOnce, checkActor, checkTwo],
  ...[checkWithdrawals, checkHistory, checkTwoWithdrew, checkRecovery, checkRenewed],
];

test('whatever anybody signs, what must hold of a unit holds', limits, async () => {
  const counts = new Map<string, number>();
  let sequences = 0;
  await always(({ taken }) => {
    sequences += 1;
    for (const each of taken) {
      checkStored(each);
      if (!each.next.ok) continue;
      const counted = { ...each, after: each.next.value };
      for (const check of checks) check(counted);
      const { type } = each.step.definition;
      counts.set(type, (counts.get(type) ?? 0) + 1);
    }
  });
  // Sequences that came to nothing would show nothing.
  expect(counts.size).toBe(21);
  expect([...counts.values()].reduce((sum, each) => sum + each, 0)).toBeGreaterThan(5 * sequences);
});
