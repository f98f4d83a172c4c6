import { create } from 'zustand';
import type { StreamId } from '#shared/kernel/ids.ts';
import { emptyCase, readIntoCase, useCase } from './case-store.ts';
import { closeDrafts, draftTrouble, openDrafts } from './draft-store.ts';
import { notify } from './notice-store.ts';
import { follow, useQueue } from './queue-store.ts';
import { allRecorded } from './recording-store.ts';
import { goToStep, resetSteps, type StepId, selectInNarrative } from './step-store.ts';
import { ask, troubleOf, whileOpen } from './vault-port.ts';

export type ScreenName = 'queue' | 'case' | 'members' | 'policy' | 'log';
type Panel = 'shortcuts' | 'palette' | null;

interface ScreenStore {
  readonly screen: ScreenName;
  readonly panel: Panel;
  /** Counts arrivals: a screen moves the focus when it changes. */
  readonly arrival: number;
}

export const useScreen = create<ScreenStore>(() => ({ screen: 'queue', panel: null, arrival: 0 }));

const arriveAt = (screen: ScreenName): void =>
  useScreen.setState(({ arrival }) => ({ screen, panel: null, arrival: arrival + 1 }));

export const showPanel = (panel: Panel): void => useScreen.setState({ panel });

/** Leaving a case records and saves first what was given and typed; if that fails one stays, because leaving would lose it. */
async function leaveCase(): Promise<boolean> {
  if (useScreen.getState().screen !== 'case') return true;
  const isOpen = whileOpen();
  await allRecorded();
  const isClosed = await closeDrafts();
  // Locked meanwhile: whoever unlocks next is taken nowhere.
  if (!isOpen()) return false;
  if (!isClosed) {
    notify(`Your text is not saved, so this case stays open. ${draftTrouble() ?? ''}`, 'refusal');
    return false;
  }
  emptyCase();
  resetSteps();
  selectInNarrative(null);
  return true;
}

export async function goTo(screen: Exclude<ScreenName, 'case'>): Promise<void> {
  if (await leaveCase()) arriveAt(screen);
}

/** @param to a form of the case, rather than its heading */
export async function openCase(id: StreamId, to?: { readonly step: StepId; readonly form: string }): Promise<void> {
  if (!(await leaveCase())) return;
  follow(id);
  arriveAt('case');
  if (to) goToStep(to.step, to.form);
  await Promise.all([readIntoCase(id), openDrafts(id)]);
}

/** Opens the case after or before the one that is open, in the queue's order. */
export async function openNeighbour(which: 'next' | 'previous', known?: StreamId | null): Promise<void> {
  const { id } = useCase.getState();
  if (!id) return;
  const isOpen = whileOpen();
  try {
    const target = known === undefined ? (await neighboursOf(id))[which] : known;
    if (!isOpen()) return;
    if (target) await openCase(target);
    else {
      notify(
        which === 'next' ? 'That was the last referral in this view.' : 'This is the first referral in this view.',
      );
      if (known !== undefined) await goTo('queue');
    }
  } catch (error) {
    if (isOpen()) notify(troubleOf(error), 'refusal');
  }
}

export const neighboursOf = (id: StreamId): Promise<{ previous: StreamId | null; next: StreamId | null }> =>
  ask('queue.neighbours', { query: useQueue.getState().query, id });
