import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { ask, isAttached, stillOpen, troubleOf, vaultNow } from './vault-port.ts';

/*
 * One draft for each form of the open case:
 *
 *   (none) -edit-> unsaved -timer or flush-> saving -resolved-> saved -edit-> unsaved
 *                     ^------- edited meanwhile ----'  |-held by the host-> held -timer-> saving
 *                                                      '-rejected-> failed -timer-> saving
 */
export type DraftPhase = 'unsaved' | 'saving' | 'saved' | 'held' | 'failed';

export interface Draft {
  readonly value: unknown;
  readonly phase: DraftPhase;
  /** ISO instant at which the vault had it sealed and durable. */
  readonly savedAt: string | null;
  readonly trouble: string | null;
  /** Entries that stood on the screen when it was begun: what it becomes replaces these. Unknown in its first moment. */
  readonly shown?: readonly EntryId[] | undefined;
}

interface DraftStore {
  readonly id: StreamId | null;
  /** The forms wait for it, so that typing never races with what is restored. */
  readonly loading: boolean;
  /** Why the drafts could not be read. */
  readonly trouble: string | null;
  readonly drafts: Readonly<Record<string, Draft>>;
  /** Why the vault did not record a form, until something is changed in it. */
  readonly refusals: Readonly<Record<string, Refusal>>;
}

/** From the first unsaved keystroke to the save, and from a failed save to the next (ms). Under the promised second. */
const saveAfter = 600;
const tryAgainAfter = 2000;

export const useDrafts = create<DraftStore>(() => ({
  id: null,
  loading: false,
  trouble: null,
  drafts: {},
  refusals: {},
}));

/** Which forms have a draft, whatever is in it: no keystroke changes that. */
export const useDraftKeys = (): readonly string[] => useDrafts(useShallow(({ drafts }) => Object.keys(drafts)));

let timer: ReturnType<typeof setTimeout> | null = null;
let saving: Promise<void> = Promise.resolve();

function stopTimer(): void {
  if (timer) clearTimeout(timer);
  timer = null;
}

function saveSoon(delay: number): void {
  timer ??= setTimeout(() => {
    timer = null;
    void saveDrafts();
  }, delay);
}

function without<Value>(all: Readonly<Record<string, Value>>, key: string): Readonly<Record<string, Value>> {
  const { [key]: _, ...others } = all;
  return others;
}

const patch = (key: string, change: Partial<Draft>): void =>
  useDrafts.setState(({ drafts }) => {
    const draft = drafts[key];
    return draft ? { drafts: { ...drafts, [key]: { ...draft, ...change } } } : {};
  });

/** One save at a time, so that an older text never lands on a newer. */
function saveDrafts(): Promise<void> {
  saving = saving.then(async () => {
    for (const key of Object.keys(useDrafts.getState().drafts)) await saveOnce(key);
  });
  return saving;
}

async function saveOnce(key: string): Promise<void> {
  const { id, drafts } = useDrafts.getState();
  const draft = drafts[key];
  if (!(id && draft && isAttached()) || draft.phase === 'saved' || draft.phase === 'saving') return;
  const vault = vaultNow();
  patch(key, { phase: 'saving' });
  const isWanted = () => stillOpen(vault) && useDrafts.getState().id === id;
  try {
    const kept = await vault.call('draft.save', { id, form: key, value: draft.value, shown: draft.shown });
    if (!isWanted()) return;
    // Typed meanwhile: then it is not saved, whatever just was.
    const still = useDrafts.getState().drafts[key]?.phase === 'saving';
    const saved = kept.held ? {} : { savedAt: kept.savedAt };
    patch(key, { ...saved, trouble: null, ...(still && { phase: kept.held ? 'held' : 'saved' }) });
    if (kept.held) saveSoon(tryAgainAfter);
  } catch (error) {
    if (!isWanted()) return;
    patch(key, { phase: 'failed', trouble: troubleOf(error) });
    saveSoon(tryAgainAfter);
  }
}

/** Opens the drafts of a case, after `closeDrafts` of the one before. */
export async function openDrafts(id: StreamId): Promise<void> {
  resetDrafts();
  useDrafts.setState({ id, loading: true });
  const vault = vaultNow();
  const isWanted = () => stillOpen(vault) && useDrafts.getState().id === id;
  try {
    const saved = await vault.call('draft.load', { id });
    if (!isWanted()) return;
    const drafts = Object.entries(saved).map(
      ([key, { value, savedAt, shown }]) => [key, { value, savedAt, shown, phase: 'saved', trouble: null }] as const,
    );
    useDrafts.setState({ loading: false, drafts: Object.fromEntries(drafts) });
  } catch (error) {
    if (isWanted())
      useDrafts.setState({ loading: false, trouble: `The drafts could not be read. ${troubleOf(error)}` });
  }
}

/** @param key which form of the case: a step, or a part of one after a dot */
export function editDraft(key: string, value: unknown): void {
  useDrafts.setState(({ drafts, refusals }) => {
    const before = drafts[key];
    const draft = {
      value,
      phase: 'unsaved',
      savedAt: before?.savedAt ?? null,
      trouble: before?.trouble ?? null,
      shown: before?.shown,
    } as const;
    return { drafts: { ...drafts, [key]: draft }, refusals: without(refusals, key) };
  });
  saveSoon(saveAfter);
}

/** @param shown entries that stood on the screen as the draft was begun: kept with it, whatever comes meanwhile */
export function noteShown(key: string, shown: readonly EntryId[]): void {
  patch(key, { shown, phase: 'unsaved' });
  saveSoon(saveAfter);
}

/** Resolves when all that was typed is saved, or failed to be (then a `phase` says so). */
export function flushDrafts(): Promise<void> {
  stopTimer();
  return saveDrafts();
}

/** Why what was typed is not saved; null when all of it is. */
export const draftTrouble = (): string | null =>
  Object.values(useDrafts.getState().drafts).find(({ phase }) => phase === 'failed')?.trouble ?? null;

/** Whether something was typed that is not saved yet, and not found to be unsavable. */
const isTyping = (): boolean => Object.values(useDrafts.getState().drafts).some(({ phase }) => phase === 'unsaved');

/** False, and everything stays as it is, when what was typed could not be saved: leaving would lose it. */
export async function closeDrafts(): Promise<boolean> {
  if (useDrafts.getState().id) await flushDrafts();
  // Somebody who types on while it is saved loses nothing of it.
  while (isTyping() && !draftTrouble()) await flushDrafts();
  if (draftTrouble()) return false;
  resetDrafts();
  return true;
}

const forgetDraft = (key: string): void =>
  useDrafts.setState(({ drafts, refusals }) => ({ drafts: without(drafts, key), refusals: without(refusals, key) }));

/** What stood in a form as it was given to be recorded. */
export interface Given {
  readonly draft: string;
  /** The very object that the draft had; undefined where there was none. */
  readonly value: unknown;
}

/** It is recorded: what was typed since is a draft of its own, begun when the new entry stood already. */
export function keepTypedSince(id: StreamId, { draft: key, value }: Given, entry: EntryId): void {
  const { id: open, drafts } = useDrafts.getState();
  const shown = drafts[key]?.shown;
  if (open === id && drafts[key]?.value !== value && shown && !shown.includes(entry)) noteShown(key, [...shown, entry]);
}

/** The same, once what was recorded is on the screen. The vault has taken the draft of it away with the same commit. */
export function forgetRecorded(id: StreamId, given: Given, entry: EntryId): void {
  const { id: open, drafts } = useDrafts.getState();
  if (open === id && drafts[given.draft]?.value === given.value) forgetDraft(given.draft);
  else keepTypedSince(id, given, entry);
}

export const noteRefusal = (id: StreamId, key: string, refusal: Refusal): void =>
  useDrafts.setState(({ id: open, refusals }) => (open === id ? { refusals: { ...refusals, [key]: refusal } } : {}));

/** Thrown away on purpose. */
export async function discardDraft(key: string): Promise<void> {
  await saving;
  const { id, drafts } = useDrafts.getState();
  forgetDraft(key);
  if (id && drafts[key]) await ask('draft.discard', { id, form: key });
}

export function resetDrafts(): void {
  stopTimer();
  saving = Promise.resolve();
  useDrafts.setState(useDrafts.getInitialState(), true);
}
