import { create } from 'zustand';
import { notify } from './notice-store.ts';
import type { ActionId } from './shortcut-list.ts';

export interface Action {
  readonly run: () => void;
  /** Why it cannot be done now, in words; null when it can. */
  readonly blocked?: string | null;
}
export type Actions = Partial<Record<ActionId, Action>>;

interface ActionStore {
  /** What the screens on show can do. The newest comes first. */
  readonly offered: readonly Actions[];
}

export const useActions = create<ActionStore>(() => ({ offered: [] }));

/**
 * A screen offers what it can do, while it is there. Returns what withdraws it. In a layout effect: a key that is pressed as soon
 * as the screen shows is not lost.
 */
export function offerActions(actions: Actions): () => void {
  useActions.setState(({ offered }) => ({ offered: [actions, ...offered] }));
  return () => useActions.setState(({ offered }) => ({ offered: offered.filter((other) => other !== actions) }));
}

export const actionOf = (id: ActionId): Action | null =>
  useActions.getState().offered.find((actions) => actions[id])?.[id] ?? null;

/** True when a screen on show offers the action; says why if it cannot be done now. */
export function runAction(id: ActionId): boolean {
  const action = actionOf(id);
  if (!action) return false;
  if (action.blocked) notify(action.blocked, 'refusal');
  else action.run();
  return true;
}
