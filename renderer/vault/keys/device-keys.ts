import { importContentKey } from '#shared/crypto/aead.ts';
import { deriveBytes } from '#shared/crypto/derive.ts';
import { type Bytes, concat, fromBase64url } from '#shared/crypto/encoding.ts';
import { ask, type Host } from '../host.ts';
import type { KdfParameters } from './passphrase.ts';

/** What this device contributes to the key slots of its members. `changes`: how often a slot's passphrase was changed. */
export interface DeviceKeys {
  /** Key of the outer seal of each slot, from the device's secret. */
  readonly labelKey: CryptoKey;
  /** What new slots are stretched with. */
  readonly kdf: KdfParameters;
  /** The secrets of device and slot, for one passphrase of it. @throws HostFailure where there are none */
  secretOf(slot: string, changes: number): Promise<Bytes>;
  /** The same, made where there are none. @throws HostFailure */
  beginSlot(slot: string, changes: number): Promise<Bytes>;
  /** No slot of any other passphrase opens any more. @throws HostFailure */
  settleSlot(slot: string, changes: number): Promise<void>;
}

/** The key of the outer seal. */
export const deriveLabelKey = async (deviceSecret: Bytes): Promise<CryptoKey> =>
  importContentKey(await deriveBytes(deviceSecret, 'probity/slot-label/1'));

/** @throws HostFailure */
export async function openDeviceKeys(host: Host, kdf: KdfParameters): Promise<DeviceKeys> {
  const deviceSecret = fromBase64url((await ask(host, 'device.secret', {})).secret);
  const withDevice = ({ secret }: { readonly secret: string }): Bytes => concat(deviceSecret, fromBase64url(secret));
  return {
    labelKey: await deriveLabelKey(deviceSecret),
    kdf,
    secretOf: async (slot, passphrase) => withDevice(await ask(host, 'slot.secret', { slot, passphrase })),
    beginSlot: async (slot, passphrase) => withDevice(await ask(host, 'slot.begin', { slot, passphrase })),
    settleSlot: async (slot, passphrase) => void (await ask(host, 'slot.settle', { slot, passphrase })),
  };
}
