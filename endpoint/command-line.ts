import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import { jurisdictionIds, usualJurisdiction } from '#shared/domain/jurisdiction/jurisdictions.ts';
import type { EndpointPlace } from './open-endpoint.ts';
import { type Order, orderSchema } from './operator/operate.ts';
import type { Signing } from './operator/sign-directory.ts';
import type { EndpointOptions } from './start-endpoint.ts';

export const usage = `Usage:
  npm run endpoint -- --port N --data DIR [--host 127.0.0.1] [--database-url URL] [--key-file FILE] [--demo]
      [--trusted-proxy ADDRESS]                      may be given more than once: an address or a network (10.0.0.0/8) of a
                                                     proxy in front, whose X-Forwarded-For says who asks
  npm run endpoint -- unit add --data DIR --force avon-and-somerset --force-name "..." --name "..."
                 [--jurisdiction ${usualJurisdiction}]    under whose law its matters are referred, one of:
                                                     ${jurisdictionIds.join(',\n                                                     ')}
  npm run endpoint -- code --data DIR --unit ID      another code for a workstation of a unit
  npm run endpoint -- code --data DIR --intake [--organisation crimestoppers]
                                                     a code for a contact centre's device
The directory, which tells each unit who founded the others. On a machine that is never online, and has the operator's key:
  npm run endpoint -- directory key --out FILE       makes the operator's key, once
  npm run endpoint -- directory sign --operator-key FILE --draft FILE [--last SIGNED]
                                                     shows what there is to sign; signs nothing
  npm run endpoint -- directory sign --operator-key FILE --draft FILE [--last SIGNED] --out SIGNED
                                                     signs it
On the machine of the endpoint:
  npm run endpoint -- directory trust --data DIR --public-key KEY
                                                     once, before the first code
  npm run endpoint -- directory draft --data DIR --out FILE
  npm run endpoint -- directory publish --data DIR --file SIGNED
The endpoint's own keys:
  npm run endpoint -- keys replace --data DIR         makes new ones, and tells the log of each unit
Commands may be given while the endpoint runs. Where it was started with --database-url or --key-file, they need these too.`;

interface Values {
  readonly [name: string]: string | boolean | readonly string[] | undefined;
}

export type Command =
  | { readonly do: 'serve'; readonly options: EndpointOptions }
  | { readonly do: 'order'; readonly order: Order; readonly place: EndpointPlace }
  /** `out`: where the draft is to go. */
  | { readonly do: 'draft'; readonly out: string; readonly place: EndpointPlace }
  /** `file`: of what the operator signed. */
  | { readonly do: 'publish'; readonly file: string; readonly place: EndpointPlace }
  | { readonly do: 'help' }
  | { readonly do: 'makeKey'; readonly out: string }
  | { readonly do: 'sign'; readonly signing: Signing };

const text = { type: 'string' } as const;

/** A key in base64url may begin with a dash, which would be taken for the next option. */
const withKeys = (args: readonly string[]): string[] =>
  args.flatMap((each, index) => {
    if (args[index - 1] === '--public-key') return [];
    const value = args[index + 1];
    return each === '--public-key' && value !== undefined ? [`${each}=${value}`] : [each];
  });

/** @throws TypeError, RangeError or ZodError with what is wrong */
export function parseCommandLine(args: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    args: withKeys(args),
    allowPositionals: true,
    options: {
      ...{ data: text, 'database-url': text, 'key-file': text, unit: text, organisation: text, force: text },
      ...{
        'force-name': text,
        jurisdiction: text,
        name: text,
        out: text,
        file: text,
        'operator-key': text,
        'public-key': text,
      },
      ...{ draft: text, last: text },
      'trusted-proxy': { type: 'string', multiple: true, default: [] },
      port: { type: 'string', default: '7300' },
      host: { type: 'string', default: '127.0.0.1' },
      demo: { type: 'boolean', default: false },
      intake: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return { do: 'help' };
  const command = positionals.join(' ');
  if (command === 'directory key') return { do: 'makeKey', out: needed(values, 'out') };
  if (command === 'directory sign') {
    const { last, out } = values;
    const [operatorKey, draft] = [needed(values, 'operator-key'), needed(values, 'draft')];
    return { do: 'sign', signing: { operatorKey, draft, last, out } };
  }
  const { 'database-url': databaseUrl, 'key-file': keyFile, host, demo } = values;
  const place = { dataDir: needed(values, 'data', 'DIR'), databaseUrl, keyFile };
  if (command === '') {
    const trustedProxies = values['trusted-proxy'].map(parseProxy);
    return { do: 'serve', options: { ...place, host, demo, port: parsePort(values.port), trustedProxies } };
  }
  if (command === 'directory publish') return { do: 'publish', file: needed(values, 'file'), place };
  if (command === 'directory draft') return { do: 'draft', out: needed(values, 'out'), place };
  return { do: 'order', order: parseOrder(command, values), place };
}

function needed(values: Values, name: string, what = 'FILE'): string {
  const value = values[name];
  if (typeof value !== 'string' || value === '') throw new TypeError(`--${name} ${what} is needed.`);
  return value;
}

function parsePort(given: string): number {
  const port = Number(given);
  if (!/^\d+$/.test(given) || port > 65_535) throw new RangeError('--port is a number from 0 to 65535.');
  return port;
}

/** An address, or a network as an address with the number of its leading bits that count. */
function parseProxy(given: string): string {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(given) ?? [];
  const most = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (most === 0) throw new RangeError('--trusted-proxy is an address, or a network such as 10.0.0.0/8.');
  const counting = bits === undefined ? most : Number(bits);
  if (counting > most) throw new RangeError(`--trusted-proxy ${given}: such a network has at most ${most} bits.`);
  if (counting === 0) throw new RangeError('--trusted-proxy would believe everybody.');
  return given;
}

function parseOrder(command: string, values: Values): Order {
  const { force, 'force-name': forceName, jurisdiction, name, unit, intake, organisation } = values;
  switch (command) {
    case 'unit add':
      return orderSchema.parse({ order: 'addUnit', force, forceName, jurisdiction, name });
    case 'code':
      return orderSchema.parse(intake ? { order: 'intakeCode', organisation } : { order: 'workstationCode', unit });
    case 'keys replace':
      return orderSchema.parse({ order: 'replaceKeys' });
    case 'directory trust':
      return orderSchema.parse({ order: 'trustOperator', operatorKey: needed(values, 'public-key', 'KEY') });
    default:
      throw new TypeError(`There is no command "${command}".`);
  }
}
