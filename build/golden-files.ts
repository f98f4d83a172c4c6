/**
 * Makes the golden files anew: plays the invented history with the product's own code, and writes down what came of it.
 * `npm run golden`. With `--state`, only what the recorded log folds to: that is enough after a change of the fold.
 */
import { mkdirSync } from 'node:fs';
import { foldLog } from '#tests/support/golden/fold-log.ts';
import { type GoldenFiles, readGolden, writeGolden } from '#tests/support/golden/golden-file.ts';
import { record } from '#tests/support/golden/record.ts';
import { Stage } from '#tests/support/golden/stage.ts';
import { play } from '#tests/support/golden/story.ts';

async function playAndWrite(): Promise<void> {
  const stage = new Stage();
  try {
    await stage.begin();
    const played = await play(stage);
    const files = await record(stage, played);
    mkdirSync('tests/golden', { recursive: true });
    for (const [name, value] of Object.entries(files)) writeGolden(name as keyof GoldenFiles, value as never);
    played.last.close();
  } finally {
    await stage.end();
  }
}

async function foldAndWrite(): Promise<void> {
  const [store, keys, log] = [readGolden('store'), readGolden('keys'), readGolden('log')];
  writeGolden('state', await foldLog(store, keys, log, readGolden('tree'), readGolden('directory')));
}

await (process.argv.includes('--state') ? foldAndWrite() : playAndWrite());
// Sessions of the history have timers that nobody waits for.
process.exit();
