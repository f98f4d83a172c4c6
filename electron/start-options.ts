import { parseArgs } from 'node:util';
import { z } from 'zod';
import { contract } from '#shared/bridge/contract.ts';
import { fromBase64url, fromBytes } from '#shared/crypto/encoding.ts';

const startOptionsSchema = z.strictObject({
  /** Folder for everything that is kept; null for the system's place. */
  profile: z.string().min(1).nullable(),
  endpoint: z.string().max(300).nullable(),
  demo: contract['host.describe'].reply.shape.demo,
  /** The files of the profile are sealed with a key that lies beside them, as where no system's keychain is. */
  keyFile: z.boolean(),
});
export type StartOptions = z.output<typeof startOptionsSchema>;

const none: StartOptions = { profile: null, endpoint: null, demo: null, keyFile: false };

/**
 * What `npm start` hands over, as one argument: `--probity=` and base64url JSON. A packaged Probity takes none: whoever
 * can change a shortcut must not be able to send it elsewhere.
 */
export function parseStartOptions(argv: readonly string[], packaged: boolean): StartOptions {
  if (packaged) return none;
  const { values } = parseArgs({ args: argv.slice(1), options: { probity: { type: 'string' } }, strict: false });
  return typeof values.probity === 'string' ? startOptionsSchema.parse(fromBytes(fromBase64url(values.probity))) : none;
}
