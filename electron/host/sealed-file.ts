import { mkdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import type { CallFailure } from '#shared/bridge/contract.ts';
import { type Bytes, fromBase64url, fromBytes, toBase64url, toBytes } from '#shared/crypto/encoding.ts';
import { base64urlSchema } from '#shared/crypto/key-schemas.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { readIfThere, writeAtomically } from './atomic-file.ts';
import { refuse } from './failures.ts';

/** Seals for this user on this computer. Electron: the system's keychain; browser host: a key file. */
export interface SecretStore {
  seal(bytes: Bytes): Promise<Bytes>;
  /** @throws when the bytes were sealed elsewhere or changed */
  open(box: Bytes): Promise<Bytes>;
}

const fileSchema = z.strictObject({
  format: z.literal('probity-sealed+1'),
  sealed: base64urlSchema,
});

/** The files of a workstation, as their codes name them. */
type FileName = 'attempts' | 'device' | 'enrolment' | 'slot-secrets';

export interface SealedFile<Value> {
  /** Null when there is no file yet. */
  read(): Promise<Result<Value | null, CallFailure>>;
  write(value: Value): Promise<void>;
}

/** One JSON value in one sealed file. A file that does not open is reported and left exactly as it is. */
export function sealedFile<Value>(path: string, schema: z.ZodType<Value>, secrets: SecretStore): SealedFile<Value> {
  const name = basename(path, '.json') as FileName;
  return {
    async read() {
      const stored = await readIfThere(path);
      if (stored === null) return ok(null);
      const file = parseFile(stored.toString());
      if (!file.success) return damaged(name);
      const opened = await secrets.open(fromBase64url(file.data.sealed)).catch(() => null);
      if (opened === null) return foreign(name);
      const value = parseValue(opened, schema);
      return value.success ? ok(value.data) : damaged(name);
    },
    async write(value) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const sealed = toBase64url(await secrets.seal(toBytes(value)));
      await writeAtomically(path, `${JSON.stringify({ format: 'probity-sealed+1', sealed })}\n`);
    },
  };
}

function parseFile(text: string) {
  try {
    return fileSchema.safeParse(JSON.parse(text));
  } catch {
    return { success: false } as const;
  }
}

function parseValue<Value>(bytes: Bytes, schema: z.ZodType<Value>) {
  try {
    return schema.safeParse(fromBytes(bytes));
  } catch {
    return { success: false } as const;
  }
}

const damaged = (file: FileName) => refuse(`${file}-damaged`);

/** Sealed for another user or on another computer, or changed. */
const foreign = (file: FileName) => refuse(`${file}-sealed-elsewhere`);
