import { type DeviceKeys, openDeviceKeys } from './keys/device-keys.ts';
import type { SlotSecrets } from './keys/slots.ts';
import { keepUnitLabel } from './keys/unit-label.ts';
import { startSession, type VaultParts, type VaultSession } from './session.ts';
import type { HoldingStore } from './store/held-drafts.ts';
import type { VaultEvent } from './vault-api.ts';

/** With the store that holds drafts. */
type Parts = VaultParts & { readonly store: HoldingStore };

/** The vault while it is locked: what leads in. One for the life of its worker; locking is ending the worker. */
export interface Entrance {
  readonly parts: Parts;
  /** Of this device; asked of the host once. @throws HostFailure */
  deviceKeys(): Promise<DeviceKeys>;
  /** One unlock or founding at a time, and only while it is locked: two would be two writers. Null when it is not alone. */
  alone<T>(task: () => Promise<T>): Promise<T | null>;
  /** @throws StoreNewer */
  open(slotId: string, secrets: SlotSecrets, failedAttemptsBefore: number): Promise<VaultSession>;
  /** Null while it is locked. */
  readonly session: VaultSession | null;
}

export function createEntrance(parts: Parts, isOnline: () => boolean, emit: (event: VaultEvent) => void): Entrance {
  let session: VaultSession | null = null;
  let isOpening = false;
  let device: Promise<DeviceKeys> | null = null;
  const deviceKeys = (): Promise<DeviceKeys> => {
    device ??= openDeviceKeys(parts.host, parts.kdf);
    device.catch(() => {
      device = null;
    });
    return device;
  };
  /** Only a convenience: on a full disk the next unlock writes it. */
  const keepLabel = (): void => {
    const { vault } = session ?? {};
    void vault?.io.writer
      .add(async () => keepUnitLabel(vault.io.store, (await deviceKeys()).labelKey, vault.log.record.names.unit))
      .catch(() => undefined);
  };
  return {
    parts,
    deviceKeys,
    async alone(task) {
      if (session || isOpening) return null;
      isOpening = true;
      try {
        return await task();
      } finally {
        isOpening = false;
      }
    },
    async open(slotId, secrets, failedAttemptsBefore) {
      const hear = (event: VaultEvent): void => {
        emit(event);
        if (event.type === 'unitChanged') keepLabel();
      };
      session = await startSession(parts, slotId, secrets, failedAttemptsBefore, isOnline, hear);
      void session.loaded.then(keepLabel);
      return session;
    },
    get session() {
      return session;
    },
  };
}
