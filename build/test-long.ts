/**
 * `npm run test:long -- --seed 7 --runs 2000 --kills 120`: the property, kill and mutation tests of `npm test`, which
 * runs a sample of each, as often as is asked for, and all hostile files.
 */
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { conclude, playwrightStep, runInTurn, vitestStep } from './test-steps.ts';

const optionsSchema = z.object({
  seed: z.coerce
    .number()
    .int()
    .nonnegative()
    .default(() => randomInt(1_000_000)),
  runs: z.coerce.number().int().positive().default(2_000),
  kills: z.coerce.number().int().positive().default(120),
});

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { seed: text, runs: text, kills: text } });
const effort = optionsSchema.parse(values);
const { seed, runs, kills } = effort;
console.log(`seed ${seed}, ${runs} runs of each property, ${kills} kills`);

/** Test files whose counts are asked for, which are those that import the effort. */
const files = readdirSync('tests', { recursive: true, encoding: 'utf8' })
  .map((name) => join('tests', name))
  .filter((path) => /\.(test|spec)\.ts$/.test(path) && readFileSync(path, 'utf8').includes('support/effort.ts'));

const isTimed = (path: string): boolean => path.startsWith(join('tests', 'e2e', 'timed'));

const began = performance.now();
const results = await runInTurn(
  [
    vitestStep(
      'property, kill and mutation tests',
      files.filter((path) => path.endsWith('.test.ts')),
    ),
    playwrightStep(
      'end-to-end kill tests',
      files.filter((path) => path.endsWith('.spec.ts') && !isTimed(path)),
    ),
    // By themselves: what runs beside them would be timed with them.
    playwrightStep('timed end-to-end tests', files.filter(isTimed)),
  ],
  effort,
);
const minutes = ((performance.now() - began) / 60_000).toFixed(1);
conclude(results, `seed ${seed}, ${runs} runs of each property, ${kills} kills: ${minutes} min`);
