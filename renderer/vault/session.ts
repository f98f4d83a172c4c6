import type { HostEvent } from '#shared/bridge/contract.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import { createIopcOwed } from './cases/iopc-owed.ts';
import { loadCases } from './cases/load-cases.ts';
import { createLookout } from './cases/lookout.ts';
import { loadMarks } from './cases/marks-row.ts';
import { buildMatcher } from './cases/matches.ts';
import { createQueue, type Queue } from './cases/queue.ts';
import { headRows, isUsual, loadQueueHead, saveQueueHead, usualQuery } from './cases/queue-head.ts';
import { append } from './execute.ts';
import type { Held } from './held.ts';
import type { Host } from './host.ts';
import type { KdfParameters } from './keys/passphrase.ts';
import type { SlotSecrets } from './keys/slots.ts';
import { fault, selectWarnings } from './log/ledger.ts';
import { loadOutbox } from './log/outbox.ts';
import { projectPending } from './log/project-pending.ts';
import { openVault } from './open-vault.ts';
import type { QueuePage, QueueQuery } from './queue-api.ts';
import type { Strip } from './sanitise/strip.ts';
import type { Store } from './store/store.ts';
import { type SyncLoop, startSyncLoop } from './sync/sync-loop.ts';
import type { VaultEvent, VaultStatus } from './vault-api.ts';

export interface VaultParts {
  readonly store: Store;
  readonly host: Host;
  readonly clock: Clock;
  readonly kdf: KdfParameters;
  /** Takes hostile files apart, away from the keys. */
  readonly strip: Strip;
}

/** An open vault: from a slot that opened until its worker ends. */
export interface VaultSession {
  readonly held: Held;
  readonly queue: Queue;
  readonly sync: SyncLoop;
  /** Resolves when all cases are in memory. */
  readonly loaded: Promise<void>;
  /** Resolves when earlier referrals can be matched. */
  matchable(): Promise<void>;
  queuePage(query: QueueQuery, offset: number, limit: number): Promise<QueuePage>;
  status(): VaultStatus;
  unitName(): string;
  /** Something was written here: tell the screen, send it. */
  written(): void;
  onHostEvent(event: HostEvent): void;
}

/** Milliseconds after the queue until matching is prepared: the first page that a person asks for comes before. */
const matcherDelay = 250;
/** Milliseconds that the screen has to ask for its first page. */
const headPatience = 40;
/** Milliseconds of quiet before the top of the queue is stored again. */
const headDelay = 1_000;

export async function startSession(
  { store, host, clock }: Omit<VaultParts, 'strip'>,
  slotId: string,
  secrets: SlotSecrets,
  failedAttemptsBefore: number,
  isOnline: () => boolean,
  emit: (event: VaultEvent) => void,
): Promise<VaultSession> {
  const held = await openVault({ store, host, clock, slotId, slot: secrets, emit });
  const queue = createQueue(held);
  let isLoaded = false;
  const iopcOwed = createIopcOwed(held);
  const status = (): VaultStatus => {
    const known = statusOf(held, sync, isOnline());
    const owed = isLoaded ? iopcOwed() : null;
    // "None" is only said of a log that was read: what is still to come may owe something.
    const isUntold = owed?.length === 0 && (sync.state.behind || known.lastSynced === null);
    return { ...known, iopcOwed: isUntold ? null : owed };
  };
  const tell = (): void => emit({ type: 'status', status: status() });
  const saveHead = afterQuiet(headDelay, () =>
    held.writer
      .add(() => saveQueueHead(held, queue.page(usualQuery, 0, headRows)))
      // Only a convenience: on a full disk the next unlock shows its queue a moment later.
      .catch(() => undefined),
  );
  const head = await loadQueueHead(held);
  // The top of the queue goes to the screen before the rest takes the worker's time.
  const screen = firstOf(headPatience);
  const loaded = screen.passed.then(() => load(held));
  const lookout = createLookout(held, () => sync.state.ingest !== null);
  const sync = startSyncLoop(held, loaded, () => {
    tell();
    saveHead();
    lookout.wake();
  });
  let matching: Promise<void> | null = null;
  void loaded.then(() => {
    isLoaded = true;
    void recordUnlock(held, failedAttemptsBefore).then(tell);
    matching = new Promise((resolve) => setTimeout(resolve, matcherDelay)).then(() => buildMatcher(held));
    void matching.then(lookout.start);
    emit({ type: 'queueChanged' });
    tell();
    saveHead();
  });
  return {
    held,
    queue,
    sync,
    loaded,
    status,
    async queuePage(query, offset, limit) {
      if (!isLoaded && head && offset === 0 && isUsual(query)) {
        setTimeout(screen.pass);
        return head;
      }
      screen.pass();
      await loaded;
      return queue.page(query, offset, limit);
    },
    async matchable() {
      await loaded;
      await matching;
    },
    unitName: () => held.unit?.name ?? held.ledger.unit?.name ?? '',
    written() {
      tell();
      saveHead();
      sync.wake();
    },
    onHostEvent(event) {
      if (event.type === 'logAdvanced' && event.position > held.ledger.log.position) sync.wake();
      if (event.type === 'connection' && event.online) sync.wake();
      tell();
    },
  };
}

/** Passes when told to, or after `patience` milliseconds. */
function firstOf(patience: number): { readonly passed: Promise<void>; pass(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, patience);
  return { passed: promise, pass: resolve };
}

async function load(held: Held): Promise<void> {
  await loadCases(held);
  await loadOutbox(held);
  held.marks = await loadMarks(held);
  await projectPending(held);
}

/** Who opened the vault, and how often someone failed to before: an entry in the member's own audit. */
async function recordUnlock(held: Held, failedAttemptsBefore: number): Promise<void> {
  const at = new Date(held.clock.now()).toISOString();
  const event = { type: 'access.unlocked' as const, at, data: { failedAttemptsBefore } };
  await held.writer
    .add(() => append(held, [{ stream: held.slot.auditStream, event }], []))
    .catch(() => held.warnings.push(fault('not-audited', null, 'This unlock could not be entered in your audit.')));
}

function statusOf(
  { ledger, outbox, warnings }: Held,
  { state }: SyncLoop,
  online: boolean,
): Omit<VaultStatus, 'iopcOwed'> {
  return {
    online: online && state.trouble === null,
    trouble: state.trouble,
    waiting: outbox.length,
    lastSynced: ledger.lastSynced,
    verifiedTo: ledger.log.position,
    ingest: state.ingest,
    paused: state.paused,
    warnings: [...warnings, ...selectWarnings(ledger)],
  };
}

/** Runs `work` once calls have paused for `delay` milliseconds. */
function afterQuiet(delay: number, work: () => Promise<unknown>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => void work(), delay);
  };
}
