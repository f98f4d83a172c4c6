import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { SigningKey } from '#shared/crypto/signing.ts';
import { importStoredKey, newStoredKey, storedKeySchema } from './stored-key.ts';
import { writeOnce } from './write-once.ts';

/** Whoever has the first can forge referrals; whoever has the second can show two readers two logs. */
const fileSchema = z.strictObject({ entries: storedKeySchema, checkpoints: storedKeySchema });

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
  return { entries: await importStoredKey(entries), checkpoints: await importStoredKey(checkpoints) };
}

/** Several first starts may share one file: all of them go on with the keys that came first. */
async function create(path: string): Promise<string> {
  await writeOnce(path, JSON.stringify({ entries: await newStoredKey(), checkpoints: await newStoredKey() }));
  return readFile(path, 'utf8');
}

function parse(path: string, text: string): z.output<typeof fileSchema> {
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch {
    throw new Error(`${path} does not hold the keys of an endpoint.`);
  }
}
