/** The text of `shared/domain/registry/event-list.ts`, made of the files of the events. */
export const eventListPath = 'shared/domain/registry/event-list.ts';

const definition = /^export const (\w+) = define(?:Case|Roster|Unit|Member)Event\(/m;

/** A file of a folder of the domain: its path from the root of the project, with the separators of any system. */
export interface DomainFile {
  readonly path: string;
  readonly text: string;
}

export function printEventList(files: readonly DomainFile[]): string {
  const found = files
    .map(({ path, text }) => ({ path: path.replaceAll('\\', '/'), name: definition.exec(text)?.[1] }))
    .filter(({ name }) => name !== undefined)
    .map(({ path, name }) => ({ name, path: path.replace('shared/domain/', '../') }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
  return [
    '// Written by build/list-events.ts: `npm run fix` brings it up to date.',
    ...found.map(({ name, path }) => `import { ${name} } from '${path}';`),
    '',
    '/** Every event there is, in the order of their files. */',
    'export const eventList = [',
    ...found.map(({ name }) => `  ${name},`),
    '] as const;',
    '',
  ].join('\n');
}
