import { currentCase } from '#renderer/vault/cases/current-case.ts';
import { loadQueueHead } from '#renderer/vault/cases/queue-head.ts';
import { saveDraft } from '#renderer/vault/drafts.ts';
import { savePreferences } from '#renderer/vault/preferences.ts';
import type { MemoryStore } from '#renderer/vault/store/memory-store.ts';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import { selectCurrent } from '#shared/domain/event/history.ts';
import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import { caseCalled, type Desk } from './desk.ts';

/** What lies on a disk beside the log: what is kept for one member, what waits, and what a session saves by itself. */
export async function leaveTraces(desk: Desk, store: MemoryStore): Promise<void> {
  const { vault } = desk;
  await savePreferences(vault, { savedViews: [{ name: 'All of it', query: everyCase }] });
  const value = { atRiskNow: 'unknown', people: [], rationale: 'Half a sentence' };
  const shown = await standingRisk(desk, caseCalled(desk, 1));
  await saveDraft(vault, caseCalled(desk, 1), 'risk', { value, shown });
  await settled(desk, store);
  await desk.sign(caseCalled(desk, 2), { type: 'case.taken', data: {} });
}

async function standingRisk({ vault }: Desk, id: StreamId): Promise<readonly EntryId[]> {
  const state = await currentCase(vault, id);
  return selectCurrent(state?.risk ?? []).map(({ entry }) => entry);
}

const patience = { times: 400, milliseconds: 25 };

/** Until a session has saved what it saves after some quiet, of the log as it is now. */
async function settled({ vault }: Desk, { rows }: MemoryStore): Promise<void> {
  for (let left = patience.times; left > 0; left -= 1) {
    const hasSightings = [...rows.meta.keys()].some((key) => String(key).includes('sightings:'));
    if (hasSightings && vault.search.ready && (await loadQueueHead(vault))) return;
    await new Promise((resolve) => setTimeout(resolve, patience.milliseconds));
  }
  throw new Error('The session did not save what it should.');
}
