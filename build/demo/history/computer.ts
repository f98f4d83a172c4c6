import { type Host as Bridge, createHost } from '#electron/host/host.ts';
import type { SecretStore } from '#electron/host/sealed-file.ts';
import { found } from '#renderer/vault/founding.ts';
import { ask, type Host } from '#renderer/vault/host.ts';
import { type DeviceKeys, openDeviceKeys } from '#renderer/vault/keys/device-keys.ts';
import type { SlotSecrets } from '#renderer/vault/keys/slots.ts';
import { loadVault } from '#renderer/vault/load-vault.ts';
import { admit } from '#renderer/vault/members.ts';
import type { MemberKeys, OpenVault } from '#renderer/vault/open-vault.ts';
import { program } from '#renderer/vault/program.ts';
import { startSession, type VaultSession } from '#renderer/vault/session.ts';
import { openJournaledStore } from '#renderer/vault/store/journaled-store.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { Store } from '#renderer/vault/store/store.ts';
import { unlockSlot } from '#renderer/vault/unlock.ts';
import type { Slot } from '#renderer/vault/vault-api.ts';
import { fromBase64url } from '#shared/crypto/encoding.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Result } from '#shared/kernel/result.ts';
import manifest from '../../../package.json' with { type: 'json' };
import type { InventedMember } from '../members.ts';

/** @throws what it was refused with */
export function must<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** Argon2id at its weakest: to stretch passphrases that are printed protects nobody, and takes seconds. */
const printedKdf = { memoryKiB: 64, passes: 1 };

interface Place {
  readonly profile: string;
  readonly endpoint: string;
  /** One-time, of a unit that nobody has founded. */
  readonly code: string;
  readonly secrets: SecretStore;
  readonly clock: Clock;
}

/**
 * A workstation of an invented unit without a window: the real host on a profile, and the real vault over a store in memory.
 * What only a workstation has is given to the profile's journal when it is left: the window that starts there later fills its own
 * database from that, and from the log.
 */
export class Computer {
  readonly #bridge: Bridge;
  readonly #host: Host;
  readonly #store: Store;
  readonly #device: DeviceKeys;
  readonly #clock: Clock;
  readonly #members = new Map<string, MemberKeys>();
  #session: VaultSession | null = null;

  private constructor(bridge: Bridge, host: Host, device: DeviceKeys, clock: Clock) {
    this.#bridge = bridge;
    this.#host = host;
    this.#store = createMemoryStore();
    this.#device = device;
    this.#clock = clock;
  }

  static async enrol({ profile, endpoint, code, secrets, clock }: Place): Promise<Computer> {
    const bridge = createHost({
      ...{ profile, secrets, endpoint, demo: null, version: manifest.version, kind: 'browser' as const },
      ...{ clipboard: null, now: clock.now, fetch: (url: string, init?: RequestInit) => fetch(url, init) },
    });
    const host: Host = { call: async (name, request) => (await bridge.handle(name, request)) as never };
    await ask(host, 'device.enrol', { endpoint: null, code });
    return new Computer(bridge, host, await openDeviceKeys(host, printedKdf), clock);
  }

  /** The unit, by its first member, whose vault is open from then on. */
  async found(founder: InventedMember): Promise<void> {
    const { enrolment } = await ask(this.#host, 'host.describe', {});
    if (!enrolment?.unit) throw new Error('It is not enrolled.');
    const parts = { store: this.#store, host: this.#host, clock: this.#clock, program };
    const founding = { enrolment: { ...enrolment, unit: enrolment.unit }, device: this.#device };
    const slot = must(await found({ ...parts, ...founding }, founder));
    const secrets = await this.#unlock(slot, founder);
    this.#session = await startSession(
      { ...parts, found: [] },
      slot.id,
      secrets,
      0,
      () => true,
      () => undefined,
    );
    await this.#session.loaded;
    await this.exchange();
    this.#members.set(founder.name, this.vault.member);
  }

  async admit(member: InventedMember): Promise<void> {
    const slot = must(await admit(this.vault, member, this.#device));
    await this.exchange();
    const secrets = await this.#unlock(slot, member);
    const opening = { slotId: slot.id, slot: secrets, emit: () => undefined };
    const parts = { store: this.#store, host: this.#host, clock: this.#clock, program };
    this.#members.set(member.name, (await loadVault({ ...parts, ...opening })).member);
  }

  async #unlock({ id }: Slot, { passphrase }: InventedMember): Promise<SlotSecrets> {
    return must(await unlockSlot({ store: this.#store, host: this.#host }, this.#device, id, passphrase)).secrets;
  }

  get #open(): VaultSession {
    if (!this.#session) throw new Error('The unit was not founded.');
    return this.#session;
  }

  /** As its founder has it open. */
  get vault(): OpenVault {
    return this.#open.vault;
  }

  /** The same vault with another member's keys: who sits down at a workstation where everything is in memory already. */
  as(name: string): OpenVault {
    const member = this.#members.get(name);
    if (!member) throw new Error(`There is no ${name}.`);
    return { ...this.vault, member };
  }

  /** Until nothing waits any more, of what follows from what came too. @throws when the endpoint takes nothing */
  async exchange(): Promise<void> {
    const { sync, vault } = this.#open;
    do await sync.exchangeNow();
    while (vault.log.outbox.length > 0 && sync.state.trouble === null);
    if (sync.state.trouble) throw new Error(`The invented history stopped: ${sync.state.trouble.code}`);
  }

  /** Leaves everything to the profile. */
  async leave(): Promise<void> {
    this.#open.sync.stop();
    const { secret } = await ask(this.#host, 'device.secret', {});
    await openJournaledStore(this.#store, this.#host, fromBase64url(secret));
    this.#bridge.close();
  }
}
