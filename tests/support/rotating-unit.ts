import { v4 } from 'uuid';
import { expect } from 'vitest';
import { openEntries } from '#renderer/vault/log/entry-rows.ts';
import { createMemoryStore, type MemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { RunningVault } from '#renderer/vault/vault.ts';
import { importContentKey } from '#shared/crypto/aead.ts';
import { fromBase64url } from '#shared/crypto/encoding.ts';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import type { DomainEvent } from '#shared/domain/registry/registry.ts';
import type { Report } from '#shared/domain/report/report.ts';
import { currentGeneration, deviceOf, type Roster } from '#shared/domain/unit/roster.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { CircleId, StreamId } from '#shared/kernel/ids.ts';
import { type Entry, hashEntry, isInClear } from '#shared/log/entry.ts';
import { type Generation, makeGeneration } from '#shared/log/generation.ts';
import { boxGeneration, boxGenerationUnder } from '#shared/log/generation-box.ts';
import { generationBoxesOf } from '#shared/log/roster-entry.ts';
import type { WholeBox } from '#shared/log/wire-box.ts';
import { newEvent, sealedAsMember } from './attacked-unit.ts';
import { createMemoryHost, type MemoryHost } from './memory-host.ts';
import { inventUnit, type MemoryUnit, passphraseOf, slotOf, viewOf } from './memory-unit.ts';
import { referralWith } from './referrals.ts';
import { actAs, endMembership, openScopeAs } from './slot-acts.ts';
import { keyringOf, slotSecretsOf } from './slot-secrets.ts';
import { startProcessOn, statusOf, unlocked } from './workstation.ts';

/* The invented unit while its key is replaced: who acts with which keys, and what each workstation shows then. */

export const [morgan, asha, ben] = ['Morgan Hale', 'Asha Venn', 'Ben Okafor'] as const;
const at = new Date().toISOString();

const slotOfMember = ({ host, store }: MemoryUnit, name: string) =>
  slotSecretsOf(store, host, name, passphraseOf(name));
export const secretsOf = async (unit: MemoryUnit, name: string) => (await slotOfMember(unit, name)).own;
export const signingKeyOf = async (unit: MemoryUnit, name: string) => (await slotOfMember(unit, name)).key;

/** An act on the roster, signed with a member's key and put into the log. */
export const act = (unit: MemoryUnit, name: string, event: DomainEvent, boxes: readonly WholeBox[] = []) =>
  actAs({ ...unit, passphraseOf }, name, event, boxes);

/** The keys of the unit that a member was given, as far as this workstation read the log. */
const keysOf = async (unit: MemoryUnit, name: string) => keyringOf(unit.store, await slotOfMember(unit, name));

/** The key of a scope that is current in the log. */
export async function generationOf(unit: MemoryUnit, name: string, scope: Scope = 'unit'): Promise<Generation> {
  return (await keysOf(unit, name)).held(currentGeneration(unit.endpoint.roster(), scope)?.id ?? null);
}

export async function end(
  unit: MemoryUnit,
  name: string,
  by: readonly [string, string] = [morgan, asha],
): Promise<void> {
  const { member, author } = await secretsOf(unit, name);
  await endMembership({ ...unit, passphraseOf }, member.id, by);
  expect(deviceOf(unit.endpoint.roster(), author)?.member).toBe(member.id);
}

/** A scope that a member opens for some, by a program of their own. @returns its key */
export const openScope = (
  unit: MemoryUnit,
  name: string,
  scope: Scope,
  readers: readonly string[],
): Promise<Generation> => openScopeAs({ ...unit, passphraseOf }, name, scope, readers);

/** A unit with cases, and a circle of Morgan and Asha: Ben is not of it. `key` is the circle's. */
export async function unitWithCircle(cases = 2) {
  const unit = await inventUnit(cases);
  await unit.syncHere();
  const circle = v4() as CircleId;
  const key = await openScope(unit, morgan, circle, [morgan, asha]);
  const [id, beside] = unit.arrived.map((each) => each.id) as [StreamId, StreamId];
  return { unit, circle, key, id, beside };
}

/** Why a case is handed to others. */
export const why = 'A reader of the unit knows the subject.';

/** @returns the stream in which the case goes on */
export async function handOn({ vault }: Station, id: StreamId, to: Scope): Promise<StreamId> {
  const handed = await vault.call('case.handOn', { case: id, to, why });
  if (!handed.ok) throw new Error(handed.error.code);
  return handed.value;
}

interface Rotation {
  readonly replaces: Generation;
  /** For whom it is boxed. */
  readonly readers: readonly string[];
  readonly next?: Generation;
  readonly scope?: Scope;
  /** Boxes that open to nothing. */
  readonly junk?: boolean;
}

/** A new key of a scope by a program of a member's own. @returns the key */
export async function rotateAs(unit: MemoryUnit, name: string, rotation: Rotation): Promise<Generation> {
  const { replaces, readers, scope = 'unit', next = await makeGeneration(), junk = false } = rotation;
  const { stream } = unit.endpoint.roster() as Roster;
  // Sealed for the right reader, and not the secret of the key that it names.
  const sealed = junk ? { ...(await makeGeneration()), id: next.id } : next;
  const devices = await Promise.all(readers.map((reader) => secretsOf(unit, reader)));
  const boxes = devices.map(({ author, sealingPublicKey: sealingKey }) =>
    boxGeneration(sealed, stream, { author, sealingKey }),
  );
  const generation = { id: next.id, publicKey: next.sealing.publicKey };
  await act(unit, name, { type: 'scope.rotated', at, data: { scope, replaces: replaces.id, generation } }, [
    ...(await Promise.all(boxes)),
    await boxGenerationUnder(replaces, stream, next),
  ]);
  return next;
}

/** The keys of the unit's readers, in the order of the log. */
export const unitKeysIn = ({ endpoint }: MemoryUnit) =>
  (endpoint.roster() as Roster).generations.filter(({ scope }) => scope === 'unit');

/** A member's device writes elsewhere: what waits on a copy of its disk no longer follows its last entry. */
export const overtake = (unit: MemoryUnit, name: string) =>
  act(unit, name, { type: 'act.seconded', at, data: { entry: hashEntry(unit.endpoint.log[0]?.entry as Entry) } });

/** What a circle of readers is told of, and nobody else. */
export const circleSecret = 'Zephyrine Quill';

/** A circle that a member opens for some, and a case of its own about somebody of that name. */
export async function deliverToCircle(unit: MemoryUnit, name: string, readers: readonly string[]) {
  const circle = await openScope(unit, name, v4() as CircleId, readers);
  const subject = { ...(referralWith().report.subjects[0] as Report['subjects'][number]), name: circleSecret };
  const referral = referralWith({ subjects: [subject] });
  return { circle, id: await unit.endpoint.deliver(referral, undefined, undefined, circle.sealing.publicKey) };
}

/** An act of a member on a case that nobody else can read: under a key of the unit that they made for themselves alone. */
export async function writeAlone(unit: MemoryUnit, name: string, stream: StreamId): Promise<void> {
  const seen = unit.endpoint.seen();
  const own = await rotateAs(unit, name, { replaces: await generationOf(unit, name), readers: [name] });
  const event = newEvent({ type: 'case.taken', at, data: {} });
  const author = await signingKeyOf(unit, name);
  await unit.endpoint.inject(await sealedAsMember(unit.endpoint, own, event, author, { stream, seen }));
}

export async function suspend(unit: MemoryUnit, name: string): Promise<void> {
  const { member } = await secretsOf(unit, name);
  await act(unit, morgan, { type: 'membership.suspended', at, data: { member: member.id } });
}

/** The rotations of that key in the log, and for how many devices each boxes it. */
export const rotationsIn = ({ endpoint }: MemoryUnit) =>
  endpoint.log.flatMap(({ entry }) => {
    const text = isInClear(entry) ? new TextDecoder().decode(entry.wire.body ?? undefined) : '';
    const isRotation = text.includes('"scope.rotated"') && text.includes('"scope":"unit"');
    return isRotation ? [generationBoxesOf(entry).filter(({ to }) => 'device' in to).length] : [];
  });

export interface Station {
  readonly vault: RunningVault;
  readonly host: MemoryHost;
  readonly store: MemoryStore;
  kill(): void;
}

/** A workstation as a member opens it: one of its own with a copy of the disk as it is now, or one that there is. */
export async function stationOf(
  unit: MemoryUnit,
  name: string,
  at?: Pick<Station, 'host' | 'store'>,
): Promise<Station> {
  const { host, store } = at ?? { host: await hostLike(unit), store: createMemoryStore(unit.store) };
  const { vault, kill } = startProcessOn(store, host);
  await unlocked(vault, await slotOf(vault, name), passphraseOf(name));
  return { vault, host, store, kill };
}

async function hostLike({ endpoint, host }: MemoryUnit): Promise<MemoryHost> {
  const device = await host.call('device.secret', {});
  if (!device.ok) throw new Error('no device');
  return createMemoryHost(endpoint, { secret: device.reply.secret });
}

/** The same workstation, opened by another member. */
export async function handOver(unit: MemoryUnit, station: Station, name: string): Promise<Station> {
  station.kill();
  return stationOf(unit, name, station);
}

export const synced = async ({ vault }: Station) => {
  await vault.call('sync.now', {});
  expect((await statusOf(vault)).trouble).toBeNull();
};

const record = ({ vault }: Station, type: 'case.taken' | 'case.released', id: StreamId) =>
  vault.call('case.record', { command: { type, case: id, data: {} } });
export const take = async (station: Station, id: StreamId) =>
  expect(await record(station, 'case.taken', id)).toMatchObject({ ok: true });
export const release = async (station: Station, id: StreamId) =>
  expect(await record(station, 'case.released', id)).toMatchObject({ ok: true });
export const tryToTake = (station: Station, id: StreamId) => record(station, 'case.taken', id);

/** The log as it lies on the disk of a workstation, opened with a key that all its members have. */
export async function storedEntriesOf({ store, host }: Station): Promise<readonly Entry[]> {
  const { own } = await slotSecretsOf(store, host, morgan, passphraseOf(morgan));
  const key = await importContentKey(fromBase64url(own.storeKey));
  const rows = await store.after('entries', 0);
  return (await Promise.all(rows.map((row) => openEntries(key, row)))).flat().map(({ entry }) => entry);
}

export const opens = async ({ vault }: Station, id: StreamId) => (await vault.call('case.open', { id })).ok;
export const stateOf = async ({ vault }: Station, id: StreamId) => (await viewOf(vault, id)).state;
export const holderOf = async (station: Station, id: StreamId) => (await stateOf(station, id)).holder;
export const totalOf = async ({ vault }: Station) =>
  (await vault.call('queue.page', { query: everyCase, offset: 0, limit: 10 })).total;
export const codesOf = async ({ vault }: Station) => (await statusOf(vault)).warnings.map(({ code }) => code);
/** Without what is said of the outbox where another copy of its disk wrote for the same device. */
export const faultsOf = async (station: Station) =>
  (await codesOf(station)).filter((code) => !code.startsWith('outbox-'));
