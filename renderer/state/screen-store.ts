import { create } from 'zustand';
import type { Neighbours } from '#renderer/vault/queue-api.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { emptyCase, readIntoCase, useCase } from './case-store.ts';
import { closeDrafts, draftTrouble, openDrafts } from './draft-store.ts';
import { notify } from './notice-store.ts';
import { follow, useQueue } from './queue-store.ts';
import { allRecorded } from './recording-store.ts';
import { goToStep, resetSteps, type StepId, selectInNarrative } from './step-store.ts';
import { ask, troubleOf, whileOpen } from './vault-port.ts';

export type ScreenName = 'queue' | 'case' | 'byHand' | 'figures' | 'members' | 'policy' | 'log';
type Panel = 'shortcuts' | 'palette' | 'passphrase' | null;

export type Place =
  | { readonly screen: Exclude<ScreenName, 'case' | 'byHand'> }
  | { readonly case: StreamId; readonly reference: string };
/** As many as a person remembers. */
const mostPlaces = 19;

interface FormOfCase {
  readonly step: StepId;
  readonly form: string;
}

interface ScreenStore {
  readonly screen: ScreenName;
  readonly panel: Panel;
  /** Where the case that is open was opened from, the latest last. */
  readonly from: readonly Place[];
  /** Counts arrivals: a screen moves the focus when it changes. */
  readonly arrival: number;
}

export const useScreen = create<ScreenStore>(() => ({ screen: 'queue', panel: null, from: [], arrival: 0 }));

const arriveAt = (screen: ScreenName): void =>
  useScreen.setState(({ arrival }) => ({ screen, panel: null, arrival: arrival + 1 }));

export const showPanel = (panel: Panel): void => useScreen.setState({ panel });

/** Under which what is written of a case that is not there yet is kept: no stream has this id. */
export const notOpenedYet = '00000000-0000-4000-8000-000000000000' as StreamId;

/** Leaving a case records and saves first what was given and typed; if that fails one stays, because leaving would lose it. */
async function leaveCase(): Promise<boolean> {
  const { screen } = useScreen.getState();
  if (screen !== 'case' && screen !== 'byHand') return true;
  const isOpen = whileOpen();
  await allRecorded();
  const isClosed = await closeDrafts();
  // Locked meanwhile: whoever unlocks next is taken nowhere.
  if (!isOpen()) return false;
  if (!isClosed) {
    notify(
      `Your text is not saved, so this ${screen === 'case' ? 'case' : 'form'} stays open. ${draftTrouble() ?? ''}`,
      'refusal',
    );
    return false;
  }
  emptyCase();
  resetSteps();
  selectInNarrative(null);
  return true;
}

export async function goTo(screen: Exclude<ScreenName, 'case'>): Promise<void> {
  if (!(await leaveCase())) return;
  arriveAt(screen);
  if (screen === 'byHand') await openDrafts(notOpenedYet);
}

/** Where a case that is opened now is opened from. Back in one that was left, what came after it is forgotten. */
function placesWith(id: StreamId): readonly Place[] {
  const { screen, from } = useScreen.getState();
  // What was written there is the case that is opened.
  if (screen === 'byHand') return [{ screen: 'queue' }];
  if (screen !== 'case') return [{ screen }];
  const { view } = useCase.getState();
  if (!view || view.state.id === id) return from;
  return [...from.slice(-mostPlaces), { case: view.state.id, reference: view.summary.reference }];
}

async function openFrom(id: StreamId, from: readonly Place[], to?: FormOfCase): Promise<void> {
  if (!(await leaveCase())) return;
  follow(id);
  useScreen.setState({ from });
  arriveAt('case');
  if (to) goToStep(to.step, to.form);
  await Promise.all([readIntoCase(id), openDrafts(id)]);
}

/** @param to a form of the case, rather than its heading */
export const openCase = (id: StreamId, to?: FormOfCase): Promise<void> => openFrom(id, placesWith(id), to);

/** To where the case was opened from: a screen, or another case. */
export async function goBack(): Promise<void> {
  const { from } = useScreen.getState();
  const last = from.at(-1);
  if (last && 'case' in last) await openFrom(last.case, from.slice(0, -1));
  else await goTo(last?.screen ?? 'queue');
}

/** Whether the member is still where they were: nobody is taken away from where they went meanwhile. */
export function whileHere(): () => boolean {
  const isOpen = whileOpen();
  const { arrival } = useScreen.getState();
  return () => isOpen() && useScreen.getState().arrival === arrival;
}

/** Opens the case after or before the one that is open, in the queue's order. */
export async function openNeighbour(which: 'next' | 'previous'): Promise<void> {
  const { id } = useCase.getState();
  if (!id) return;
  const isHere = whileHere();
  try {
    const target = (await neighboursOf(id))[which];
    if (!isHere()) return;
    if (target) await openFrom(target, useScreen.getState().from);
    else {
      notify(
        which === 'next' ? 'That was the last referral in this view.' : 'This is the first referral in this view.',
      );
    }
  } catch (error) {
    if (isHere()) notify(troubleOf(error), 'refusal');
  }
}

/** @param next that is to be decided, as the queue was before what was just recorded moved in it; null: none */
export async function openNextOpen(next: StreamId | null): Promise<void> {
  if (next) return openFrom(next, useScreen.getState().from);
  notify('No referral after this one in this view is still to be decided.');
  await goTo('queue');
}

export const neighboursOf = (id: StreamId): Promise<Neighbours> =>
  ask('queue.neighbours', { query: useQueue.getState().query, id });
