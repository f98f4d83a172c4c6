import { create } from 'zustand';
import type { CaseTransfers } from '#renderer/vault/transfer-api.ts';
import type { CaseView, Match } from '#renderer/vault/vault-api.ts';
import { say } from '#renderer/words/say.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { notify } from './notice-store.ts';
import { stillOpen, troubleOf, vaultNow } from './vault-port.ts';

interface CaseStore {
  readonly id: StreamId | null;
  /** Null while the case is opened, or could not be. */
  readonly view: CaseView | null;
  readonly trouble: string | null;
  /** Earlier referrals that may belong to it: null until they are found, which may take longer than the case. */
  readonly matches: readonly Match[] | null;
  /** Where it came from, if another unit sent it, and how far it has come to where it was sent. */
  readonly transfers: CaseTransfers | null;
}

export const useCase = create<CaseStore>(() => ({
  id: null,
  view: null,
  trouble: null,
  matches: null,
  transfers: null,
}));

async function readCase(id: StreamId): Promise<void> {
  const vault = vaultNow();
  const isWanted = () => stillOpen(vault) && useCase.getState().id === id;
  try {
    const opened = await vault.call('case.open', { id });
    if (!isWanted()) return;
    useCase.setState(opened.ok ? { view: opened.value, trouble: null } : { view: null, trouble: say(opened.error) });
    if (!opened.ok) return;
    const transfers = await vault.call('case.transfers', { id });
    if (isWanted()) useCase.setState({ transfers });
  } catch (error) {
    if (isWanted()) useCase.setState({ view: null, trouble: troubleOf(error) });
  }
}

async function readMatches(id: StreamId): Promise<void> {
  const vault = vaultNow();
  try {
    const matches = await vault.call('case.matches', { id });
    if (stillOpen(vault) && useCase.getState().id === id) useCase.setState({ matches });
  } catch (error) {
    if (stillOpen(vault)) notify(`Earlier referrals could not be searched. ${troubleOf(error)}`, 'refusal');
  }
}

export async function readIntoCase(id: StreamId): Promise<void> {
  useCase.setState({ ...useCase.getInitialState(), id });
  await readCase(id);
  if (useCase.getState().view) await readMatches(id);
}

export async function rereadCase(changed: StreamId): Promise<void> {
  const { id, view } = useCase.getState();
  // It may have been opened by the name of a stream that it was in before.
  if (id && (changed === id || changed === view?.state.id)) await readCase(id);
}

/** Of a case that was opened ahead of its referral: that may have arrived in a stream of its own. */
export async function rereadAwaiting(): Promise<void> {
  const { id, view } = useCase.getState();
  if (id && view?.summary.awaits) await readCase(id);
}

export const emptyCase = (): void => useCase.setState(useCase.getInitialState(), true);

/* Features may not look into the vault: its types come to them from the stores. */
export type { CaseView, Match };
export type Signature = CaseView['signatures'][keyof CaseView['signatures']];
