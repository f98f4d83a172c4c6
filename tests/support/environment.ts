/** The only file of the tests that reads the environment. */
import { randomInt } from 'node:crypto';
import { z } from 'zod';

// Where none is given the first process draws it, for all that it starts: they name and choose tests by it.
process.env.PROBITY_TEST_SEED ??= String(randomInt(1_000_000));

const count = z.coerce.number().int().positive().optional();

const environmentSchema = z.object({
  PROBITY_TEST_SEED: z.coerce.number().int().nonnegative(),
  PROBITY_TEST_RUNS: count,
  PROBITY_TEST_KILLS: count,
  PROBITY_ELECTRON: z.string().min(1).optional(),
});

const { PROBITY_TEST_SEED, PROBITY_TEST_RUNS, PROBITY_TEST_KILLS, PROBITY_ELECTRON } = environmentSchema.parse(
  process.env,
);

/** A seed, and what else `npm run test:long` asks for. */
export const asked = { seed: PROBITY_TEST_SEED, runs: PROBITY_TEST_RUNS, kills: PROBITY_TEST_KILLS } as const;

/** Path of an Electron in which the end-to-end tests run; null: in Chromium, through the browser host. */
export const electronProgram: string | null = PROBITY_ELECTRON ?? null;
