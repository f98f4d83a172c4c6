import type { Vault } from '#renderer/vault/calls/call-list.ts';
import type { Host } from '#renderer/vault/host.ts';
import { type Program, program } from '#renderer/vault/program.ts';
import { createStrip } from '#renderer/vault/sanitise/strip-file.ts';
import type { JournaledStore } from '#renderer/vault/store/journaled-store.ts';
import type { Store } from '#renderer/vault/store/store.ts';
import { createVault, type RunningVault } from '#renderer/vault/vault.ts';
import type { Slot, VaultStatus } from '#renderer/vault/vault-api.ts';
import { segmentCodec } from './segment-codec.ts';

export const passphrase = 'copper lantern orbit meadow';
/** Of members whose rank is nothing to the test. */
export const grade = { employment: 'officer', rank: 'sergeant' } as const;

/** Argon2id at its weakest: these tests are not about guessing passphrases, and unlock hundreds of times. */
const quickKdf = { memoryKiB: 64, passes: 1 };

/** What was found as it was opened, where it has a journal. */
const foundIn = (store: Store) => (store as Partial<JournaledStore>).findings ?? [];

/** A vault as its worker runs it, on a given store and host. */
export const startVaultOn = (
  store: Store,
  host: Host,
  clock = { now: () => Date.now() },
  build: Program = program,
): RunningVault =>
  createVault({
    store,
    found: foundIn(store),
    host,
    clock,
    kdf: quickKdf,
    strip: createStrip(segmentCodec),
    program: build,
  });

/** The parts of a process that can be killed: from then on it neither writes nor sends, wherever it was. */
export function mortal(store: Store, host: Host): { store: Store; host: Host; kill(): void } {
  let killed = false;
  const never = new Promise<never>(() => undefined);
  const whileAlive = <Parts extends object>(parts: Parts): Parts =>
    new Proxy(parts, {
      get(target, name: keyof Parts & string) {
        const method = target[name];
        if (typeof method !== 'function') return method;
        return (...parameters: unknown[]) => (killed ? never : method.apply(target, parameters));
      },
    });
  return {
    store: whileAlive(store),
    host: whileAlive(host),
    kill() {
      killed = true;
    },
  };
}

/** A vault in such a process. */
export function startProcessOn(
  store: Store,
  host: Host,
  build: Program = program,
): { vault: RunningVault; kill(): void } {
  const { kill, ...parts } = mortal(store, host);
  return { vault: startVaultOn(parts.store, parts.host, undefined, build), kill };
}

/** @throws with the reason when the slot does not open */
export async function unlocked<Opened extends Vault>(vault: Opened, slot: Slot, words = passphrase): Promise<Opened> {
  const result = await vault.call('slot.unlock', { slot: slot.id, passphrase: words });
  if (!result.ok) throw new Error(result.error.code);
  return vault;
}

/** The unit founded by one supervisor at this workstation, unlocked and synced. */
export async function foundedOn(store: Store, host: Host): Promise<{ vault: RunningVault; slot: Slot; kill(): void }> {
  const { vault, kill } = startProcessOn(store, host);
  const slot = await vault.call('unit.found', { name: 'Sal Penrose', passphrase, grade });
  if (!slot.ok) throw new Error(slot.error.code);
  await unlocked(vault, slot.value);
  await vault.call('sync.now', {});
  return { vault, slot: slot.value, kill };
}

export async function statusOf(vault: RunningVault): Promise<VaultStatus> {
  return new Promise((resolve) => {
    void vault.subscribe((event) => {
      if (event.type === 'status') resolve(event.status);
    });
  });
}
