import type { Position } from '#shared/kernel/ids.ts';
import { type AcceptedPage, acceptPage } from '#shared/sync/accept-page.ts';
import { backoff } from '#shared/sync/backoff.ts';
import type { Page } from '#shared/sync/wire.ts';
import { publishUnitKey } from '../founding.ts';
import type { Held } from '../held.ts';
import { ask, HostFailure } from '../host.ts';
import { ingest } from '../log/ingest.ts';
import { fault } from '../log/ledger.ts';
import { projectPending } from '../log/project-pending.ts';
import { settleTransfers } from '../transfer/settle.ts';
import { pushOutbox } from './push-outbox.ts';

/*
 * One exchange at a time: publish the unit's key if that is due, pull and verify until the end of the log, push the
 * outbox, pull again; then do what follows outside the unit. What is in the outbox stays there until it comes back
 * confirmed in the log itself.
 *
 *   idle --wake--> exchanging --done--> idle (until a wake, or the next regular one)
 *                       '--failed--> waiting (backoff) --> exchanging
 */

export interface SyncState {
  readonly trouble: string | null;
  readonly ingest: { readonly done: number; readonly of: number } | null;
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
/** The log is not believed: asking again at once would not help. */
class Unbelievable extends Error {}

/** @param ready resolves when the store is loaded: nothing is exchanged before */
export function startSyncLoop(held: Held, ready: Promise<void>, changed: () => void): SyncLoop {
  let state: SyncState = { trouble: null, ingest: null, paused: false, behind: false };
  let failures = 0;
  /** The endpoint has the unit's key: not to be looked up again at every exchange. */
  let published = false;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const set = (next: Partial<SyncState>): void => {
    state = { ...state, ...next };
    changed();
  };

  const fetchPage = (after: Position): Promise<Page> => ask(held.host, 'log.pull', { after, limit: pullLimit });

  const accept = async (page: Page): Promise<AcceptedPage> => {
    const { slot, ledger } = held;
    const accepted = await acceptPage(page, ledger.log, slot.unit, slot.endpointKey);
    if (accepted.ok) return accepted.value;
    const { code, position, detail } = accepted.error;
    warnOnce(held, code, position, detail);
    throw new Unbelievable(`${detail} Nothing of it was used; what was verified before is safe. Tell your supervisor.`);
  };

  const pull = async (): Promise<void> => {
    const started = held.ledger.log.position;
    let next = fetchPage(started);
    for (;;) {
      const page = await next;
      if (state.paused || stopped) return;
      const accepted = await accept(page);
      const remains = page.end > accepted.log.position;
      // The next page travels while this one is brought in.
      if (remains) next = fetchPage(accepted.log.position);
      next.catch(() => undefined);
      if (accepted.entries.length > 0) await bringIn(held, accepted);
      const done = accepted.log.position - started;
      set({ ingest: remains ? { done, of: page.end - started } : null, behind: remains });
      if (!remains || accepted.entries.length === 0) return;
    }
  };

  const exchange = async (): Promise<void> => {
    try {
      await ready;
      if (!published) await publishUnitKey(held.store, held.storeKey, held.host);
      published = true;
      await pull();
      checkAnchor(held);
      // Until what was sent has come back: an exchange that brings nothing on would never end.
      for (
        let before = -1;
        held.outbox.length > 0 && before < held.ledger.log.position && !state.paused && !stopped;
      ) {
        before = held.ledger.log.position;
        if (!(await pushOutbox(held))) break;
        await pull();
      }
      if (!(state.paused || stopped)) await settleTransfers(held);
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
    timer = setTimeout(run, failures > 0 ? backoff(failures, Math.random()) : regularly);
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

async function bringIn(held: Held, page: AcceptedPage): Promise<void> {
  await held.writer.add(async () => {
    await ingest(held, page);
    await projectPending(held);
  });
  announce(
    held,
    page.entries.map(({ entry }) => entry.header.stream),
  );
}

function announce(held: Held, streams: readonly Parameters<typeof held.projected.get>[0][]): void {
  held.version += 1;
  held.emit({ type: 'queueChanged' });
  // A long ingest is announced by the queue alone: nobody has hundreds of cases open.
  if (streams.length > 50) return;
  for (const stream of new Set(streams)) held.emit({ type: 'caseChanged', case: stream });
}

/** The whole log was pulled, and is shorter than this member has seen it before: someone took entries away. */
function checkAnchor(held: Held): void {
  const { anchor, ledger } = held;
  if (!anchor || anchor.position <= ledger.log.position) return;
  const detail = `The log ends at entry ${ledger.log.position}; you have seen it to entry ${anchor.position} before.`;
  warnOnce(held, 'rolled-back', ledger.log.position, detail);
  throw new Unbelievable(`${detail} What is on this computer is kept. Tell your supervisor.`);
}

function warnOnce(held: Held, code: string, position: number, detail: string): void {
  if (held.warnings.some((warning) => warning.code === code && warning.position === position)) return;
  held.warnings.push(fault(code, position, detail));
}

function describe(error: unknown): string {
  if (error instanceof HostFailure || error instanceof Unbelievable) return error.message;
  if (error instanceof Error && error.name === 'StoreFull') {
    return 'The disk of this computer is full, so nothing new can be brought in. What was saved is safe. Free some space.';
  }
  return 'Something went wrong in Probity while exchanging with the endpoint. What was saved is safe; it tries again by itself.';
}
