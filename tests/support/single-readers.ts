import { expect } from 'vitest';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import type { Role } from '#shared/domain/policy/policy.ts';
import type { CircleId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import { parseBox } from '#shared/log/box.ts';
import { isWithdrawn } from '#shared/log/wire-box.ts';
import { type MemoryUnit, passphraseOf } from './memory-unit.ts';
import {
  asha,
  ben,
  generationOf,
  handOn,
  morgan,
  rotateAs,
  type Station,
  secretsOf,
  stationOf,
  synced,
  take,
  unitWithCircle,
  why,
} from './rotating-unit.ts';
import { grade } from './workstation.ts';

/* A case of a circle, and a member of the unit who is not of it and is given that case alone. */

export const idOf = async (unit: MemoryUnit, name: string): Promise<MemberId> =>
  (await secretsOf(unit, name)).member.id;

export const [kit, lee] = ['Kit Dunne', 'Lee Abbot'] as const;

/** One more member, at the workstation of the unit. */
export const admit = (unit: MemoryUnit, name: string, role: Role = 'analyst'): Promise<void> =>
  unit.workAs(morgan, async (vault) => {
    await vault.call('member.admit', { name, role, passphrase: passphraseOf(name), grade });
  });

/** The key of the circle is replaced, for those who read it. */
export const rotateCircle = async (unit: MemoryUnit, circle: CircleId) =>
  rotateAs(unit, morgan, {
    scope: circle,
    replaces: await generationOf(unit, morgan, circle),
    readers: [morgan, asha],
  });

/** The cases that a member sees. */
export const idsOf = async ({ vault }: Station) =>
  (await vault.call('queue.page', { query: everyCase, offset: 0, limit: 10 })).rows.map((row) => row.id).sort();

export const tryToGive = ({ vault }: Station, id: StreamId, reader: MemberId) =>
  vault.call('case.record', { command: { type: 'reader.added', case: id, data: { reader, why } } });
export const give = async (station: Station, id: StreamId, reader: MemberId) =>
  expect(await tryToGive(station, id, reader)).toMatchObject({ ok: true });

/** @returns the stream in which the case goes on */
export async function cutOff({ vault }: Station, id: StreamId, reader: MemberId): Promise<StreamId> {
  const cut = await vault.call('case.cutOff', { case: id, reader, why });
  if (!cut.ok) throw new Error(cut.error.code);
  return cut.value;
}

/**
 * The stations of Morgan and Asha, who read the circle, and of Ben, who does not. `id` was the unit's case, `next` is the stream
 * of the circle in which it goes on, and `beside` is another case of the unit.
 * @param prepare what happens in the unit before there are any stations
 */
export async function caseOfCircle(prepare: (unit: MemoryUnit) => Promise<unknown> = async () => undefined) {
  const { unit, circle, id, beside } = await unitWithCircle();
  await prepare(unit);
  const [here, there, out] = [await stationOf(unit, morgan), await stationOf(unit, asha), await stationOf(unit, ben)];
  for (const station of [here, there, out]) await synced(station);
  await take(here, id);
  const next = await handOn(here, id, circle);
  for (const station of [here, there, out]) await synced(station);
  return { unit, circle, id, next, beside, here, there, out, bens: await idOf(unit, ben) };
}

/** The same, once Ben was given the case and all have heard of it. */
export async function caseGivenToBen(prepare?: Parameters<typeof caseOfCircle>[0]) {
  const world = await caseOfCircle(prepare);
  const { here, there, out, next, bens } = world;
  await give(here, next, bens);
  for (const station of [here, there, out]) await synced(station);
  return world;
}

/** Boxes for single devices beside entries of a stream, as the endpoint serves it now. */
export async function boxesForDevices({ endpoint }: MemoryUnit, stream: StreamId) {
  const whole = endpoint.log.map(({ entry }) => entry.header.stream);
  const { entries } = await endpoint.pull(0, 10_000);
  return entries
    .filter((_, index) => whole[index] === stream)
    .flatMap(({ entry }) => entry.boxes)
    .flatMap((box) => {
      const to = parseBox(box)?.to;
      return to && 'device' in to ? [{ device: to.device, is: isWithdrawn(box) ? 'withdrawn' : 'whole' }] : [];
    });
}
