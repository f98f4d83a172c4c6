/**
 * How much the property, kill and mutation tests try: a sample of seconds, or as much as `npm run test:long` asks for,
 * which runs every test file that imports this one.
 */
import { randomOf } from './endpoint-random.ts';
import { asked } from './environment.ts';

/** Given, or drawn for this run. Whoever uses it without fast-check, which prints its own, prints it. */
export const { seed } = asked;

/** @param usual in a sample of seconds; a long run never does less */
export const runs = (usual: number): number => Math.max(usual, asked.runs ?? 0);
export const kills = (usual: number): number => Math.max(usual, asked.kills ?? 0);

/** The parameters of `fc.assert`. */
export const sample = (usual: number): { seed: number; numRuns: number } => ({ seed, numRuns: runs(usual) });

/** Whether `npm run test:long` asks: for all of what `npm test` runs a part of. */
export const isLong = Boolean(asked.runs || asked.kills);

/** Milliseconds that a test may take; 0, which is without end, in a long run. */
export const patience = (usual: number): number => (isLong ? 0 : usual);

/** All of them in a long run, else as many as `count`: those that the seed draws, in their order. */
export function drawn<Each>(all: readonly Each[], count: number): readonly Each[] {
  if (isLong) return all;
  const random = randomOf(seed);
  const order = all.map((_, index) => ({ index, rank: random() })).sort((one, other) => one.rank - other.rank);
  const chosen = new Set(order.slice(0, count).map(({ index }) => index));
  return all.filter((_, index) => chosen.has(index));
}
