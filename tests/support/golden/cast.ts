import type { DomainEvent } from '#shared/domain/registry/registry.ts';
import type { Digest, MemberId } from '#shared/kernel/ids.ts';
import { Desk } from './desk.ts';
import { beside, type Stage, type Workplace } from './stage.ts';

/* Who is in the golden history, and how they come to a desk. */

export const people = { sal: 'Sal Vane', ash: 'Ash Corrigan', bo: 'Bo Tarn', kim: 'Kim Ouse', lee: 'Lee Hartsop' };
export const rowan = 'Rowan Pike';

/** A member opens the vault at the first workstation, does something, and leaves when all of it is confirmed. */
export async function at<T>(
  stage: Stage,
  place: Workplace,
  name: string,
  task: (desk: Desk) => Promise<T>,
): Promise<T> {
  stage.pass(1);
  const desk = await Desk.open(place, stage, name);
  try {
    return await task(desk);
  } finally {
    await desk.sync();
    desk.close();
    stage.pass(1);
  }
}

export const memberCalled = ({ vault }: Desk, name: string): MemberId => {
  const found = Object.entries(vault.log.record.names.members).find(([, each]) => each === name);
  if (!found) throw new Error(`no member ${name}`);
  return found[0] as MemberId;
};
/** Of their first device. */
export const keysOf = (desk: Desk, name: string) => {
  const device = desk.roster.devices.find(({ member }) => member === memberCalled(desk, name));
  if (!device) throw new Error(`no device of ${name}`);
  return device;
};

/** The two supervisors, each at a computer of their own. */
export interface Pair {
  readonly sal: Desk;
  readonly kim: Desk;
}

/** What one of them does; the other knows it then. */
export async function alone(
  stage: Stage,
  { sal: desk, kim }: Pair,
  task: (sal: Desk) => Promise<unknown>,
): Promise<void> {
  await desk.sync();
  await task(desk);
  await desk.sync();
  await kim.sync();
  stage.pass(1);
}

/** One does what takes two, and the other signs it too. */
export async function together(stage: Stage, pair: Pair, event: (sal: Desk) => Omit<DomainEvent, 'at'>): Promise<void> {
  let entry = '' as Digest;
  await alone(stage, pair, async (desk) => {
    entry = await desk.act(event(desk));
  });
  await pair.kim.act({ type: 'act.seconded', data: { entry } });
  await alone(stage, pair, () => pair.kim.sync());
}

export async function withPair<T>(stage: Stage, unit: Workplace, task: (pair: Pair) => Promise<T>): Promise<T> {
  const [sal, kim] = [
    await Desk.open(beside(unit), stage, people.sal),
    await Desk.open(beside(unit), stage, people.kim),
  ];
  try {
    return await task({ sal, kim });
  } finally {
    sal.close();
    kim.close();
  }
}
