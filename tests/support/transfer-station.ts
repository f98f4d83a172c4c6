import { confirmedCase } from '#renderer/vault/cases/current-case.ts';
import { execute } from '#renderer/vault/execute.ts';
import type { Host } from '#renderer/vault/host.ts';
import { openDeviceKeys } from '#renderer/vault/keys/device-keys.ts';
import type { OpenVault } from '#renderer/vault/open-vault.ts';
import { program } from '#renderer/vault/program.ts';
import { startSession, type VaultSession } from '#renderer/vault/session.ts';
import type { Store } from '#renderer/vault/store/store.ts';
import { sendBackCommand, transfersOf } from '#renderer/vault/transfer/transfers.ts';
import type { CaseTransfers } from '#renderer/vault/transfer-api.ts';
import { unlockSlot } from '#renderer/vault/unlock.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import type { DispositionChoice } from '#shared/domain/disposition/disposition-schemas.ts';
import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import { foundedOn, passphrase } from './workstation.ts';

const kdf = { memoryKiB: 64, passes: 1 };
const clock = { now: () => Date.now() };

/** One member's open vault, with what the screen would ask of it. */
export interface Station {
  readonly vault: OpenVault;
  readonly session: VaultSession;
  sync(): Promise<void>;
  cases(): StreamId[];
  state(id: StreamId): Promise<CaseState>;
  transfers(id: StreamId): Promise<CaseTransfers>;
  /** Takes the case and records what must come before a disposition. */
  prepare(id: StreamId): Promise<void>;
  decide(id: StreamId, chosen: DispositionChoice, rationale?: string): Promise<EntryId>;
  sendBack(id: StreamId, reason: string): Promise<EntryId>;
  /** Stops; another can be started on the same store. */
  stop(): void;
}

export async function startStation(store: Store, host: Host, slotId: string): Promise<Station> {
  const unlocked = await unlockSlot({ store, host }, await openDeviceKeys(host, kdf), slotId, passphrase);
  if (!unlocked.ok) throw new Error(unlocked.error.code);
  const { secrets } = unlocked.value;
  const parts = { store, found: [], host, clock, kdf, program };
  const session = await startSession(
    parts,
    slotId,
    secrets,
    0,
    () => true,
    () => undefined,
  );
  await session.loaded;
  const { vault, sync } = session;
  const run = async (command: CaseCommand): Promise<EntryId> => {
    const done = await execute(vault, command);
    if (!done.ok) throw new Error(JSON.stringify(done.error));
    return done.value;
  };
  return {
    vault,
    session,
    sync: () => sync.exchangeNow(),
    cases: () => [...vault.cases.confirmed.keys()] as StreamId[],
    async state(id) {
      const state = vault.cases.projected.get(id) ?? (await confirmedCase(vault, id));
      if (!state) throw new Error('There is no such case.');
      return state;
    },
    async transfers(id) {
      const transfers = await transfersOf(vault, id);
      if (!transfers) throw new Error('no such case');
      return transfers;
    },
    async prepare(id) {
      await run({ type: 'case.taken', case: id, data: {} });
      const rationale = 'Nobody is named who could be.';
      await run({ type: 'risk.assessed', case: id, data: { atRiskNow: 'no', people: [], rationale } });
      const data = { criteria: [], corruption: [], becameClearAt: null, rationale: 'No criterion is met.' };
      await run({ type: 'mandatoryReferral.assessed', case: id, data });
    },
    decide: (id, chosen, rationale = 'The officer serves with them.') =>
      run({ type: 'disposition.recorded', case: id, data: { chosen, options: [], rationale } }),
    async sendBack(id, reason) {
      const command = await sendBackCommand(vault, id, reason);
      if (!command) throw new Error('It came from nowhere.');
      return run(command);
    },
    stop: () => sync.stop(),
  };
}

/** The unit founded at this workstation, and open. */
export async function foundStation(store: Store, host: Host): Promise<Station & { readonly slotId: string }> {
  const { slot, kill } = await foundedOn(store, host);
  kill();
  return { ...(await startStation(store, host, slot.id)), slotId: slot.id };
}
