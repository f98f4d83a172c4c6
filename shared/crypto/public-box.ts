import { Aes256Gcm, CipherSuite, HkdfSha256 } from '@hpke/core';
import { XWing } from '@hpke/hybridkem-x-wing';
import { importContentKey, SealBroken } from './aead.ts';
import { type Bytes, fromBase64url, randomBytes, toBase64url, utf8 } from './encoding.ts';

/**
 * Keys for whoever holds a sealing key, by HPKE base mode (RFC 9180) with X-Wing: X25519 and ML-KEM-768 together, so
 * that what is recorded today stays shut when quantum computers come. HPKE's secret export (section 5.3) gives the
 * AES-256-GCM content key; one encapsulation may serve several messages (docs/adr/0004).
 */
const kem = new XWing();
const suite = new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const info = utf8('probity/sealed-to/1');
const exporterContext = utf8('content key');

/** Length of an X-Wing encapsulation in bytes: ML-KEM-768 ciphertext (1088) and X25519 public key (32). */
export const encapsulationLength = 1120;

/** A public sealing key, base64url, 1216 bytes raw. */
export type SealingPublicKey = string;

export interface SealingKeyPair {
  readonly publicKey: SealingPublicKey;
  /** 32-byte X-Wing seed. */
  readonly privateKey: Bytes;
}

/** @param seed 32 bytes, uniform and secret: X-Wing's private key */
export async function sealingKeyOf(seed: Bytes): Promise<SealingKeyPair> {
  const pair = await kem.generateKeyPairDerand(seed);
  const publicKey = await kem.serializePublicKey(pair.publicKey);
  return { publicKey: toBase64url(new Uint8Array(publicKey)), privateKey: seed };
}

export const generateSealingKey = (): Promise<SealingKeyPair> => sealingKeyOf(randomBytes(32));

export interface Encapsulation {
  /** What the holder of the private key needs to reach the same content key. 1120 bytes. */
  readonly encapsulated: Bytes;
  readonly contentKey: CryptoKey;
}

/** @throws when `publicKey` is no valid X-Wing public key */
export async function encapsulateTo(publicKey: SealingPublicKey): Promise<Encapsulation> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(fromBase64url(publicKey));
  const context = await suite.createSenderContext({ recipientPublicKey, info });
  const raw = await context.export(exporterContext, 32);
  return { encapsulated: new Uint8Array(context.enc), contentKey: await importContentKey(new Uint8Array(raw)) };
}

/** @throws SealBroken when the encapsulation is malformed. One made for another key yields a key that opens nothing. */
export async function decapsulate(privateKey: Bytes, encapsulated: Bytes): Promise<CryptoKey> {
  try {
    const recipientKey = await suite.kem.deserializePrivateKey(privateKey);
    const context = await suite.createRecipientContext({ recipientKey, enc: encapsulated, info });
    return importContentKey(new Uint8Array(await context.export(exporterContext, 32)));
  } catch {
    throw new SealBroken('The sealed key is malformed.');
  }
}
