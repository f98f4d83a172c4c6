import { parseArgs } from 'node:util';
import { type Order, orderSchema } from './operator/operate.ts';
import type { EndpointOptions } from './start-endpoint.ts';

export const usage = `Usage:
  npm run endpoint -- --port N --data DIR [--host 127.0.0.1] [--database-url URL] [--key-file FILE] [--demo]
  npm run endpoint -- unit add --data DIR --force avon-and-somerset --force-name "..." --name "..."
  npm run endpoint -- code --data DIR --unit ID      another code for a workstation of a unit
  npm run endpoint -- code --data DIR --intake [--organisation crimestoppers]
                                                     a code for a contact centre's device
Commands may be given while the endpoint runs.`;

export type Command =
  | { readonly do: 'serve'; readonly options: EndpointOptions }
  | { readonly do: 'order'; readonly order: Order; readonly dataDir: string; readonly databaseUrl: string | undefined };

/** @throws TypeError, RangeError or ZodError with what is wrong */
export function parseCommandLine(args: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      port: { type: 'string', default: '7300' },
      host: { type: 'string', default: '127.0.0.1' },
      'database-url': { type: 'string' },
      'key-file': { type: 'string' },
      demo: { type: 'boolean', default: false },
      unit: { type: 'string' },
      intake: { type: 'boolean', default: false },
      organisation: { type: 'string' },
      force: { type: 'string' },
      'force-name': { type: 'string' },
      name: { type: 'string' },
    },
  });
  const { data: dataDir, 'database-url': databaseUrl, 'key-file': keyFile, host, demo } = values;
  if (!dataDir) throw new TypeError('--data DIR is needed.');
  const command = positionals.join(' ');
  if (command === '') {
    return { do: 'serve', options: { dataDir, databaseUrl, keyFile, host, demo, port: parsePort(values.port) } };
  }
  return { do: 'order', order: parseOrder(command, values), dataDir, databaseUrl };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new RangeError('--port is a number from 0 to 65535.');
  return port;
}

function parseOrder(command: string, values: Readonly<Record<string, string | boolean | undefined>>): Order {
  const { force, 'force-name': forceName, name, unit, intake, organisation } = values;
  if (command === 'unit add') return orderSchema.parse({ order: 'addUnit', force, forceName, name });
  if (command !== 'code') throw new TypeError(`There is no command "${command}".`);
  return orderSchema.parse(intake ? { order: 'intakeCode', organisation } : { order: 'workstationCode', unit });
}
