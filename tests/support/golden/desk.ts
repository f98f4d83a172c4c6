import { currentCase } from '#renderer/vault/cases/current-case.ts';
import { execute } from '#renderer/vault/execute.ts';
import type { Host } from '#renderer/vault/host.ts';
import { openDeviceKeys } from '#renderer/vault/keys/device-keys.ts';
import { openSlotRecord } from '#renderer/vault/keys/slots.ts';
import { append } from '#renderer/vault/log/append.ts';
import type { Unsigned } from '#renderer/vault/log/outbox.ts';
import type { OpenVault } from '#renderer/vault/open-vault.ts';
import { program } from '#renderer/vault/program.ts';
import { startSession, type VaultSession } from '#renderer/vault/session.ts';
import type { Store } from '#renderer/vault/store/store.ts';
import { unlockSlot } from '#renderer/vault/unlock.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import type { DomainEvent } from '#shared/domain/registry/registry.ts';
import type { Roster } from '#shared/domain/unit/roster.ts';
import type { Digest, EntryId, StreamId } from '#shared/kernel/ids.ts';
import type { Result } from '#shared/kernel/result.ts';
import { hashEntry } from '#shared/log/entry.ts';
import type { WholeBox } from '#shared/log/wire-box.ts';
import { mortal } from '../workstation.ts';

/* A member at an open vault. What they sign goes the way of all that is signed: outbox, push, and back with the log. */

/** Argon2id at its weakest: the test derives these keys at each run. */
export const kdf = { memoryKiB: 64, passes: 1 };

export const passphraseOf = (name: string): string => `invented passphrase of ${name}`;

/** @throws when it was refused */
export function must<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

export class Desk {
  readonly session: VaultSession;
  readonly #clock: { now(): number };
  readonly #kill: () => void;

  private constructor(session: VaultSession, clock: { now(): number }, kill: () => void) {
    this.session = session;
    this.#clock = clock;
    this.#kill = kill;
  }

  /** Opens the vault, exchanges with the endpoint, and has everything in memory. */
  static async open(
    at: { store: Store; host: Host },
    clock: { now(): number },
    name: string,
    passphrase = passphraseOf(name),
  ): Promise<Desk> {
    const { store, host, kill } = mortal(at.store, at.host);
    const device = await openDeviceKeys(host, kdf);
    const slotId = await slotOf(store, device.labelKey, name);
    const opened = must(await unlockSlot({ store, host }, device, slotId, passphrase));
    const parts = { store, found: [], host, clock, program };
    const { secrets, failedAttemptsBefore } = opened;
    const session = await startSession(
      parts,
      slotId,
      secrets,
      failedAttemptsBefore,
      () => true,
      () => undefined,
    );
    await session.matchable();
    const desk = new Desk(session, clock, kill);
    await desk.sync();
    return desk;
  }

  get vault(): OpenVault {
    return this.session.vault;
  }

  get roster(): Roster {
    return this.vault.log.roster as Roster;
  }

  get at(): string {
    return new Date(this.#clock.now()).toISOString();
  }

  /** Until nothing waits any more, of what follows from what came too. */
  async sync(): Promise<void> {
    do await this.session.sync.exchangeNow();
    while (this.vault.log.outbox.length > 0 && this.session.sync.state.trouble === null);
  }

  /** Signs an event of any stream, with the keys that are owed before it. */
  async sign(
    stream: StreamId,
    event: Omit<DomainEvent, 'at'>,
    more: Partial<Pick<Unsigned, 'boxes' | 'readers'>> = {},
  ): Promise<EntryId> {
    const { vault, at } = this;
    const written = await vault.io.writer.add(async () => {
      const state = await currentCase(vault, stream);
      const base = new Map(state ? [[stream, state]] : []);
      return append(vault, [{ stream, event: { ...event, at } as DomainEvent, ...more }], [], base);
    });
    return must(written)[0] as EntryId;
  }

  /** An act on the roster. @returns the hash of its entry, for a second signature */
  async act(event: Omit<DomainEvent, 'at'>, boxes: readonly WholeBox[] = []): Promise<Digest> {
    const id = await this.sign(this.roster.stream, event, { boxes });
    const signed = this.vault.log.outbox.find(({ entry }) => entry.header.id === id);
    if (!signed) throw new Error('It was sent before it was looked at.');
    return hashEntry(signed.entry);
  }

  execute = async (command: CaseCommand): Promise<EntryId> => must(await execute(this.vault, command));

  close(): void {
    this.session.sync.stop();
    this.#kill();
  }
}

async function slotOf(store: Store, labelKey: CryptoKey, name: string): Promise<string> {
  for (const row of await store.all('slots')) {
    if ((await openSlotRecord(labelKey, row)).name === name) return String(row.key);
  }
  throw new Error(`no slot of ${name}`);
}

/** The cases in the order in which they came. */
export const casesOf = ({ vault }: Desk) =>
  [...vault.cases.confirmed.values()]
    .map(({ summary }) => summary)
    .sort((one, two) => (one.reference < two.reference ? -1 : 1));
/** By the number of its reference. */
export const caseCalled = (desk: Desk, number: number): StreamId => {
  const found = casesOf(desk).find(({ reference }) => reference === `PA-${String(number).padStart(6, '0')}`);
  if (!found) throw new Error(`no case ${number}`);
  return found.id;
};
