import { create } from 'zustand';
import { type DecisionKind, decisionKindIds } from '#shared/domain/case/decisions.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { isAttached, stillOpen, troubleOf, vaultNow } from './vault-port.ts';

/*
 *   loading -> empty -edit-> unsaved -timer or flush-> saving -resolved-> saved -edit-> unsaved
 *                               ^------------ edited meanwhile ----'  '-rejected-> failed -timer-> saving
 */
export type DraftPhase = 'loading' | 'empty' | 'unsaved' | 'saving' | 'saved' | 'failed';

interface DraftStore {
  readonly id: StreamId | null;
  readonly kind: DecisionKind | null;
  readonly rationale: string;
  readonly phase: DraftPhase;
  /** ISO instant at which the vault had it sealed and durable. */
  readonly savedAt: string | null;
  readonly trouble: string | null;
}

/** From the first unsaved keystroke to the save, and from a failed save to the next (ms). Under the promised second. */
const saveAfter = 600;
const tryAgainAfter = 2000;

const blank = { id: null, kind: null, rationale: '', phase: 'loading', savedAt: null, trouble: null } as const;
export const useDraft = create<DraftStore>(() => blank);

let timer: ReturnType<typeof setTimeout> | null = null;
let saving: Promise<void> = Promise.resolve();

const toKind = (kind: string | null): DecisionKind | null => decisionKindIds.find((known) => known === kind) ?? null;

function stopTimer(): void {
  if (timer) clearTimeout(timer);
  timer = null;
}

function saveSoon(delay: number): void {
  timer ??= setTimeout(() => {
    timer = null;
    void saveDraft();
  }, delay);
}

/** One save at a time, so that an older text never lands on a newer. */
function saveDraft(): Promise<void> {
  saving = saving.then(saveOnce);
  return saving;
}

async function saveOnce(): Promise<void> {
  const { id, kind, rationale, phase } = useDraft.getState();
  if (!id || !isAttached() || (phase !== 'unsaved' && phase !== 'failed')) return;
  const vault = vaultNow();
  useDraft.setState({ phase: 'saving' });
  const isWanted = () => stillOpen(vault) && useDraft.getState().id === id;
  try {
    const { savedAt } = await vault.saveDraft(id, { kind, rationale });
    if (!isWanted()) return;
    // Typed meanwhile: then it is not saved, whatever just was.
    const still = useDraft.getState().phase === 'saving';
    useDraft.setState({ savedAt, trouble: null, ...(still ? { phase: 'saved' } : {}) });
  } catch (error) {
    if (!isWanted()) return;
    useDraft.setState({ phase: 'failed', trouble: troubleOf(error) });
    saveSoon(tryAgainAfter);
  }
}

/** Opens the draft of a case, after `closeDraft` of the one before; the form waits for it, so that typing never races with what is restored. */
export async function openDraft(id: StreamId): Promise<void> {
  resetDraft();
  useDraft.setState({ ...blank, id });
  const vault = vaultNow();
  const isWanted = () => stillOpen(vault) && useDraft.getState().id === id;
  try {
    const draft = await vault.loadDraft(id);
    if (!isWanted()) return;
    if (!draft) useDraft.setState({ phase: 'empty' });
    else useDraft.setState({ ...draft, kind: toKind(draft.kind), phase: 'saved' });
  } catch (error) {
    if (isWanted()) useDraft.setState({ phase: 'empty', trouble: `The draft could not be read. ${troubleOf(error)}` });
  }
}

export function editDraft(change: { readonly kind?: DecisionKind; readonly rationale?: string }): void {
  useDraft.setState({ ...change, phase: 'unsaved' });
  saveSoon(saveAfter);
}

/** Resolves when all that was typed is saved, or failed to be (then `phase` says so). */
export function flushDraft(): Promise<void> {
  stopTimer();
  return saveDraft();
}

/** False, and everything stays as it is, when what was typed could not be saved: leaving would lose it. */
export async function closeDraft(): Promise<boolean> {
  if (useDraft.getState().id) await flushDraft();
  if (useDraft.getState().phase === 'failed') return false;
  resetDraft();
  return true;
}

/** The decision is recorded: the draft has become an event. */
export async function discardDraft(): Promise<void> {
  stopTimer();
  await saving;
  const { id } = useDraft.getState();
  useDraft.setState({ ...blank, id, phase: 'empty' });
  if (id) await vaultNow().discardDraft(id);
}

export function resetDraft(): void {
  stopTimer();
  saving = Promise.resolve();
  useDraft.setState(blank, true);
}
