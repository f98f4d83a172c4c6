import { SealBroken } from '#shared/crypto/aead.ts';
import { deriveStreamKey } from '#shared/crypto/derive.ts';
import { type Bytes, fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import { decapsulate, sealingKeyId } from '#shared/crypto/public-box.ts';
import type { UnitSecrets } from '#shared/domain/unit/unit-state.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Decapsulate, FindContentKey } from '#shared/log/body.ts';
import type { SlotSecrets } from './slots.ts';

/** All keys that a member can reach, found by the key id of an entry. Holds no key for what they may not read. */
export interface Keyring {
  /** Adds what a grant brought. */
  admit(secrets: UnitSecrets): Promise<void>;
  readonly find: FindContentKey;
  readonly decapsulate: Decapsulate;
  /** The key id and key for a new entry in a stream. @throws SealBroken before any grant */
  current(stream: StreamId): Promise<{ kid: string; key: CryptoKey }>;
  /** What another member must be granted to read what this one reads. */
  grantable(): UnitSecrets;
}

/** Sealed to someone else: not damage, and not ours to read. */
export class NoKey extends SealBroken {}

const unitKid = /^unit:(\d{1,9})$/;
/** One encapsulation serves up to 256 referrals, and opening one takes milliseconds; a stream's key serves all its entries. */
const mostRemembered = 256;

function remember(keys: Map<string, Promise<CryptoKey>>, name: string, key: Promise<CryptoKey>): void {
  if (keys.size >= mostRemembered) keys.delete(keys.keys().next().value ?? '');
  keys.set(name, key);
}

export async function createKeyring(slot: SlotSecrets): Promise<Keyring> {
  const epochs = new Map<number, Bytes>();
  const sealingKeys = new Map<string, Bytes>();
  const known: { epochs: UnitSecrets['epochs']; sealingKeys: UnitSecrets['sealingKeys'] } = {
    epochs: [],
    sealingKeys: [],
  };
  sealingKeys.set(await sealingKeyId(slot.sealingPublicKey), fromBase64url(slot.sealingPrivateKey));
  const opened = new Map<string, Promise<CryptoKey>>();
  const streamKeys = new Map<string, Promise<CryptoKey>>();

  const streamKey = async (epoch: number, stream: StreamId): Promise<CryptoKey> => {
    const unitKey = epochs.get(epoch);
    if (!unitKey) throw new NoKey('You do not hold the key of this entry.');
    const name = `${epoch}/${stream}`;
    const key = streamKeys.get(name) ?? deriveStreamKey(unitKey, stream);
    remember(streamKeys, name, key);
    return key;
  };

  return {
    async admit(secrets) {
      for (const item of secrets.epochs) {
        if (epochs.has(item.epoch)) continue;
        epochs.set(item.epoch, fromBase64url(item.key));
        known.epochs.push(item);
      }
      for (const item of secrets.sealingKeys) {
        const kid = await sealingKeyId(item.publicKey);
        if (sealingKeys.has(kid)) continue;
        sealingKeys.set(kid, fromBase64url(item.privateKey));
        known.sealingKeys.push(item);
      }
    },
    async find({ kid, stream }) {
      const epoch = unitKid.exec(kid)?.[1];
      if (!epoch) throw new NoKey('You do not hold the key of this entry.');
      return streamKey(Number(epoch), stream);
    },
    async decapsulate(kid, encapsulated) {
      const privateKey = sealingKeys.get(kid);
      if (!privateKey) throw new NoKey('This entry is sealed to another member.');
      const name = toBase64url(encapsulated);
      const earlier = opened.get(name);
      if (earlier) return earlier;
      const key = decapsulate(privateKey, encapsulated);
      remember(opened, name, key);
      return key;
    },
    async current(stream) {
      const epoch = Math.max(0, ...epochs.keys());
      return { kid: `unit:${epoch}`, key: await streamKey(epoch, stream) };
    },
    grantable: () => known,
  };
}
