import { create } from 'zustand';
import type { Preferences, SavedView } from '#renderer/vault/vault-api.ts';
import { say } from '#renderer/words/say.ts';
import type { QueueQuery } from '#shared/domain/case/queue-query.ts';
import { builtInViews, type NamedView } from './built-in-views.ts';
import { notify } from './notice-store.ts';
import { setQuery } from './queue-store.ts';
import { ask, stillOpen, troubleOf, vaultNow } from './vault-port.ts';

export type ThemeChoice = NonNullable<Preferences['theme']>;

/** Kept apart from the preferences because locking must not turn a dark room bright: it says nothing of anyone's work. */
export const useTheme = create<{ readonly theme: ThemeChoice }>(() => ({ theme: 'system' }));

/** What a member likes: sealed in their vault, and gone from the window when it is locked. */
interface PreferencesStore {
  readonly savedViews: readonly SavedView[];
  /** Letters as shortcuts can be switched off, for those who dictate or whose keys slip (WCAG 2.1.4). */
  readonly singleKeys: boolean;
}

export const usePreferences = create<PreferencesStore>(() => ({ savedViews: [], singleKeys: true }));

const noView = 'Give the view a name.';

export async function loadPreferences(): Promise<void> {
  const vault = vaultNow();
  try {
    const { savedViews, singleKeys, theme } = await vault.call('preferences.load', {});
    if (!stillOpen(vault)) return;
    usePreferences.setState({ savedViews, singleKeys: singleKeys ?? true });
    if (theme) useTheme.setState({ theme });
  } catch (error) {
    if (stillOpen(vault)) notify(`Your saved views could not be read. ${troubleOf(error)}`, 'refusal');
  }
}

/** Shown at once; said to be saved only when it is. */
async function save(change: Partial<PreferencesStore>, done: string | null): Promise<void> {
  usePreferences.setState(change);
  const { savedViews, singleKeys } = usePreferences.getState();
  const preferences: Preferences = { savedViews, singleKeys, theme: useTheme.getState().theme };
  try {
    const saved = await ask('preferences.save', preferences);
    if (!saved.ok) notify(say(saved.error), 'refusal');
    else if (done) notify(done);
  } catch (error) {
    notify(`Not saved. ${troubleOf(error)}`, 'refusal');
  }
}

/** A view of the same name is replaced. */
export async function saveView(name: string, query: QueueQuery): Promise<void> {
  const trimmed = name.trim();
  if (!trimmed) return notify(noView, 'refusal');
  const others = usePreferences.getState().savedViews.filter((view) => view.name !== trimmed);
  await save({ savedViews: [...others, { name: trimmed, query }] }, `View "${trimmed}" saved.`);
}

export async function deleteView(name: string): Promise<void> {
  const savedViews = usePreferences.getState().savedViews.filter((view) => view.name !== name);
  await save({ savedViews }, `View "${name}" deleted.`);
}

/** Every view there is, in the order of the number keys. */
export const useViews = (): readonly NamedView[] => {
  const saved = usePreferences((state) => state.savedViews);
  return [...builtInViews, ...saved];
};

export function applyView({ name, query }: NamedView): void {
  setQuery(query);
  notify(`View "${name}".`);
}

/** @param number 1 to 9, as the keys count */
export function applyNumberedView(number: number): void {
  const view = [...builtInViews, ...usePreferences.getState().savedViews][number - 1];
  if (view) applyView(view);
  else notify(`There is no view ${number} yet: save one first.`, 'refusal');
}

export async function setSingleKeys(singleKeys: boolean): Promise<void> {
  await save({ singleKeys }, null);
}

export async function setTheme(theme: ThemeChoice): Promise<void> {
  useTheme.setState({ theme });
  await save({}, null);
}
