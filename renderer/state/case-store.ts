import { create } from 'zustand';
import type { CaseView, RelatedReferral } from '#renderer/vault/vault-api.ts';
import type { CaseCommand } from '#shared/domain/case/decide-case.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { notify } from './notice-store.ts';
import { stillOpen, troubleOf, vaultNow } from './vault-port.ts';

interface CaseStore {
  readonly id: StreamId | null;
  /** Null while the case is opened, or could not be. */
  readonly view: CaseView | null;
  readonly trouble: string | null;
  /** Referrals that name the same subject: null until they are found, which may take longer than the case. */
  readonly related: readonly RelatedReferral[] | null;
  /** A command is on its way to the vault. */
  readonly busy: CaseCommand['type'] | null;
}

export const useCase = create<CaseStore>(() => ({ id: null, view: null, trouble: null, related: null, busy: null }));

async function readCase(id: StreamId): Promise<void> {
  const vault = vaultNow();
  const isWanted = () => stillOpen(vault) && useCase.getState().id === id;
  try {
    const opened = await vault.openCase(id);
    if (!isWanted()) return;
    useCase.setState(opened.ok ? { view: opened.value, trouble: null } : { view: null, trouble: opened.error });
  } catch (error) {
    if (isWanted()) useCase.setState({ view: null, trouble: troubleOf(error) });
  }
}

async function readRelated(id: StreamId): Promise<void> {
  const vault = vaultNow();
  try {
    const related = await vault.related(id);
    if (stillOpen(vault) && useCase.getState().id === id) useCase.setState({ related });
  } catch (error) {
    if (stillOpen(vault)) notify(`Related referrals could not be found. ${troubleOf(error)}`, 'refusal');
  }
}

export async function readIntoCase(id: StreamId): Promise<void> {
  useCase.setState({ ...useCase.getInitialState(), id });
  await readCase(id);
  if (useCase.getState().view) await readRelated(id);
}

export async function rereadCase(changed: StreamId): Promise<void> {
  if (useCase.getState().id === changed) await readCase(changed);
}

export const emptyCase = (): void => useCase.setState(useCase.getInitialState(), true);

/** Carries out a command. True once the signed event is durable here; a refusal is said to the member, with its reason. */
export async function execute(command: CaseCommand, done: string): Promise<boolean> {
  if (useCase.getState().busy) return false;
  const vault = vaultNow();
  useCase.setState({ busy: command.type });
  try {
    const outcome = await vault.execute(command);
    if (!stillOpen(vault)) return outcome.ok;
    notify(outcome.ok ? done : outcome.error, outcome.ok ? 'done' : 'refusal');
    await rereadCase(command.case);
    return outcome.ok;
  } catch (error) {
    if (stillOpen(vault)) notify(`Not saved. ${troubleOf(error)}`, 'refusal');
    return false;
  } finally {
    if (stillOpen(vault)) useCase.setState({ busy: null });
  }
}

export const takeCase = (id: StreamId, reference: string): Promise<boolean> =>
  execute({ type: 'take', case: id }, `You have ${reference}. Saved here.`);

export const releaseCase = (id: StreamId, reference: string): Promise<boolean> =>
  execute({ type: 'release', case: id }, `${reference} is released. Saved here.`);
