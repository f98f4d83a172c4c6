/**
 * Writes `shared/domain/registry/event-list.ts` from the files of the events, so that adding an event is adding its file.
 * `npm run fix` writes it; with `--check`, as `npm run check` asks, an outdated list is an error.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { eventListPath, printEventList } from './event-list.ts';

const files = globSync('shared/domain/*/*.ts').map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const list = printEventList(files);

const isCurrent = readFileSync(eventListPath, 'utf8') === list;
if (process.argv.includes('--check')) {
  if (!isCurrent) {
    console.error(`${eventListPath} does not list every event. Run \`npm run fix\`.`);
    process.exitCode = 1;
  }
} else if (!isCurrent) writeFileSync(eventListPath, list);
