import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Encapsulations } from '#endpoint/intake/encapsulations.ts';
import { generateSealingKey } from '#shared/crypto/public-box.ts';
import { generationIdOf } from '#shared/domain/unit/roster.ts';

let encapsulations: Encapsulations;

beforeEach(() => {
  vi.useFakeTimers();
  encapsulations = new Encapsulations();
});
afterEach(() => {
  encapsulations.close();
  vi.useRealTimers();
});

async function newGeneration() {
  const { publicKey } = await generateSealingKey();
  return { id: generationIdOf(publicKey), publicKey };
}

test('serves one key for a minute, and not longer', async () => {
  const generation = await newGeneration();
  const first = await encapsulations.take(generation);
  expect(first.generation).toBe(generation.id);
  vi.advanceTimersByTime(59_999);
  expect((await encapsulations.take(generation)).encapsulation).toBe(first.encapsulation);
  vi.advanceTimersByTime(1);
  const next = await encapsulations.take(generation);
  expect(next.encapsulation.encapsulated).not.toEqual(first.encapsulation.encapsulated);
});

test('serves one key 256 times, and not more often', async () => {
  const generation = await newGeneration();
  const taken = await Promise.all(Array.from({ length: 257 }, () => encapsulations.take(generation)));
  const encapsulated = taken.map(({ encapsulation }) => encapsulation);
  expect(new Set(encapsulated.slice(0, 256)).size).toBe(1);
  expect(encapsulated[256]).not.toBe(encapsulated[0]);
});

test('serves each unit its own, also when one names the generation of the other', async () => {
  const [one, two] = [await newGeneration(), await newGeneration()];
  const [own, other] = [await encapsulations.take(one), await encapsulations.take(two)];
  expect([own.generation, other.generation]).toEqual([one.id, two.id]);
  const claimed = await encapsulations.take({ ...two, id: one.id });
  expect(claimed.encapsulation).toBe(other.encapsulation);
  expect((await encapsulations.take(one)).encapsulation).toBe(own.encapsulation);
});

test('forgets one that could not be made', async () => {
  const generation = { ...(await newGeneration()), publicKey: 'nonsense' };
  await expect(encapsulations.take(generation)).rejects.toThrow();
  await expect(encapsulations.take(generation)).rejects.toThrow();
  expect(vi.getTimerCount()).toBe(0);
});
