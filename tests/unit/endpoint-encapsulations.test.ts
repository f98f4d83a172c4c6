import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Encapsulations } from '#endpoint/intake/encapsulations.ts';
import { generateSealingKey } from '#shared/crypto/public-box.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { generationIdOf } from '#shared/log/generation.ts';
import { signSealingKey } from '#shared/sync/enrolment.ts';
import { newDevice } from '../support/endpoint-client.ts';

let encapsulations: Encapsulations;

beforeEach(() => {
  vi.useFakeTimers();
  encapsulations = new Encapsulations();
});
afterEach(() => {
  encapsulations.close();
  vi.useRealTimers();
});

async function statement(): Promise<{ statement: string; publicKey: string }> {
  const founder = await newDevice();
  const { publicKey } = await generateSealingKey();
  const unit = crypto.randomUUID() as string as UnitId;
  return { publicKey, statement: await signSealingKey({ unit, publicKey, founder: founder.author }, founder) };
}

test('serves one key for a minute, and not longer', async () => {
  const { statement: of, publicKey } = await statement();
  const first = await encapsulations.take(of);
  expect(first.generation).toBe(generationIdOf(publicKey));
  vi.advanceTimersByTime(59_999);
  expect(await encapsulations.take(of)).toBe(first);
  vi.advanceTimersByTime(1);
  const next = await encapsulations.take(of);
  expect(next.encapsulation.encapsulated).not.toEqual(first.encapsulation.encapsulated);
});

test('serves one key 256 times, and not more often', async () => {
  const { statement: of } = await statement();
  const taken = await Promise.all(Array.from({ length: 257 }, () => encapsulations.take(of)));
  expect(new Set(taken.slice(0, 256)).size).toBe(1);
  expect(taken[256]).not.toBe(taken[0]);
});

test('serves each unit its own', async () => {
  const [one, two] = [await statement(), await statement()];
  const sealings = [await encapsulations.take(one.statement), await encapsulations.take(two.statement)];
  expect(sealings[0]?.generation).not.toBe(sealings[1]?.generation);
});

test('forgets one that could not be made', async () => {
  await expect(encapsulations.take('nonsense')).rejects.toThrow();
  await expect(encapsulations.take('nonsense')).rejects.toThrow();
  expect(vi.getTimerCount()).toBe(0);
});
