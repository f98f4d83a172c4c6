import { builtInViews } from './built-in-views.ts';

/**
 * Every shortcut there is, once. The listener, the hints on controls, the palette and the sheet under `?` all read
 * this list. `keys` are tinykeys bindings; the first one is the one that is shown.
 */
export type ShortcutScope = 'everywhere' | 'queue' | 'case' | 'byHand';

interface Shortcut {
  readonly keys: readonly string[];
  readonly label: string;
  readonly where: readonly ShortcutScope[];
  /** Works while one types in a field. The others wait until one does not. */
  readonly whileTyping?: boolean;
  /** A key that buttons, tabs and lists use themselves: left to them while they have the focus. */
  readonly native?: boolean;
  /** Not offered in the palette: moving about is for the keys. */
  readonly keysOnly?: boolean;
  /** Comes last in the palette: what ends the work at hand is never what Enter does unasked. */
  readonly last?: boolean;
}

const view = (number: number): Shortcut => ({
  keys: [String(number)],
  label: `View: ${builtInViews[number - 1]?.name ?? `your own, ${number - builtInViews.length}`}`,
  where: ['queue'],
  keysOnly: true,
});

const step = (number: number, label: string): Shortcut => ({
  keys: [`Alt+${number}`],
  label: `Go to step ${number}: ${label}`,
  where: ['case'],
  whileTyping: true,
});

const list = {
  find: {
    keys: ['Control+k'],
    label: 'Find a case or do something',
    where: ['everywhere'],
    whileTyping: true,
    keysOnly: true,
  },
  lock: { keys: ['Control+l'], label: 'Lock', where: ['everywhere'], whileTyping: true, last: true },
  help: { keys: ['?'], label: 'Show the shortcuts', where: ['everywhere'] },
  goQueue: { keys: ['g q'], label: 'Go to the queue', where: ['everywhere'] },
  goIopc: { keys: ['g i'], label: 'Send the next referral owed to the IOPC', where: ['everywhere'] },
  goFigures: { keys: ['g f'], label: 'Go to the figures', where: ['everywhere'] },
  goMembers: { keys: ['g m'], label: 'Go to the members', where: ['everywhere'] },
  goPolicy: { keys: ['g p'], label: 'Go to the unit’s policy', where: ['everywhere'] },
  goLog: { keys: ['g l'], label: 'Go to the log', where: ['everywhere'] },
  enterByHand: { keys: ['h'], label: 'Open a case by hand', where: ['everywhere'] },
  changePassphrase: { keys: [], label: 'Change your passphrase', where: ['everywhere'] },
  syncNow: { keys: [], label: 'Sync now', where: ['everywhere'] },
  checkLog: { keys: [], label: 'Check every entry now', where: ['everywhere'] },
  nextRow: { keys: ['j', 'ArrowDown'], label: 'Next row', where: ['queue'], native: true, keysOnly: true },
  previousRow: { keys: ['k', 'ArrowUp'], label: 'Previous row', where: ['queue'], native: true, keysOnly: true },
  pageDown: { keys: ['PageDown'], label: 'A page down', where: ['queue'], native: true, keysOnly: true },
  pageUp: { keys: ['PageUp'], label: 'A page up', where: ['queue'], native: true, keysOnly: true },
  firstRow: { keys: ['Home'], label: 'First row', where: ['queue'], native: true, keysOnly: true },
  lastRow: { keys: ['End'], label: 'Last row', where: ['queue'], native: true, keysOnly: true },
  openRow: { keys: ['Enter', 'o'], label: 'Open the case', where: ['queue'], native: true },
  search: { keys: ['/'], label: 'Search the queue', where: ['queue'] },
  filter: { keys: ['f'], label: 'Filter the queue', where: ['queue'] },
  clearFilters: { keys: ['c'], label: 'Clear search and filters', where: ['queue'] },
  showHeld: { keys: ['u'], label: 'Show what came in', where: ['queue'] },
  views: { keys: ['v'], label: 'Views', where: ['queue'] },
  view1: view(1),
  view2: view(2),
  view3: view(3),
  view4: view(4),
  view5: view(5),
  view6: view(6),
  view7: view(7),
  view8: view(8),
  view9: view(9),
  take: { keys: ['t'], label: 'Take the case', where: ['queue', 'case'] },
  release: { keys: ['r'], label: 'Release the case', where: ['queue', 'case'] },
  step1: step(1, 'at risk now'),
  step2: step(2, 'mandatory referral'),
  step3: step(3, 'items'),
  step4: step(4, 'grading'),
  step5: step(5, 'categories and standards'),
  step6: step(6, 'threat, harm and risk'),
  step7: step(7, 'disposition'),
  readNarrative: { keys: ['Alt+r'], label: 'Go to the narrative', where: ['case'], whileTyping: true },
  makeItem: { keys: ['Alt+i'], label: 'Make an item of what is selected', where: ['case'], whileTyping: true },
  nextMark: { keys: ['Alt+m'], label: 'Next mark of the check', where: ['case'], whileTyping: true },
  keepMark: { keys: ['Alt+k'], label: 'Keep the marked words, with a reason', where: ['case'], whileTyping: true },
  policyLog: { keys: ['l'], label: 'Policy log', where: ['case'] },
  record: { keys: ['Control+Enter'], label: 'Record the step', where: ['case'], whileTyping: true },
  openWritten: { keys: ['Control+Enter'], label: 'Open the case as written', where: ['byHand'], whileTyping: true },
  saveNext: { keys: ['Alt+n'], label: 'Save and next', where: ['case'], whileTyping: true },
  nextCase: { keys: ['n'], label: 'Next referral', where: ['case'] },
  previousCase: { keys: ['p'], label: 'Previous referral', where: ['case'] },
  back: { keys: ['Escape'], label: 'Back', where: ['queue', 'case', 'byHand'], whileTyping: true, keysOnly: true },
} as const satisfies Record<string, Shortcut>;

export type ActionId = keyof typeof list;
export const shortcuts: Readonly<Record<ActionId, Shortcut>> = list;
export const actionIds = Object.keys(list) as ActionId[];

const shown: Readonly<Record<string, string>> = {
  Control: 'Ctrl',
  ArrowDown: 'Down',
  ArrowUp: 'Up',
  PageDown: 'Page Down',
  PageUp: 'Page Up',
  Escape: 'Esc',
};

const showKey = (key: string): string => shown[key] ?? (key.length === 1 ? key.toUpperCase() : key);
const showBinding = (binding: string): string =>
  binding
    .split(' ')
    .map((press) => press.split('+').map(showKey).join('+'))
    .join(' then ');

/** "Ctrl+L", "G then Q"; every binding of the action, the shown one first. */
export const keysOf = (id: ActionId): readonly string[] => shortcuts[id].keys.map(showBinding);

/** The hint on a control; empty for an action without keys. */
export const hintOf = (id: ActionId): string => keysOf(id)[0] ?? '';

/** "Take the case (T)". */
export const labelWithKeys = (id: ActionId): string => {
  const hint = hintOf(id);
  return hint ? `${shortcuts[id].label} (${hint})` : shortcuts[id].label;
};

/** For `aria-keyshortcuts`, which knows no sequences. */
export const ariaKeysOf = (id: ActionId): string | undefined =>
  shortcuts[id].keys.filter((binding) => !binding.includes(' ')).join(' ') || undefined;
