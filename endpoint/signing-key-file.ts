import { randomUUID } from 'node:crypto';
import { link, open, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import { authorKeySchema } from '#shared/crypto/key-schemas.ts';
import { generateSigningKey, importSigningKey, type SigningKey } from '#shared/crypto/signing.ts';

/** `pkcs8` is the private key, base64url. Whoever has it can forge the heads of every unit's log. */
const fileSchema = z.strictObject({ author: authorKeySchema, pkcs8: z.string().regex(/^[A-Za-z0-9_-]{40,200}$/) });

/** The endpoint's signing key; made when there is none. Workstations pin it: it must be kept as long as the logs. */
export async function signingKeyFrom(path: string): Promise<SigningKey> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return create(path);
    throw error;
  });
  const { author, pkcs8 } = parse(path, text);
  return importSigningKey(author, fromBase64url(pkcs8));
}

/** Several first starts may share one file: a link never replaces, so all of them go on with the key that came first. */
async function create(path: string): Promise<string> {
  const { author, pkcs8 } = await generateSigningKey();
  const text = JSON.stringify({ author, pkcs8: toBase64url(pkcs8) });
  const staging = `${path}.${randomUUID()}`;
  try {
    await writeFile(staging, text, { flag: 'wx', mode: 0o600, flush: true });
    await link(staging, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    // Before the key is used: workstations would pin a key that a power cut takes back.
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
    throw new Error(`${path} does not hold the key of an endpoint.`);
  }
}
