import { ensureRenderer } from '#build/start/fresh-renderer.ts';
import { openBenchWindow } from '#tests/bench/screen/bench-window.ts';
import { measureScreen } from '#tests/bench/screen/measure-screen.ts';
import type { BenchSource } from '#tests/bench/source.ts';
import { type Measures, median } from '#tests/bench/stopwatch.ts';

/** After unlocking, the vault goes on for a while by itself: it prepares matching and checks the log. Milliseconds. */
const settlingTakes = (size: number): number => 4_000 + size / 2;

/** Each round in a freshly started browser, on the cases that the window brought in by itself. */
export async function benchScreen(
  source: BenchSource,
  { size, rounds, samples }: { readonly size: number; readonly rounds: number; readonly samples: number },
): Promise<Measures[]> {
  await ensureRenderer();
  await using window = await openBenchWindow(source);
  await window.inPage(async (page) => {
    await page.locator(`[role=grid][aria-rowcount="${size + 1}"]`).waitFor({ timeout: 600_000 });
    await page.waitForTimeout(settlingTakes(size));
  });
  const measured: Measures[] = [];
  for (let round = 0; round < rounds; round += 1) {
    measured.push(
      await window.inPage(async (page) => {
        await page.waitForTimeout(settlingTakes(size));
        return measureScreen(page, samples);
      }),
    );
  }
  return measured;
}

/** [what, name of the measure, aim in ms of the 95th percentile]. */
const lines: readonly [label: string, name: string, aim: number | null][] = [
  ['key in a form', 'key', 16],
  ['  Event Timing', 'keyEvent', null],
  ['move in the queue', 'move', 16],
  ['  Event Timing', 'moveEvent', null],
  ['page of scrolling', 'scroll', 16],
  ['key in the search', 'search', 16],
  ['  Event Timing', 'searchEvent', null],
  ['nothing', 'nothing', null],
  ['opening a case, painted', 'open', 50],
  ['  main thread', 'openThread', null],
  ['End and Home, painted', 'end', 50],
  ['  main thread', 'endThread', null],
  ['filter, painted', 'filter', 50],
  ['  main thread', 'filterThread', null],
  ['counts of a filter, painted', 'counts', null],
  ['  main thread', 'countsThread', null],
];

export function printScreen(size: number, rounds: readonly Measures[]): void {
  const of = (name: string): number => median(rounds.map((each) => each[name] ?? Number.NaN));
  const cases = size.toLocaleString('en-GB');
  console.log(
    `\nThe window with ${cases} referrals (ms, p50 and p95 of inputs; keys, moves and scrolling: its main thread)`,
  );
  for (const [label, name, aim] of lines) {
    const p95 = of(`${name}P95`);
    const verdict = aim === null ? '' : `aim ${aim}${p95 <= aim ? '' : '  not reached'}`;
    const count = rounds.reduce((sum, each) => sum + (each[`${name}Count`] ?? 0), 0);
    console.log(
      `  ${label.padEnd(28)} ${of(name).toFixed(1).padStart(8)} ${p95.toFixed(1).padStart(8)}  of ${count}  ${verdict}`,
    );
  }
}
