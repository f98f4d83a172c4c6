import { join } from 'node:path';
import { z } from 'zod';
import type { CallFailure } from '#shared/bridge/contract.ts';
import { fromBase64url, randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import { authorKeySchema, base64urlSchema, secretKeySchema } from '#shared/crypto/key-schemas.ts';
import { generateSigningKey, importSigningKey, type SigningKey } from '#shared/crypto/signing.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { type SecretStore, sealedFile } from './sealed-file.ts';

export interface Device {
  /** Signs requests to the endpoint. Never case work: members have their own keys, in the vault. */
  readonly key: SigningKey;
  /** 32 bytes, base64url. A stolen store is worthless without it, however weak the passphrase. */
  readonly secret: string;
}

const deviceSchema = z.strictObject({
  author: authorKeySchema,
  pkcs8: base64urlSchema,
  secret: secretKeySchema,
});

/**
 * The keys of this computer, made at first use and kept in `device.json`. Every key slot depends on the secret, so a
 * file that does not open is never replaced by a fresh one.
 */
export function deviceStore(profile: string, secrets: SecretStore): () => Promise<Result<Device, CallFailure>> {
  const file = sealedFile(join(profile, 'device.json'), deviceSchema, secrets);

  async function loadOrCreate(): Promise<Result<Device, CallFailure>> {
    const stored = await file.read();
    if (!stored.ok) return stored;
    if (stored.value) return ok(await toDevice(stored.value));
    const { author, pkcs8 } = await generateSigningKey();
    await file.write({ author, pkcs8: toBase64url(pkcs8), secret: toBase64url(randomBytes(32)) });
    // Read back: what is used from now on is what the next start will find.
    const written = await file.read();
    if (!written.ok) return written;
    if (!written.value) throw new Error('device.json vanished as it was written');
    return ok(await toDevice(written.value));
  }

  // One attempt at a time, or two first calls would make two devices. A refusal is forgotten: the cause may be mended.
  let current: Promise<Result<Device, CallFailure>> | null = null;
  const forget = () => {
    current = null;
  };
  return () => {
    current ??= loadOrCreate().then(
      (device) => {
        if (!device.ok) forget();
        return device;
      },
      (error: unknown) => {
        forget();
        throw error;
      },
    );
    return current;
  };
}

const toDevice = async ({ author, pkcs8, secret }: z.output<typeof deviceSchema>): Promise<Device> => ({
  key: await importSigningKey(author, fromBase64url(pkcs8)),
  secret,
});
