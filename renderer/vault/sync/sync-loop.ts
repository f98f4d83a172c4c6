import type { Position, StreamId } from '#shared/kernel/ids.ts';
import type { Notice } from '#shared/kernel/refusal.ts';
import { type Seen, seenNothing } from '#shared/log/seen.ts';
import { TileBroken } from '#shared/log/tree/tile-reader.ts';
import { type AcceptedPage, acceptPage } from '#shared/sync/accept-page.ts';
import { backoff } from '#shared/sync/backoff.ts';
import { type Page, parsePage } from '#shared/sync/wire.ts';
import { notice } from '../codes.ts';
import { warning, warnOnce } from '../findings.ts';
import { ask, HostFailure, noticeOf } from '../host.ts';
import { ingest } from '../log/ingest.ts';
import { pageSigner } from '../log/judge-with-roster.ts';
import { askForMissing } from '../log/missing-parts.ts';
import { projectPending } from '../log/project-pending.ts';
import { recordFork } from '../log/record-fork.ts';
import { regrowTree } from '../log/regrow-tree.ts';
import { storedTiles } from '../log/tree-rows.ts';
import type { OpenVault } from '../open-vault.ts';
import { StoreFull } from '../store/store.ts';
import type { Progress } from '../vault-api.ts';
import { pushOutbox } from './push-outbox.ts';

/*
 * One exchange at a time: pull and verify until the end of the log, push the outbox, pull
 * again; then do what follows. What is in the outbox stays there until it comes back confirmed in the log itself.
 *
 *   idle --wake--> exchanging --done--> idle (until a wake, or the next regular one)
 *                       '--failed--> waiting (backoff) --> exchanging
 */

export interface SyncState {
  readonly trouble: Notice | null;
  readonly ingest: Progress | null;
  readonly paused: boolean;
  /** The log was found to go on beyond what was read of it: also when reading it was cut off. */
  readonly behind: boolean;
}

export interface SyncLoop {
  /** Exchange soon, unless the member paused. */
  wake(): void;
  /** Resolves when an exchange that began after this call has ended. */
  exchangeNow(): Promise<void>;
  pause(): void;
  stop(): void;
  readonly state: SyncState;
}

const pullLimit = 500;
const regularly = 30_000;
/** On a full disk: it goes on within two seconds of there being room. */
const whenFull = 1_500;
/** The log is not believed: asking again at once would not help. */
class Unbelievable extends Error {
  readonly notice: Notice;
  constructor(found: Notice) {
    super(found.code);
    this.notice = found;
  }
}

/** What else an exchange does. Each rejects when the endpoint cannot be reached, and is done again then. */
export interface ExchangeSteps {
  /** Resolves when the store is loaded: nothing is exchanged before. */
  readonly ready: Promise<void>;
  readonly after: () => Promise<void>;
  readonly changed: () => void;
}

export function startSyncLoop(vault: OpenVault, { ready, after, changed }: ExchangeSteps): SyncLoop {
  let state: SyncState = { trouble: null, ingest: null, paused: false, behind: false };
  let failures = 0;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const set = (next: Partial<SyncState>): void => {
    state = { ...state, ...next };
    changed();
  };

  const fetchPage = async (after: Position, seen: Seen, limit = pullLimit): Promise<Page> => {
    const { page } = await ask(vault.io.host, 'log.pull', { after, seen, limit });
    const parsed = parsePage(page);
    if (!parsed) throw new HostFailure({ code: 'reply-malformed', params: {}, retry: false });
    return parsed;
  };

  const accept = async (page: Page): Promise<AcceptedPage> => {
    const accepted = await acceptPage(page, vault.log.ledger.log, pageSigner(vault), storedTiles(vault));
    if (accepted.ok) return accepted.value;
    const { code, position, fork } = accepted.error;
    warnOnce(vault.findings, warning(code, position));
    if (fork) await vault.io.writer.add(() => recordFork(vault, fork));
    refuseForked(vault);
    throw new Unbelievable(notice('log-not-believed', { because: code, position }));
  };

  const pull = async (): Promise<void> => {
    const { size: started, checkpoint } = vault.log.ledger.log;
    let next = fetchPage(started, checkpoint);
    for (;;) {
      const page = await next;
      if (state.paused || stopped) return;
      const accepted = await accept(page);
      const remains = page.end > accepted.log.size;
      // The next page travels while this one is brought in.
      if (remains) next = fetchPage(accepted.log.size, accepted.log.checkpoint);
      next.catch(() => undefined);
      if (isNews(vault, accepted)) await bringIn(vault, accepted);
      refuseForked(vault);
      const done = accepted.log.size - started;
      set({ ingest: remains ? { done, of: page.end - started } : null, behind: remains });
      if (!remains || accepted.entries.length === 0) return;
    }
  };

  const askAgain = async (): Promise<void> => {
    if (!(state.paused || stopped)) await askForMissing(vault, (after) => fetchPage(after, seenNothing, 1));
  };

  const exchange = async (): Promise<void> => {
    try {
      await ready;
      refuseForked(vault);
      await pull().catch(async (error: unknown) => {
        if (!(error instanceof TileBroken)) throw error;
        await vault.io.writer.add(() => regrowTree(vault));
        await pull();
      });
      checkAnchor(vault);
      await askAgain();
      let refused: HostFailure | null = null;
      // Until what was sent has come back. Where no less waits than before it would never end: what else is written asks anew.
      for (
        let left = Number.POSITIVE_INFINITY;
        vault.log.outbox.length > 0 && vault.log.outbox.length < left && !state.paused && !stopped;
      ) {
        left = vault.log.outbox.length;
        const pushed = await pushOutbox(vault);
        ({ refused } = pushed);
        if (!pushed.sent) break;
        await pull();
        await askAgain();
      }
      // What follows from the log does not wait for entries that the endpoint refuses, perhaps of another member.
      if (!(state.paused || stopped)) await after();
      if (refused) throw refused;
      failures = 0;
      set({ trouble: null, ingest: null });
    } catch (error) {
      failures += 1;
      set({ trouble: describe(error), ingest: null });
    }
  };

  const schedule = (): void => {
    clearTimeout(timer);
    if (stopped) return;
    const { code } = state.trouble ?? {};
    const wait = failures > 0 ? backoff(failures, Math.random()) : regularly;
    timer = setTimeout(run, code === 'disk-full-for-log' ? Math.min(wait, whenFull) : wait);
  };

  const run = (): void => {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = exchange().finally(() => {
      running = null;
      const repeat = again;
      again = false;
      if (repeat) run();
      else schedule();
    });
  };

  run();
  return {
    wake() {
      if (!state.paused) run();
    },
    async exchangeNow() {
      if (state.paused) set({ paused: false });
      if (running) await running;
      run();
      while (running) await running;
    },
    pause() {
      set({ paused: true, ingest: null });
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
    get state() {
      return state;
    },
  };
}

/** Entries, or the word that there are none after those that are here: without a ledger, only the log says how far it was read. */
const isNews = ({ log: { ledger } }: OpenVault, { entries, log }: AcceptedPage): boolean =>
  entries.length > 0 || log.checkpoint.size > ledger.log.checkpoint.size;

async function bringIn(vault: OpenVault, page: AcceptedPage): Promise<void> {
  await vault.io.writer.add(async () => {
    await ingest(vault, page);
    await projectPending(vault);
  });
  announce(
    vault,
    page.entries.map(({ entry }) => entry.header.stream),
  );
}

function announce(vault: OpenVault, streams: readonly StreamId[]): void {
  vault.io.emit({ type: 'queueChanged' });
  // A long ingest is announced by the queue alone: nobody has hundreds of cases open.
  if (streams.length > 50) return;
  for (const stream of new Set(streams)) vault.io.emit({ type: 'caseChanged', case: stream });
}

/** The endpoint keeps two logs: what it sends is not believed, and what is written here is not given to it. */
function refuseForked({ log: { ledger } }: OpenVault): void {
  if (ledger.fork) throw new Unbelievable(notice('log-forked', { position: ledger.fork.other.size }));
}

/** The whole log was pulled, and is shorter than this member has seen it before: someone took entries away. */
function checkAnchor({ log: { anchor, ledger }, findings }: OpenVault): void {
  if (!anchor || anchor.size <= ledger.log.size) return;
  const params = { from: anchor.size, to: ledger.log.size };
  warnOnce(findings, warning('rolled-back', ledger.log.size, params));
  throw new Unbelievable(notice('log-rolled-back', params));
}

function describe(error: unknown): Notice {
  if (error instanceof HostFailure) return noticeOf(error);
  if (error instanceof Unbelievable) return error.notice;
  return notice(error instanceof StoreFull ? 'disk-full-for-log' : 'exchange-failed');
}
