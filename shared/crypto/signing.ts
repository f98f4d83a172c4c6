import { ed25519 } from '@noble/curves/ed25519.js';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { type Bytes, concat, fromBase64url, toBase64url } from './encoding.ts';

export interface SigningKey {
  readonly author: AuthorKey;
  readonly privateKey: CryptoKey;
}

/** Ed25519 (RFC 8032) from WebCrypto. `pkcs8` is the private key to keep sealed; nothing else can make it again. */
export async function generateSigningKey(): Promise<{ author: AuthorKey; pkcs8: Bytes }> {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  return { author: toBase64url(raw) as AuthorKey, pkcs8 };
}

export async function importSigningKey(author: AuthorKey, pkcs8: Bytes): Promise<SigningKey> {
  return { author, privateKey: await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']) };
}

/** What PKCS #8 puts before the 32 bytes of an Ed25519 key (RFC 8410 section 7). */
const pkcs8Start = Uint8Array.of(
  0x30,
  0x2e,
  0x02,
  0x01,
  0x00,
  0x30,
  0x05,
  0x06,
  0x03,
  0x2b,
  0x65,
  0x70,
  0x04,
  0x22,
  0x04,
  0x20,
);

/** @param seed 32 bytes, uniform and secret: the private key of RFC 8032 */
export const signingKeyOf = (seed: Bytes): Promise<SigningKey> =>
  importSigningKey(toBase64url(ed25519.getPublicKey(seed)) as AuthorKey, concat(pkcs8Start, seed));

export const sign = async (key: SigningKey, message: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.sign('Ed25519', key.privateKey, message));

const importedKeys = new Map<AuthorKey, Promise<CryptoKey>>();
const mostImportedKeys = 256;

function importAuthorKey(author: AuthorKey): Promise<CryptoKey> {
  const known = importedKeys.get(author);
  if (known) return known;
  // Bounded, because an author key may come from hostile bytes.
  if (importedKeys.size >= mostImportedKeys) importedKeys.clear();
  const imported = crypto.subtle.importKey('raw', fromBase64url(author), 'Ed25519', false, ['verify']);
  importedKeys.set(author, imported);
  return imported;
}

/** False also when `author` is no valid public key. Never throws. */
export async function verify(author: AuthorKey, signature: Bytes, message: Bytes): Promise<boolean> {
  try {
    return await crypto.subtle.verify('Ed25519', await importAuthorKey(author), signature, message);
  } catch {
    return false;
  }
}
