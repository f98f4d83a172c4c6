import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type DomainFile, eventListPath, printEventList } from '#build/event-list.ts';
import { eventList } from '#shared/domain/registry/event-list.ts';

const files: readonly DomainFile[] = globSync('shared/domain/*/*.ts').map((path) => ({
  path,
  text: readFileSync(path, 'utf8'),
}));

test('the list names every event that a file defines: `npm run fix` brings it up to date', () => {
  expect(readFileSync(eventListPath, 'utf8')).toBe(printEventList(files));
});

test('one file, one event: no call of a definition is overlooked, however it is written', () => {
  const calls = files
    .filter(({ path }) => !path.endsWith('define-event.ts'))
    .map(({ path, text }) => ({
      path,
      count: text.match(/\bdefine(?:Case|Roster|Unit|Member)Event\b(?! ?[,}])/g)?.length ?? 0,
    }))
    .filter(({ count }) => count > 0);
  expect(calls.filter(({ count }) => count !== 1)).toEqual([]);
  expect(calls).toHaveLength(eventList.length);
  expect(new Set(eventList.map(({ type }) => type)).size).toBe(eventList.length);
});

test('the same files in another order, with the separators of Windows, give the same list', () => {
  const onWindows = files.map(({ path, text }) => ({ path: path.replaceAll('/', '\\'), text })).toReversed();
  expect(printEventList(onWindows)).toBe(printEventList(files));
});

test('a file without an event is left out, and what defines events is none', () => {
  const file = (name: string, text: string) => ({ path: `shared/domain/visit/${name}.ts`, text });
  const list = printEventList([
    file('visit-planned', "export const visitPlanned = defineCaseEvent('visit.planned', {"),
    file('visit', 'export interface Visit {}'),
    file('define-event', 'export const defineCaseEvent = <const Type extends string>('),
  ]);
  expect(list).toContain("import { visitPlanned } from '../visit/visit-planned.ts';");
  expect(list.match(/^import /gm)).toHaveLength(1);
});
