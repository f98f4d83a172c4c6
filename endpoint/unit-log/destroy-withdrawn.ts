import { grace } from '#shared/domain/unit/withdrawal-grace.ts';
import { disposalsOf, settledEntries } from '#shared/domain/unit/withdrawals.ts';
import type { Digest, Position, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { parseEntry } from '#shared/log/entry.ts';
import { type Withdrawn, withoutWithdrawn } from '#shared/log/withdrawn-parts.ts';
import type { Service } from '../http/service.ts';
import type { LockedUnit } from '../storage/storage.ts';
import { readLeaf, readStoredLog, type StoredLog } from './verified-log.ts';
import { readWithdrawn } from './withdrawals.ts';

/** Entries looked at in one transaction: writers wait meanwhile. */
const batch = 200;

/** How far a log was gone through for which acts. */
interface Reached {
  /** The entries by which it was withdrawn. */
  readonly due: string;
  readonly position: Position;
}

/**
 * Destroys what was withdrawn once its time of grace is over: parts of entries, and chunks of attachments. Boxes only when a
 * second member has said that the new ones open. Of what is served nothing changes by it. Done again, it changes nothing: how
 * far it came is not stored.
 */
export class Destruction {
  readonly #service: Service;
  readonly #reached = new Map<UnitId, Reached>();

  constructor(service: Service) {
    this.#service = service;
  }

  /** All units, one after the other. What one of them meets keeps none of the others. @param isStopped asked between the steps */
  async run(isStopped: () => boolean = () => false): Promise<void> {
    for (const { id, founded } of await this.#service.storage.units()) {
      // It is tried again; what is wrong with a log its next request is told.
      if (founded) await this.#runUnit(id, isStopped).catch(() => undefined);
    }
  }

  async #runUnit(unit: UnitId, isStopped: () => boolean): Promise<void> {
    for (let first = true; !isStopped(); first = false) {
      const reached = await this.#step(unit, first);
      if (!reached) return;
      // Only once it was committed.
      this.#reached.set(unit, reached.now);
      if (reached.now.position === reached.from) return;
    }
  }

  /** Null where nothing is due. */
  #step(unit: UnitId, isFirst: boolean): Promise<{ readonly from: Position; readonly now: Reached } | null> {
    return this.#service.storage.withUnit(unit, async (locked) => {
      const log = await readStoredLog(this.#service, unit, locked);
      const withdrawn = await readWithdrawn(locked, log);
      const due = withdrawn && (await selectDue(locked, log, withdrawn, this.#service.clock.now()));
      if (!withdrawn || !due || due.entries.length === 0) return null;
      const names = due.entries.join();
      const before = this.#reached.get(unit);
      const from = before?.due === names ? before.position : 0;
      // Also those that somebody put there again.
      if (isFirst) await locked.deleteBlobs(due.blobs);
      const position = await destroyIn(locked, from, withdrawn, (entry) => due.entries.includes(entry));
      return { from, now: { due: names, position } };
    });
  }
}

interface Due {
  /** That withdrew it, whose time of grace is over. */
  readonly entries: readonly Digest[];
  readonly blobs: readonly Digest[];
}

/** By when the tree says that the entries came in. */
async function selectDue(locked: LockedUnit, log: StoredLog, { roster, first }: Withdrawn, now: number): Promise<Due> {
  const entries: Digest[] = [];
  const blobs: Digest[] = [];
  const isOver = async (entry: Digest): Promise<boolean> => {
    const position = await locked.rosterPosition(entry);
    return position !== null && (await readLeaf(locked, log.tree, position)).arrivedAt + grace <= now;
  };
  for (const act of roster.withdrawals) {
    for (const entry of settledEntries(act)) if (await isOver(entry)) entries.push(entry);
    if (act.kind === 'boxes' || !entries.includes(act.entry)) continue;
    const isTheirs = (stream: StreamId): boolean => {
      const readers = first(stream);
      return readers !== null && disposalsOf(roster, stream, readers).includes(act);
    };
    // An act on what others read too disposes of nothing.
    if (act.streams.every(isTheirs)) blobs.push(...act.blobs);
  }
  return { entries, blobs };
}

/** @returns the position of the last entry that was looked at */
async function destroyIn(
  locked: LockedUnit,
  from: Position,
  withdrawn: Withdrawn,
  isDue: (entry: Digest) => boolean,
): Promise<Position> {
  let last = from;
  for (const { position, wire } of await locked.entriesAfter(from, batch)) {
    last = position;
    const parsed = parseEntry(wire);
    const left = parsed.ok ? withoutWithdrawn(parsed.value, withdrawn, isDue) : wire;
    if (left !== wire) await locked.replaceParts(position, left);
  }
  return last;
}

/** Milliseconds between two runs. What is withdrawn is served no more meanwhile. */
const every = 60 * 60 * 1000;

/** Runs now and then until it is stopped. */
export function startDestroying(service: Service): { stop(): Promise<void> } {
  const destruction = new Destruction(service);
  let isStopped = false;
  let running: Promise<void> = Promise.resolve();
  const run = (): void => {
    // What fails now is tried again; a database that does not answer is told of by the requests.
    running = running.then(() => destruction.run(() => isStopped)).catch(() => undefined);
  };
  run();
  const timer = setInterval(run, every).unref();
  return {
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
