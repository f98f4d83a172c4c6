import { createKeybindingsHandler } from 'tinykeys';
import { runAction } from '#renderer/state/action-store.ts';
import { usePreferences } from '#renderer/state/preferences-store.ts';
import { type ActionId, actionIds, shortcuts } from '#renderer/state/shortcut-list.ts';

const fields = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]';
/** What Enter presses, and what arrows and Home and End move in. */
const pressed = 'button, a[href], input, [role=tab], [role=option], [role^=menuitem], summary';
const moved = 'input, textarea, select, [role=tab], [role=option], [role^=menuitem], [data-scrolls]';
const overlays = '[role=dialog], [role=menu], [role=listbox]';

const isWithin = (target: EventTarget | null, selector: string): boolean =>
  target instanceof Element && target.closest(selector) !== null;

const isSingle = (event: KeyboardEvent): boolean =>
  !(event.ctrlKey || event.altKey || event.metaKey) && event.key.length === 1;

/** Whether the key belongs to what has the focus rather than to the workbench. */
function belongsElsewhere(id: ActionId, event: KeyboardEvent): boolean {
  const { whileTyping = false, native = false } = shortcuts[id];
  if (id === 'lock') return false;
  if (isWithin(event.target, overlays)) return true;
  if (!whileTyping && isWithin(event.target, fields)) return true;
  if (native && event.key.length > 1 && isWithin(event.target, event.key === 'Enter' ? pressed : moved)) return true;
  return isSingle(event) && !usePreferences.getState().singleKeys;
}

function handle(id: ActionId, event: KeyboardEvent): void {
  if (event.defaultPrevented || belongsElsewhere(id, event)) return;
  if (runAction(id)) event.preventDefault();
}

/** With Alt, a digit or letter is known by its place (`code`) too: with Option, macOS types another character there. */
const byPlaceToo = (binding: string): string =>
  binding.replace(/(?<=\bAlt\+)[a-z0-9]$/, (key) => `(${/\d/.test(key) ? 'Digit' : 'Key'}${key.toUpperCase()}|${key})`);

/** One listener for every shortcut of the list. Returns what ends it. */
export function listenToShortcuts(target: HTMLElement | Document): () => void {
  // Several actions may share a key in different places; the one that is offered runs.
  const byKey = new Map<string, ActionId[]>();
  for (const id of actionIds) for (const key of shortcuts[id].keys) byKey.set(key, [...(byKey.get(key) ?? []), id]);
  const bindings = [...byKey].flatMap(([key, ids]) => {
    const run = (event: KeyboardEvent) => {
      for (const id of ids) handle(id, event);
    };
    // "?" needs Shift on most keyboards but not on all, and tinykeys takes modifiers exactly.
    return key === '?' ? [['?', run] as const, ['Shift+?', run] as const] : [[byPlaceToo(key), run] as const];
  });
  const listener = createKeybindingsHandler(Object.fromEntries(bindings)) as (event: Event) => void;
  target.addEventListener('keydown', listener);
  return () => target.removeEventListener('keydown', listener);
}
