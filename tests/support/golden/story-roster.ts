import { v4, v7 } from 'uuid';
import { keysOfStream } from '#renderer/vault/cases/current-case.ts';
import { cutOff, handOnCase } from '#renderer/vault/hand-on-case.ts';
import { ask } from '#renderer/vault/host.ts';
import { rotateOwed } from '#renderer/vault/log/rotate-scopes.ts';
import type { Store } from '#renderer/vault/store/store.ts';
import { encapsulateTo } from '#shared/crypto/public-box.ts';
import { currentGeneration } from '#shared/domain/unit/roster.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { CircleId, EntryId, StreamId } from '#shared/kernel/ids.ts';
import { boxToPublicKey } from '#shared/log/box.ts';
import { consentToRenewal } from '#shared/log/device-proof.ts';
import { hashEntry } from '#shared/log/entry.ts';
import { makeGeneration } from '#shared/log/generation.ts';
import { boxForRecovery, boxGeneration } from '#shared/log/generation-box.ts';
import { seenNothing } from '#shared/log/seen.ts';
import { formatPush } from '#shared/sync/wire.ts';
import { type MadeMember, makeMember, signAct } from '../made-roster.ts';
import { alone, at, keysOf, memberCalled, type Pair, people, together, withPair } from './cast.ts';
import { caseCalled, Desk, must } from './desk.ts';
import { beside, type Stage, type Workplace } from './stage.ts';

/*
 * What happens to the roster, and to the cases that change their readers by it. An event of the unit's own stream is signed as
 * an act is: `desk.sign(desk.roster.policyStream, ...)`.
 */

export const changeRoster = (stage: Stage, unit: Workplace): Promise<MadeMember> =>
  withPair(stage, unit, async (pair) => {
    await together(stage, pair, (desk) => {
      return { type: 'role.changed', data: { member: memberCalled(desk, people.lee), role: 'reviewer' } };
    });
    await alone(stage, pair, (desk) => {
      const changes = {
        actions: { findMalicious: ['supervisor', 'reviewer'] as const },
        periods: { 'review.high': 2 },
        phrases: { add: ['on the rota'], remove: [] },
      };
      const data = { changes, why: 'A second opinion before each such finding.' };
      return desk.sign(desk.roster.policyStream, { type: 'policy.changed', data });
    });
    const bound = await at(stage, unit, people.ash, (desk) => bindFurther(desk, unit));
    const { author: device } = bound.device;
    await alone(stage, pair, (desk) => desk.act({ type: 'membership.suspended', data: { device } }));
    await together(stage, pair, () => ({ type: 'membership.restored', data: { device } }));
    await renewDevice(stage, unit, pair, bound);
    await together(stage, pair, (desk) => {
      return { type: 'membership.ended', data: { member: memberCalled(desk, people.lee) } };
    });
    return bound;
  });

/** Ash binds another device, and boxes the keys of one stream to it alone. */
async function bindFurther(desk: Desk, { unit }: Workplace): Promise<MadeMember> {
  const made = await makeMember(unit, memberCalled(desk, people.ash));
  const { id, device } = made;
  await desk.act({ type: 'device.bound', data: { member: id, device } });
  const stream = caseCalled(desk, 1);
  const key = (await keysOfStream(desk.vault, stream)).at(-1);
  if (!key) throw new Error('no key');
  const boxes = [await boxToPublicKey(key, { device: device.author }, await encapsulateTo(device.sealingKey))];
  await desk.sign(stream, { type: 'keys.boxed', data: { stream } }, { boxes });
  return made;
}

/** The disk of that device was restored from a copy: it goes on under new keys, which begin a chain of their own. */
async function renewDevice(stage: Stage, { unit, host }: Workplace, pair: Pair, old: MadeMember): Promise<void> {
  const { id, device, key } = await makeMember(unit, old.id);
  const consent = await consentToRenewal({ unit, member: id, device }, old.key);
  const data = { member: id, replaces: old.device.author, device, consent };
  const { roster, at } = pair.sal;
  const place = {
    id: v7({ msecs: stage.now() }) as EntryId,
    unit,
    stream: roster.stream,
    prev: null,
    seen: seenNothing,
  };
  const entry = await signAct(place, { type: 'device.renewed', at, data }, key);
  await ask(host, 'log.push', { push: formatPush({ entries: [entry.wire] }) });
  await alone(stage, pair, () => pair.kim.sync());
  await pair.kim.act({ type: 'act.seconded', data: { entry: hashEntry(entry) } });
  await alone(stage, pair, () => pair.kim.sync());
}

/** A scope with its first key, for the devices of these. */
export async function openScope(desk: Desk, scope: Scope, readers: readonly string[]): Promise<void> {
  const generation = await makeGeneration();
  const { stream, recovery } = desk.roster;
  const boxes = await Promise.all([
    ...readers.map((name) => boxGeneration(generation, stream, keysOf(desk, name))),
    ...(recovery ? [boxForRecovery(generation, stream, recovery)] : []),
  ]);
  const data = { scope, generation: { id: generation.id, publicKey: generation.sealing.publicKey } };
  await desk.act({ type: 'scope.opened', data }, boxes);
  // Its key comes to its author too with the log.
  await desk.sync();
}

export async function handOnCases(stage: Stage, unit: Workplace): Promise<readonly Store[]> {
  await rotateTwice(stage, unit);
  const circle = v4() as CircleId;
  await at(stage, unit, people.sal, async (desk) => {
    await openScope(desk, circle, [people.sal, people.kim]);
    await openScope(desk, 'command', [people.sal, people.kim]);
  });
  // Sal hands a case on that Bo takes meanwhile, and releases before he hears of it.
  const computer = beside(unit);
  const away = await Desk.open(computer, stage, people.bo);
  const handed = caseCalled(away, 3);
  computer.online = false;
  await away.sign(handed, { type: 'case.taken', data: {} });
  stage.pass(1);
  const desk = beside(unit);
  const sals = await Desk.open(desk, stage, people.sal);
  desk.online = false;
  must(await handOnCase(sals.vault, { case: handed, to: circle, why: 'A reader of the unit knows the subject.' }));
  computer.online = true;
  await away.sync();
  computer.online = false;
  await away.sign(handed, { type: 'case.released', data: {} });
  stage.pass(1);
  desk.online = true;
  await sals.sync();
  computer.online = true;
  await away.sync();
  await sals.sync();
  sals.close();
  away.close();
  // Kim says that the boxes open.
  await at(stage, unit, people.kim, async () => undefined);
  const bos = await giveToBo(stage, unit, handed);
  await stopAndDispose(stage, unit);
  return [desk.store, computer.store, bos];
}

/**
 * The case that is the circle's now is given to Bo, who is not of it, and he is cut off again while Ash reads on.
 * @returns the disk of his computer, which has the boxes for him whole
 */
async function giveToBo(stage: Stage, unit: Workplace, handed: StreamId): Promise<Store> {
  const why = 'They knew the reporter before.';
  await at(stage, unit, people.sal, async (desk) => {
    for (const name of [people.bo, people.ash]) {
      const data = { reader: memberCalled(desk, name), why };
      await desk.execute({ type: 'reader.added', case: handed, data });
    }
  });
  const computer = beside(unit);
  (await Desk.open(computer, stage, people.bo)).close();
  await at(stage, unit, people.sal, async (desk) => {
    must(await cutOff(desk.vault, { case: handed, reader: memberCalled(desk, people.bo), why }));
  });
  return computer.store;
}

/** After somebody left two replace the key at once: the second's does not count, and is carried on. */
async function rotateTwice(stage: Stage, unit: Workplace): Promise<void> {
  const computer = beside(unit);
  const away = await Desk.open(computer, stage, people.kim);
  computer.online = false;
  await away.vault.io.writer.add(() => rotateOwed(away.vault));
  await at(stage, unit, people.sal, async ({ vault }) => vault.io.writer.add(() => rotateOwed(vault)));
  computer.online = true;
  await away.sync();
  await away.vault.io.writer.add(() => rotateOwed(away.vault));
  await away.sync();
  away.close();
  await at(stage, unit, people.bo, async (desk) => {
    const generation = currentGeneration(desk.roster, 'unit')?.id;
    await desk.act({ type: 'generation.unopened', data: { scope: 'unit', generation: generation as never } });
  });
}

const stopAndDispose = (stage: Stage, unit: Workplace): Promise<void> =>
  withPair(stage, unit, async (pair) => {
    await alone(stage, pair, async (desk) => {
      const handed = { case: caseCalled(desk, 4), to: 'command' as const, why: 'For those who command alone.' };
      // Who has it keeps it.
      await desk.sign(handed.case, { type: 'case.taken', data: {} });
      must(await handOnCase(desk.vault, handed));
    });
    await alone(stage, pair, (desk) => {
      const withdrawal = desk.roster.withdrawals.at(-1)?.entry;
      return desk.act({ type: 'withdrawal.stopped', data: { withdrawal: withdrawal as never } });
    });
    await together(stage, pair, (desk) => {
      const streams = [caseCalled(desk, 5)];
      return { type: 'bodies.withdrawn', data: { scope: 'unit', streams, blobs: [], reason: 'retentionEnded' } };
    });
  });
