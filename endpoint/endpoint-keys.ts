import { randomUUID } from 'node:crypto';
import { link, open, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import { authorKeySchema } from '#shared/crypto/key-schemas.ts';
import { generateSigningKey, importSigningKey, type SigningKey } from '#shared/crypto/signing.ts';

/** `pkcs8` is the private key, base64url. */
const keySchema = z.strictObject({ author: authorKeySchema, pkcs8: z.string().regex(/^[A-Za-z0-9_-]{40,200}$/) });

/** Whoever has the first can forge referrals; whoever has the second can show two readers two logs. */
const fileSchema = z.strictObject({ entries: keySchema, checkpoints: keySchema });

export interface EndpointKeys {
  /** Signs what the endpoint writes into a log. */
  readonly entries: SigningKey;
  /** Signs the checkpoints of every log. */
  readonly checkpoints: SigningKey;
}

/** The endpoint's keys; made when there are none. Workstations pin them: they must be kept as long as the logs. */
export async function endpointKeysFrom(path: string): Promise<EndpointKeys> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return create(path);
    throw error;
  });
  const { entries, checkpoints } = parse(path, text);
  return { entries: await importKey(entries), checkpoints: await importKey(checkpoints) };
}

const importKey = ({ author, pkcs8 }: z.output<typeof keySchema>): Promise<SigningKey> =>
  importSigningKey(author, fromBase64url(pkcs8));

async function newKey(): Promise<z.output<typeof keySchema>> {
  const { author, pkcs8 } = await generateSigningKey();
  return { author, pkcs8: toBase64url(pkcs8) };
}

/** Several first starts may share one file: a link never replaces, so all of them go on with the keys that came first. */
async function create(path: string): Promise<string> {
  const text = JSON.stringify({ entries: await newKey(), checkpoints: await newKey() });
  const staging = `${path}.${randomUUID()}`;
  try {
    await writeFile(staging, text, { flag: 'wx', mode: 0o600, flush: true });
    await link(staging, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    // Before the keys are used: workstations would pin keys that a power cut takes back.
    await syncFolder(dirname(path));
  } finally {
    await rm(staging, { force: true });
  }
  return readFile(path, 'utf8');
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders, and NTFS journals the link itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

function parse(path: string, text: string): z.output<typeof fileSchema> {
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch {
    throw new Error(`${path} does not hold the keys of an endpoint.`);
  }
}
