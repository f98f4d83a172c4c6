import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stripRefusalCodes } from '#renderer/vault/codes.ts';
import { say } from '#renderer/words/say.ts';
import { attachmentLimits } from '#shared/domain/report/attachments.ts';
import { drawn, isLong, patience, seed } from '#tests/support/effort.ts';
import { hostileFiles } from '#tests/support/hostile-files/hostile-files.ts';
import { type Measured, startStripInChromium } from '#tests/support/strip-in-chromium.ts';

/*
 * Files that somebody made to do harm, taken apart in Chromium as the product does it: a sample of them in `npm test`, all of
 * them in `npm run test:long`.
 */

const all = hostileFiles(seed);
const sampled = drawn(all, 12);
/** Seconds for one of them. Some never end by themselves, and all that is asked is that something ends them. */
const seconds = isLong ? 20 : 4;
/** MiB that the process of window, vault and worker may have. */
const mostMemory = 800;

let chromium: Awaited<ReturnType<typeof startStripInChromium>>;
const measured: Measured[] = [];

beforeAll(async () => {
  chromium = await startStripInChromium();
}, 60_000);
afterAll(async () => {
  await chromium.close();
  report();
});

/** Peak memory and time of the worst, and what became of all. */
function report(): void {
  const worst = (of: (one: Measured) => number) => [...measured].sort((one, other) => of(other) - of(one)).slice(0, 5);
  const ends = Map.groupBy(measured, ({ refusal }) => refusal?.code ?? 'a copy');
  console.log(`${measured.length} hostile files (seed ${seed}), ${chromium.crashes()} crashes of the window`);
  for (const [end, those] of ends) console.log(`  ${those.length} ended as ${end}`);
  for (const { name, peak } of worst((one) => one.peak)) console.log(`  ${peak.toFixed(0)} MiB at most: ${name}`);
  for (const { name, milliseconds } of worst((one) => one.milliseconds)) {
    console.log(`  ${(milliseconds / 1000).toFixed(1)} s: ${name}`);
  }
}

test('there are at least three hundred, and no two have the same name', () => {
  expect(all.length).toBeGreaterThanOrEqual(300);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});

describe('the bundle', () => {
  test('holds PDFium within a script, since the window may fetch nothing', async () => {
    const files = await readdir(chromium.dist, { recursive: true });
    expect(files.filter((file) => file.endsWith('.wasm'))).toEqual([]);
  });
});

describe.each(sampled)('$name', (file) => {
  test(
    'ends as a copy or as a refusal in words, and the window goes on',
    async () => {
      const taken = await chromium.take(file, seconds);
      measured.push(taken);
      expect(chromium.crashes()).toBe(0);
      if (taken.refusal) {
        expect(stripRefusalCodes).toContain(taken.refusal.code);
        expect(say(taken.refusal)).toMatch(/^[A-Z].*\.$/);
        expect(say(taken.refusal)).not.toMatch(/undefined|NaN/);
      } else {
        expect(taken.copied).toBeLessThanOrEqual(attachmentLimits.bytes);
      }
      // Linux only: elsewhere nothing says it.
      if (!Number.isNaN(taken.peak)) expect(taken.peak).toBeLessThan(mostMemory);
    },
    patience(60_000),
  );
});
