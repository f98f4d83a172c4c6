import { allIndexed } from '#renderer/vault/cases/case-index.ts';
import { confirmedCase } from '#renderer/vault/cases/current-case.ts';
import type { Host } from '#renderer/vault/host.ts';
import type { VaultSession } from '#renderer/vault/session.ts';
import { createMemoryStore, type MemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { Row } from '#renderer/vault/store/store.ts';
import type { CallName, CallResult } from '#shared/bridge/contract.ts';
import { fromBase64url } from '#shared/crypto/encoding.ts';
import { formatPage } from '#shared/sync/wire.ts';
import { createMemorySlotCalls, isSlotCall } from '../memory-slot-calls.ts';
import { Desk } from './desk.ts';
import { wireOf } from './golden-entries.ts';
import {
  asJson,
  type GoldenDirectory,
  type GoldenKeys,
  type GoldenLog,
  type GoldenState,
  type GoldenStore,
  type GoldenTree,
} from './golden-file.ts';

/** What a host reaches of an endpoint. */
interface Within {
  readonly log: Pick<GoldenLog, 'entries'>;
  readonly tree: GoldenTree;
  readonly directory: GoldenDirectory;
}

const offline: CallResult<CallName> = { ok: false, failure: { code: 'offline', params: {}, retry: true } };

/** In two pages: the first brings keys, after which all is read anew, and the second is brought in as most are. */
function pageAfter(after: number, { log, tree }: Within): CallResult<'log.pull'> {
  const end = log.entries.length;
  const checkpoint = (after === 0 ? tree.checkpoints.at(-2) : null) ?? tree.checkpoints.at(-1);
  if (!checkpoint) throw new Error('The log has no checkpoint.');
  const entries = log.entries
    .slice(after, checkpoint.size)
    .map((each) => ({ position: each.position, entry: wireOf(each), at: each.arrivedAt }));
  return { ok: true, reply: { page: formatPage({ entries, checkpoint: checkpoint.note, end }) } };
}

function answerWithin(within: Within, name: CallName, request: unknown): CallResult<CallName> {
  if (name === 'log.pull') return pageAfter((request as { after: number }).after, within);
  const { document, rosters } = within.directory;
  if (name === 'directory.get') return { ok: true, reply: { directory: document } };
  if (name !== 'unit.roster') return offline;
  const asked = request as { unit: string; at: number | null };
  const found = rosters.find(({ unit, at }) => unit === asked.unit && at === asked.at);
  return found ? { ok: true, reply: { roster: fromBase64url(found.roster) } } : offline;
}

/** A host with the secrets of device and slots that is off the network, but for a log and what it is judged by, when it is given them. */
export function quietHost(
  { deviceSecret, slotSecrets }: Pick<GoldenStore, 'deviceSecret' | 'slotSecrets'>,
  within: Within | null = null,
): Host {
  const ofSlots = createMemorySlotCalls(deviceSecret, slotSecrets);
  const answer = async (name: CallName, request: unknown): Promise<CallResult<CallName>> => {
    if (name === 'device.secret') return { ok: true, reply: { secret: deviceSecret } };
    if (isSlotCall(name)) return ofSlots(name, request);
    return within ? answerWithin(within, name, request) : offline;
  };
  return { call: (name, request) => answer(name, request) as never };
}

export const rowOf = ({ key, streams, box }: GoldenStore['tables'][string][number]): Row => ({
  key,
  box: fromBase64url(box),
  ...(streams && { streams }),
});

/** What the confirmed log comes to, as the vault has it. */
export async function stateOf({ vault }: Pick<VaultSession, 'vault'>): Promise<GoldenState> {
  const cases: Record<string, unknown> = {};
  const ids = allIndexed(vault.cases).map(({ summary }) => summary.id);
  for (const id of ids.sort()) cases[id] = await confirmedCase(vault, id);
  const { ledger, view } = vault.log;
  const { log, roster } = ledger;
  return asJson({ log, roster, record: view.record, faults: view.faults, cases }) as GoldenState;
}

/** A member who has nothing but their slot reads all of the golden log. */
export async function readLog(
  { member, deviceSecret, slotSecrets, tables }: GoldenStore,
  { now }: GoldenKeys,
  log: GoldenLog,
  tree: GoldenTree,
  directory: GoldenDirectory,
): Promise<{ readonly desk: Desk; readonly store: MemoryStore }> {
  const store = createMemoryStore();
  await store.commit([{ table: 'slots', put: (tables.slots ?? []).map(rowOf) }]);
  const host = quietHost({ deviceSecret, slotSecrets }, { log, tree, directory });
  return { desk: await Desk.open({ store, host }, { now: () => now }, member), store };
}

/** What it comes to. */
export async function foldLog(...files: Parameters<typeof readLog>): Promise<GoldenState> {
  const { desk } = await readLog(...files);
  const state = await stateOf(desk);
  desk.close();
  return state;
}
