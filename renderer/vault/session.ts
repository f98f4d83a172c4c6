import type { HostEvent } from '#shared/bridge/contract.ts';
import { everyCase, type QueueQuery } from '#shared/domain/case/queue-query.ts';
import { type Clock, timeOf } from '#shared/kernel/clock.ts';
import { indexedCase } from './cases/case-index.ts';
import { createIopcOwed } from './cases/iopc-owed.ts';
import { loadCases } from './cases/load-cases.ts';
import { buildMatcher } from './cases/matches.ts';
import { createQueue, type Queue } from './cases/queue.ts';
import { headRows, isEveryCase, loadQueueHead, saveQueueHead } from './cases/queue-head.ts';
import { renewCases } from './cases/renew-cases.ts';
import { readySearch } from './cases/search-upkeep.ts';
import { restoreSightings } from './cases/sighting-rows.ts';
import { createSightingWatch } from './cases/sighting-watch.ts';
import { warning } from './findings.ts';
import { boxForSingleReaders } from './follow-ups/box-for-single-readers.ts';
import { completeHandingOn } from './follow-ups/complete-handing-on.ts';
import { settleFollowUps } from './follow-ups/settle-follow-ups.ts';
import type { Host } from './host.ts';
import type { KdfParameters } from './keys/passphrase.ts';
import type { SlotSecrets } from './keys/slots.ts';
import { loadVault } from './load-vault.ts';
import { isBehind } from './log/anchor.ts';
import { append } from './log/append.ts';
import { destroyWithdrawn } from './log/destroy-withdrawn.ts';
import { selectMissing } from './log/missing-parts.ts';
import { checkOwnTips, loadOutbox } from './log/outbox.ts';
import { projectPending } from './log/project-pending.ts';
import { isSetBack } from './log/set-back.ts';
import { selectWarnings } from './log/view.ts';
import type { OpenVault } from './open-vault.ts';
import type { Program } from './program.ts';
import type { QueuePage } from './queue-api.ts';
import { watchRoom } from './room.ts';
import type { Strip } from './sanitise/strip.ts';
import { type StoreFinding, saidOf } from './store/reconcile.ts';
import type { Store } from './store/store.ts';
import { type SyncLoop, startSyncLoop } from './sync/sync-loop.ts';
import { bringRosters } from './transfer/bring-rosters.ts';
import { transferFollowUps } from './transfer/follow-transfers.ts';
import type { IntegrityWarning, Progress, VaultEvent, VaultStatus } from './vault-api.ts';

export interface VaultParts {
  readonly store: Store;
  /** What was found as the store was opened, and was put right. */
  readonly found: readonly StoreFinding[];
  readonly host: Host;
  readonly clock: Clock;
  readonly kdf: KdfParameters;
  /** Takes hostile files apart, away from the keys. */
  readonly strip: Strip;
  readonly program: Program;
}

/** An open vault: from a slot that opened until its worker ends. */
export interface VaultSession {
  readonly vault: OpenVault;
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
/** The same until the index of quick search is read: whoever unlocks to look for something types at once. */
const searchDelay = 20;
/** Milliseconds that the screen has to ask for its first page. */
const headPatience = 40;
/** Milliseconds of quiet before the top of the queue is stored again. */
const headDelay = 1_000;

/** @throws StoreNewer */
export async function startSession(
  { store, found, host, clock, program }: Omit<VaultParts, 'strip' | 'kdf'>,
  slotId: string,
  secrets: SlotSecrets,
  failedAttemptsBefore: number,
  isOnline: () => boolean,
  emit: (event: VaultEvent) => void,
): Promise<VaultSession> {
  const vault = await loadVault({ store, host, clock, program, slotId, slot: secrets, emit });
  warnOfStore(vault, found);
  const queue = createQueue(vault);
  let isLoaded = false;
  let renewal: Progress | null = null;
  const iopcOwed = createIopcOwed(vault);
  const status = (): VaultStatus => {
    const known = statusOf(vault, sync, isOnline());
    const owed = isLoaded ? iopcOwed() : null;
    // "None" is only said of a log that was read: what is still to come may owe something.
    const isUntold = owed?.length === 0 && (sync.state.behind || known.lastSynced === null);
    return { ...known, renewal, roomLeft: room.low, iopcOwed: isUntold ? null : owed };
  };
  const tell = (): void => emit({ type: 'status', status: status() });
  const saveHead = afterQuiet(headDelay, () =>
    vault.io.writer
      .add(() => saveQueueHead(vault, queue.page(everyCase, 0, headRows)))
      // Only a convenience: on a full disk the next unlock shows its queue a moment later.
      .catch(() => undefined),
  );
  const head = await loadQueueHead(vault);
  // The top of the queue goes to the screen before the rest takes the worker's time.
  const screen = firstOf(headPatience);
  const loaded = screen.passed.then(() => load(vault));
  const watch = createSightingWatch(vault, () => sync.state.ingest !== null);
  const sync = startSyncLoop(vault, {
    ready: loaded,
    after: async () => {
      await noteUnlock();
      await bringRosters(vault);
      await settleFollowUps(vault, transferFollowUps);
      await completeHandingOn(vault);
      await boxForSingleReaders(vault);
      await destroyWithdrawn(vault);
    },
    changed: () => {
      tell();
      saveHead();
      watch.wake();
    },
  });
  const room = watchRoom(host, tell);
  let matching: Promise<void> | null = null;
  let isUnlockNoted = false;
  /** Once, as soon as something can be signed here. */
  const noteUnlock = async (): Promise<void> => {
    if (isUnlockNoted || isBehind(vault)) return;
    isUnlockNoted = true;
    await vault.io.writer.add(async () => checkOwnTips(vault));
    await recordUnlock(vault, failedAttemptsBefore);
  };
  void loaded.then(() => {
    isLoaded = true;
    // It may be written after the first exchange had looked at what waits.
    void noteUnlock().then(written);
    matching = new Promise((resolve) => setTimeout(resolve, matcherDelay)).then(() => buildMatcher(vault));
    void matching.then(() => {
      void watch.start();
      // Which subjects are in several referrals is known now.
      emit({ type: 'queueChanged' });
    });
    void new Promise((resolve) => setTimeout(resolve, searchDelay))
      .then(() => readySearch(vault))
      .catch(() => undefined);
    void renew();
    emit({ type: 'queueChanged' });
    tell();
    saveHead();
  });
  const written = (): void => {
    tell();
    saveHead();
    sync.wake();
  };
  const renew = (): Promise<void> =>
    renewCases(vault, (progress) => {
      renewal = progress;
      tell();
      if (!progress) watch.wake();
    }).catch(() => {
      renewal = null;
      vault.findings.warnings.push(warning('renewal-failed', null));
      tell();
    });
  return {
    vault,
    queue,
    sync,
    loaded,
    status,
    async queuePage(query, offset, limit) {
      if (!isLoaded && head && offset === 0 && isEveryCase(query)) {
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
    unitName: () => vault.log.record.names.unit,
    written,
    onHostEvent(event) {
      if (event.type === 'logAdvanced' && event.position > vault.log.ledger.log.size) sync.wake();
      if (event.type === 'connection' && event.online) sync.wake();
      tell();
    },
  };
}

/** A store that was made again, or set back, lacks what was read of the log: it is said once. */
function warnOfStore({ findings: { warnings } }: OpenVault, found: readonly StoreFinding[]): void {
  const isLess = (['store-begun', 'store-remade', 'store-behind'] as const).some((each) => found.includes(each));
  const others = warnings.filter(({ code }) => !(isLess && (code === 'ledger-row' || code === 'set-back')));
  warnings.splice(0, warnings.length, ...others);
  for (const each of saidOf(found)) warnings.push(warning(each, null));
}

/** Passes when told to, or after `patience` milliseconds. */
function firstOf(patience: number): { readonly passed: Promise<void>; pass(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, patience);
  return { passed: promise, pass: resolve };
}

async function load(vault: OpenVault): Promise<void> {
  await loadCases(vault);
  await loadOutbox(vault);
  await restoreSightings(vault);
  await projectPending(vault);
}

/** Who opened the vault, and how often someone failed to before: an entry in the member's own audit. */
async function recordUnlock(vault: OpenVault, failedAttemptsBefore: number): Promise<void> {
  const { io, member, findings } = vault;
  const at = timeOf(io.clock);
  const event = { type: 'access.unlocked' as const, at, data: { failedAttemptsBefore } };
  const noted = await io.writer
    .add(() => append(vault, [{ stream: member.slot.auditStream, event }], []))
    .catch(() => null);
  // Also where they were not given the key that it would be written under.
  if (!noted?.ok) findings.warnings.push(warning('not-audited', null));
}

/** A warning names a case only where this member can open it. */
const namingOwn = ({ cases }: OpenVault, each: IntegrityWarning): IntegrityWarning =>
  each.case === null || indexedCase(cases, each.case) || cases.projected.has(each.case)
    ? each
    : { ...each, case: null };

function statusOf(
  vault: OpenVault,
  { state }: SyncLoop,
  online: boolean,
): Omit<VaultStatus, 'iopcOwed' | 'renewal' | 'roomLeft'> {
  const { log, findings } = vault;
  const ofDevice = isSetBack(vault) ? [warning('device-set-back', null)] : [];
  const found = [...ofDevice, ...findings.warnings, ...selectWarnings(log.view), ...selectMissing(log.ledger)];
  return {
    online: online && state.trouble === null,
    trouble: state.trouble,
    waiting: log.outbox.length,
    lastSynced: log.ledger.lastSynced,
    verifiedTo: log.ledger.log.size,
    ingest: state.ingest,
    paused: state.paused,
    warnings: found.map((each) => namingOwn(vault, each)),
    isSetBack: ofDevice.length > 0,
  };
}

/** Runs `task` once calls have paused for `delay` milliseconds. */
function afterQuiet(delay: number, task: () => Promise<unknown>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => void task(), delay);
  };
}
