import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { v4, v7 } from 'uuid';
import { beforeAll, expect, test } from 'vitest';
import { toCbor } from '#shared/crypto/cbor.ts';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { applyToRoster, type RosterStep } from '#shared/domain/membership/apply-to-roster.ts';
import { roleIds } from '#shared/domain/policy/policy.ts';
import {
  currentGeneration,
  deviceOf,
  type MaybeRoster,
  memberOf,
  memberOfId,
  type Roster,
  supervisorsOf,
} from '#shared/domain/unit/roster.ts';
import { entitledTo, isRotationOwed, pastOf } from '#shared/domain/unit/scope-keys.ts';
import type { AuthorKey, EntryId, EventId, GenerationId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import type { Result } from '#shared/kernel/result.ts';
import { proveDevice } from '#shared/log/device-proof.ts';
import { createRosterEntry, type Entry } from '#shared/log/entry.ts';
import { type Generation, makeGeneration } from '#shared/log/generation.ts';
import { foldRosterEntries, readRosterEntry, rosterGround } from '#shared/log/roster-entry.ts';
import { seenNothing } from '#shared/log/seen.ts';
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
const actType = fc.constantFrom('unit.founded', 'member.admitted', 'device.bound', 'role.changed', 'act.seconded');

const step = fc.oneof(
  { weight: 1, arbitrary: fc.record({ do: fc.constant('found' as const), by, honest: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('admit' as const), by, member, device, role, second }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('bind' as const), by, member, device, second }) },
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
const plan = fc.record({
  opened: fc.oneof(
    { weight: 1, arbitrary: fc.nat(opening.length) },
    { weight: 5, arbitrary: fc.constant(opening.length) },
  ),
  steps: fc.array(step, { minLength: 20, maxLength: 60 }),
});

let world: RosterUnit;
let ids: readonly MemberId[];
let devices: readonly MadeMember[];
/** Keys that a scope may come to have. */
let pool: readonly Generation[];
/** Of each member and device. */
const proofs = new Map<string, string>();

beforeAll(async () => {
  world = await newRosterUnit();
  const others = await Promise.all(Array.from({ length: deviceCount - 1 }, () => makeMember(world.unit)));
  devices = [world.founder, ...others];
  ids = [world.founder.id, ...others.map(({ id }) => id)].slice(0, memberCount);
  pool = await Promise.all(Array.from({ length: 10 }, () => makeGeneration()));
  for (const id of ids) {
    for (const { key, device: keys } of devices) {
      proofs.set(id + key.author, await proveDevice({ unit: world.unit, member: id, device: keys }, key));
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
const boxFor = (generation: GenerationId, to: { device: AuthorKey } | { generation: GenerationId }): Bytes =>
  toCbor({ generation, stream: world.stream, to, sealed: new Uint8Array(60) });
const currentIn = (roster: MaybeRoster): GenerationId => currentGeneration(roster, 'unit')?.id ?? world.generation.id;

/** Scopes that come to be opened: a circle, one that a supervisor holds, and all members'. */
const opened = [v4(), 'command', 'everyone'];

interface Written {
  readonly type: string;
  readonly data: unknown;
  readonly boxes?: readonly Bytes[];
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
    case 'rotate': {
      const { id, sealing } = pool[each.to] as Generation;
      const generations = roster?.generations ?? [];
      // Mostly the one that counts; sometimes one that was replaced before.
      const replaces = each.late === 0 ? (generations[0]?.id ?? world.generation.id) : currentIn(roster);
      const readers = roster ? entitledTo(roster, 'unit') : [];
      const boxed = each.boxed === 0 ? readers.slice(1) : readers;
      const beside = boxed.map(({ author }) => boxFor(id, { device: author }));
      const data = { scope: 'unit', replaces, generation: { id, publicKey: sealing.publicKey } };
      const past = roster && pastOf(roster, 'unit', replaces, authorOf(each.by));
      return { type: 'scope.rotated', data, boxes: [...beside, boxFor(past?.id ?? replaces, { generation: id })] };
    }
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
    case 'second': {
      const entry = roster?.proposals.at(-1 - each.which)?.entry ?? noEntry();
      return { type: 'act.seconded', data: { entry } };
    }
    default:
      return { type: each.type, data: each.data };
  }
}

/** A digest that no entry has. */
const noEntry = () => world.generation.id;

const at = '2026-11-20T10:00:00.000Z';

function sign({ by: index }: Step, { type, data, boxes: beside = [] }: Written): Promise<Entry> {
  const place = { id: v7() as EntryId, unit: world.unit, stream: world.stream, prev: null, seen: seenNothing };
  const event = { id: v7() as EventId, type, v: 1, at, data };
  return createRosterEntry({ place, event, boxes: beside }, holderOf(index).key);
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
  readonly last: MaybeRoster;
}

/** Each entry on a roster that cannot be changed in place. */
async function run({ opened, steps }: { opened: number; steps: readonly Step[] }): Promise<Run> {
  const entries: Entry[] = [];
  const taken: Taken[] = [];
  let roster: MaybeRoster = null;
  const left = [...opening.slice(0, opened), ...steps];
  for (let each = left.shift(); each; each = left.shift()) {
    const again = each.do === 'again' ? entries[each.which] : null;
    if (each.do === 'again' && !again) continue;
    const entry: Entry = again ?? (await sign(each, write(each as Exclude<Step, { do: 'again' }>, roster)));
    entries.push(entry);
    const read = await readRosterEntry(entry);
    if (!read.ok) continue;
    frozen(read.value.step.data);
    const next = applyToRoster(frozen(roster), read.value.step, rosterGround(world.pinned));
    taken.push({ entry, before: roster, step: read.value.step, next });
    if (!next.ok) continue;
    const waits = next.value.proposals.length > (roster?.proposals.length ?? 0);
    if (waits && 'second' in each && each.second !== null) left.unshift({ do: 'second', by: each.second, which: 0 });
    roster = next.value;
  }
  return { entries, taken, last: roster };
}

/** One sequence in which each kind of act counts. */
const everyKind = {
  opened: opening.length,
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
  ] satisfies readonly Step[],
};

const always = (check: (run: Run) => unknown) =>
  fc.assert(
    fc.asyncProperty(plan, async (each) => {
      await check(await run(each));
    }),
    { ...sample(50), examples: [[everyKind]] },
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

type Counted = Taken & { readonly after: Roster };

/** A unit that is founded stays so: it has a supervisor in force, and what the founding said. */
function checkFounded({ before, after }: Counted): void {
  expect(supervisorsOf(after).length).toBeGreaterThan(0);
  if (!before) return;
  const { stream, policyStream, endpointKey, founder } = before;
  expect(after).toMatchObject({ stream, policyStream, endpointKey, founder });
}

/** No key is taken out, and what counted counts. Only one that replaces the current one becomes current. */
function checkGenerations({ before, after }: Counted): void {
  const kept = after.generations.slice(0, before?.generations.length ?? 0);
  expect(kept.map(({ id, counts }) => [id, counts])).toEqual(
    before?.generations.map(({ id, counts }) => [id, counts]) ?? [],
  );
  expect(new Set(after.generations.map(({ id }) => id)).size).toBe(after.generations.length);
  if (!before || currentIn(before) === currentIn(after)) return;
  // Whoever holds the new one is in force, and was granted the one before.
  for (const { author, granted } of after.devices) {
    if (!granted.includes('unit')) continue;
    expect(memberOf(after, author)).not.toBeNull();
    expect(deviceOf(before, author)?.granted).toContain('unit');
  }
  expect(isRotationOwed(after, 'unit')).toBe(false);
  // Nothing of the past is lost: each key lies under a later one, or is known to lie aside.
  const [made] = after.generations.slice(-1);
  const past = pastOf(before, 'unit', currentIn(before), made?.by as AuthorKey);
  const replaced = after.generations.find(({ id }) => id === currentIn(before));
  expect(replaced?.aside).toBe(past?.id !== replaced?.id);
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
function checkOnce({ after: { members, devices: bound } }: Counted): void {
  const lists = [members.map(({ id }) => id), bound.map(({ author }) => author), bound.map((each) => each.sealingKey)];
  for (const list of lists) expect(new Set<string>(list).size).toBe(list.length);
  for (const key of Object.values(world.keys)) expect(lists.flat()).not.toContain(key);
}

/**
 * Only who is in force acts; and members change only with a supervisor among those who signed. Of anybody else who is bound
 * a key may be known, which counts for nothing.
 */
function checkActor({ before, after, step: { author } }: Counted): void {
  if (!before) return;
  const actor = memberOf(before, author);
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

/** That there were two supervisors is never forgotten: nobody is admitted, promoted or restored by one from then on. */
function checkTwo({ before, after, step: { definition } }: Counted): void {
  if (supervisorsOf(after).length > 1) expect(after.hadTwoSupervisors).toBe(true);
  if (!before?.hadTwoSupervisors) return;
  expect(after.hadTwoSupervisors).toBe(true);
  const inForce = ({ members }: Roster) => members.filter(({ standing: how }) => how === 'inForce').length;
  const isMore = inForce(after) > inForce(before) || supervisorsOf(after).length > supervisorsOf(before).length;
  if (isMore) expect(definition.type).toBe('act.seconded');
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

test('whatever anybody signs, what must hold of a unit holds', limits, async () => {
  const counts = new Map<string, number>();
  let sequences = 0;
  await always(({ taken }) => {
    sequences += 1;
    for (const each of taken) {
      checkStored(each);
      if (!each.next.ok) continue;
      const counted = { ...each, after: each.next.value };
      for (const check of [checkFounded, checkGenerations, checkKept, checkOnce, checkActor, checkTwo]) check(counted);
      const { type } = each.step.definition;
      counts.set(type, (counts.get(type) ?? 0) + 1);
    }
  });
  // Sequences that came to nothing would show nothing.
  expect(counts.size).toBe(13);
  expect([...counts.values()].reduce((sum, each) => sum + each, 0)).toBeGreaterThan(5 * sequences);
});
