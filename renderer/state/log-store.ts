import { create } from 'zustand';
import type { LogFilter, LogPage } from '#renderer/vault/log-api.ts';
import type { Position } from '#shared/kernel/ids.ts';
import { useStatus } from './status-store.ts';
import { stillOpen, troubleOf, vaultNow } from './vault-port.ts';

export type { LogLine } from '#renderer/vault/log-api.ts';

export const everyEntry: LogFilter = { member: null, kind: null, reference: null, day: null };
/** Entries on a page. */
export const pageSize = 50;

interface LogStore {
  readonly filter: LogFilter;
  /** Where the page on the screen begins, and those that lead to it: null is the newest. */
  readonly places: readonly (Position | null)[];
  /** Null before the first answer. */
  readonly page: LogPage | null;
  readonly busy: boolean;
  readonly trouble: string | null;
  /** How far the log went when the page was read. */
  readonly asOf: string;
}

/** The log entry by entry. What comes in meanwhile waits until somebody asks for it: rows never move by themselves. */
export const useLog = create<LogStore>(() => ({
  ...{ filter: everyEntry, places: [null], page: null, busy: false, trouble: null, asOf: '' },
}));

const logEnd = (): string => {
  const { status } = useStatus.getState();
  return `${status?.verifiedTo} ${status?.waiting}`;
};

/** Answers to an earlier question are dropped. */
let asked = 0;

async function readPage(next: Pick<LogStore, 'filter' | 'places'>): Promise<void> {
  const vault = vaultNow();
  asked += 1;
  const question = asked;
  const asOf = logEnd();
  useLog.setState({ ...next, busy: true });
  const answer = (state: Partial<LogStore>) => {
    if (stillOpen(vault) && question === asked) useLog.setState({ ...state, busy: false });
  };
  try {
    const query = { filter: next.filter, before: next.places.at(-1) ?? null, limit: pageSize };
    answer({ page: await vault.call('log.page', query), trouble: null, asOf });
  } catch (error) {
    answer({ page: null, trouble: troubleOf(error) });
  }
}

/** The newest page. */
export const loadLog = (): Promise<void> => readPage({ filter: useLog.getState().filter, places: [null] });

export const filterLog = (changes: Partial<LogFilter>): Promise<void> =>
  readPage({ filter: { ...useLog.getState().filter, ...changes }, places: [null] });

export async function olderEntries(): Promise<void> {
  const { page, places, filter } = useLog.getState();
  if (page?.next) await readPage({ filter, places: [...places, page.next] });
}

export async function newerEntries(): Promise<void> {
  const { places, filter } = useLog.getState();
  if (places.length > 1) await readPage({ filter, places: places.slice(0, -1) });
}

/** Whether the log went on since the page was read. */
export function useLogWentOn(): boolean {
  const asOf = useLog(({ asOf: read }) => read);
  return useStatus(() => logEnd()) !== asOf;
}

export function resetLog(): void {
  asked += 1;
  useLog.setState(useLog.getInitialState(), true);
}
