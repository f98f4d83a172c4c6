import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parseEndpointAddress } from '#electron/host/workstation.ts';
import { say } from '#renderer/words/say.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

const usage =
  'Usage: npm start -- [--host electron|browser] [--port N] [--profile DIR] [--endpoint URL] [--no-open] [--fresh] [--no-demo] [--referrals N]';

const data = fileURLToPath(new URL('../../.probity/', import.meta.url));
/** A browser keeps what it stores by address and port, so the port stays the same from one start to the next. */
const usualPort = 4747;
/** As many as are made in some seconds. */
const usualReferrals = 90;

export interface StartOptions {
  /** Null: Electron where it can be had, else the browser host. */
  readonly host: 'electron' | 'browser' | null;
  readonly port: number;
  readonly profile: string;
  /** Folder of the embedded endpoint; null when none is started. */
  readonly embedded: string | null;
  /** Address of an endpoint that runs elsewhere. */
  readonly endpoint: string | null;
  /** How many invented referrals there are to be, where they are made. */
  readonly referrals: number;
  readonly open: boolean;
  readonly fresh: boolean;
}

/** The error is for the terminal. */
export function parseOptions(args: readonly string[]): Result<StartOptions, string> {
  const parsed = read(args);
  if (!parsed.ok) return parsed;
  const {
    host = null,
    port = `${usualPort}`,
    profile,
    endpoint,
    open,
    fresh,
    demo,
    referrals = `${usualReferrals}`,
  } = parsed.value;
  if (host !== null && host !== 'electron' && host !== 'browser') return refuse(`There is no host "${host}".`);
  if (host === 'electron' && !open) return refuse('Electron is a window: it cannot be started with --no-open.');
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return refuse(`"${port}" is not a port.`);
  if (!/^[1-9]\d{0,3}$/.test(referrals)) return refuse(`"${referrals}" is not a number of referrals.`);
  const address = endpoint === undefined ? ok(null) : parseEndpointAddress(endpoint);
  if (!address.ok) return refuse(say(address.error));
  return ok({
    host,
    port: Number(port),
    profile: profile === undefined ? resolve(data, 'profile') : resolve(profile),
    // Beside the usual profile, and inside any other, so that two profiles never share an embedded endpoint.
    embedded: endpoint === undefined && demo ? resolve(profile ?? data, 'endpoint') : null,
    endpoint: address.value,
    referrals: Number(referrals),
    open,
    fresh,
  });
}

const refuse = (why: string) => err(`${why}\n${usage}`);

function read(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        host: { type: 'string' },
        port: { type: 'string' },
        profile: { type: 'string' },
        endpoint: { type: 'string' },
        referrals: { type: 'string' },
        open: { type: 'boolean', default: true },
        fresh: { type: 'boolean', default: false },
        demo: { type: 'boolean', default: true },
      },
    });
    return ok(values);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}
