import { create } from 'zustand';
import type { CaseTransfers } from '#renderer/vault/transfer-api.ts';
import type { CaseView, Match } from '#renderer/vault/vault-api.ts';
import { say } from '#renderer/words/say.ts';
import type { WindowCode } from '#renderer/words/vault-refusals.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import { type Refusal, refuse } from '#shared/kernel/refusal.ts';
import { notify } from './notice-store.ts';
import { isAttached, stillOpen, troubleIn, troubleOf, vaultNow } from './vault-port.ts';

interface CaseStore {
  readonly id: StreamId | null;
  /** Null while the case is opened, or could not be. */
  readonly view: CaseView | null;
  readonly trouble: string | null;
  /** Earlier referrals that may belong to it: null until they are found, which may take longer than the case. */
  readonly matches: readonly Match[] | null;
  /** Where it came from, if another unit sent it, and how far it has come to where it was sent. */
  readonly transfers: CaseTransfers | null;
  /** What is on its way to the vault. */
  readonly busy: CaseCommand['type'] | null;
}

export const useCase = create<CaseStore>(() => ({
  id: null,
  view: null,
  trouble: null,
  matches: null,
  transfers: null,
  busy: null,
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

export const emptyCase = (): void => useCase.setState(useCase.getInitialState(), true);

/** What the form tells in which something was written. */
interface OfForm {
  /** Its draft is gone from the disk in the same moment. */
  readonly draft?: string;
  /** Entries that it showed as standing. */
  readonly shown?: readonly EntryId[] | undefined;
}

/** Carries out a command: null once the signed event is durable here, else why not. */
async function carryOut(command: CaseCommand, from: OfForm = {}): Promise<Refusal | null> {
  if (useCase.getState().busy) return refuse<WindowCode>('being-saved');
  const vault = vaultNow();
  useCase.setState({ busy: command.type });
  try {
    const result = await vault.call('case.record', { command, ...from });
    if (stillOpen(vault)) await rereadCase(command.case);
    return result.ok ? null : result.error;
  } catch (error) {
    return refuse<WindowCode>('not-saved', { because: troubleIn(error).code });
  } finally {
    if (stillOpen(vault)) useCase.setState({ busy: null });
  }
}

/** @returns null once it is saved here, else the refusal: for the form that asked, which says it beside its fields */
export async function recordStep(command: CaseCommand, done: string, from?: OfForm): Promise<Refusal | null> {
  const refusal = await carryOut(command, from);
  if (refusal === null && isAttached()) notify(done);
  return refusal;
}

async function execute(command: CaseCommand, done: string): Promise<boolean> {
  const refusal = await carryOut(command);
  if (isAttached()) notify(refusal ? say(refusal) : done, refusal === null ? 'done' : 'refusal');
  return refusal === null;
}

export const takeCase = (id: StreamId, reference: string): Promise<boolean> =>
  execute({ type: 'case.taken', case: id, data: {} }, `You have ${reference}. Saved here.`);

export const releaseCase = (id: StreamId, reference: string): Promise<boolean> =>
  execute({ type: 'case.released', case: id, data: {} }, `${reference} is released. Saved here.`);

/* Features may not look into the vault: its types come to them from the stores. */
export type { CaseView, Match };
export type Signature = CaseView['signatures'][keyof CaseView['signatures']];
