import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { SigningKey } from '#shared/crypto/signing.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { writeOnce } from '../kept-files.ts';
import { importStoredKey, newStoredKey, storedKeySchema } from '../stored-key.ts';

/** The operator's own key, which signs the directory. It never is on the endpoint's machine, but for a demonstration. */
const fileSchema = z.strictObject({ operator: storedKeySchema });

/** @returns its public half; null when there is such a file: it is never replaced */
export async function makeOperatorKey(path: string): Promise<AuthorKey | null> {
  const operator = await newStoredKey();
  return (await writeOnce(path, JSON.stringify({ operator }))) ? operator.author : null;
}

/** @throws when the file holds none */
export async function readOperatorKey(path: string): Promise<SigningKey> {
  const text = await readFile(path, 'utf8');
  const parsed = fileSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new Error(`${path} does not hold the key of an operator.`);
  return importStoredKey(parsed.data.operator);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
