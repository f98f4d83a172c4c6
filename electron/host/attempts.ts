import PQueue from 'p-queue';
import { z } from 'zod';
import { type CallFailure, type ReplyOf, slotIdSchema } from '#shared/bridge/contract.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { SealedFile } from './sealed-file.ts';

const mostSlots = 200;

/** Slots for which a wrong passphrase was given last: how often in a row, and for how long that makes its member wait (ms). */
export const attemptsSchema = z
  .array(z.strictObject({ slot: slotIdSchema, failed: z.int().min(1), wait: z.int().min(0) }))
  .max(mostSlots);
type Kept = z.output<typeof attemptsSchema>;

const freeAttempts = 2;
export const longestWait = 15 * 60_000;

/** How long to wait after the n-th wrong passphrase in a row, in milliseconds: 0, 0, 2 s, 4 s ... 15 min. */
export const waitAfter = (failed: number): number =>
  failed <= freeAttempts ? 0 : Math.min(longestWait, 1_000 * 2 ** Math.min(failed - freeAttempts, 20));

/** How many are taken to have failed where the file that says so is damaged: then each member waits after the next. */
const failedUnknown = 6;

export interface Attempts {
  waits(): Promise<Result<ReplyOf<'attempt.waits'>, CallFailure>>;
  begin(slot: string): Promise<Result<ReplyOf<'attempt.begin'>, CallFailure>>;
  opened(slot: string): Promise<Result<ReplyOf<'attempt.opened'>, CallFailure>>;
}

interface Counted {
  readonly failed: number;
  /** On the clock that cannot be set. */
  readonly until: number;
}

/**
 * Counts wrong passphrases and makes their member wait: by a clock that nobody sets, and in a file of the host's, so that
 * neither the time of the system nor the rows of a database change it. After a restart the last wait begins anew.
 * @param now milliseconds of a monotonic clock
 */
export function createAttempts(file: SealedFile<Kept>, now: () => number): Attempts {
  let counted: Map<string, Counted> | null = null;
  let isDamaged = false;
  const turn = new PQueue({ concurrency: 1 });

  async function load(): Promise<Map<string, Counted>> {
    if (counted) return counted;
    const stored = await file.read();
    isDamaged = !stored.ok;
    const kept = (stored.ok && stored.value) || [];
    counted = new Map(kept.map(({ slot, failed, wait }) => [slot, { failed, until: now() + wait }]));
    return counted;
  }

  async function save(slots: ReadonlyMap<string, Counted>): Promise<void> {
    const kept = [...slots].map(([slot, { failed }]) => ({ slot, failed, wait: waitAfter(failed) }));
    // On a full disk a member must still be able to read: until Probity is started again, it is counted all the same.
    await file.write(kept).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOSPC' && error.code !== 'EDQUOT') throw error;
    });
  }

  async function begin(slot: string): Promise<ReplyOf<'attempt.begin'>> {
    const slots = await load();
    const { failed, until } = slots.get(slot) ?? { failed: isDamaged ? failedUnknown : 0, until: 0 };
    const wait = Math.ceil(until - now());
    if (wait > 0) return { taken: false, failed, wait };
    if (!slots.has(slot) && slots.size >= mostSlots) return { taken: false, failed, wait: longestWait };
    const next = waitAfter(failed + 1);
    slots.set(slot, { failed: failed + 1, until: now() + next });
    // Before the attempt: a process that is killed in the middle of it has still used one up.
    await save(slots);
    return { taken: true, failed, wait: next };
  }

  return {
    waits: () =>
      turn.add(async () => {
        const slots = await load();
        const waits = [...slots].map(([slot, { until }]) => ({ slot, wait: Math.max(0, Math.ceil(until - now())) }));
        return ok({ waits });
      }),
    begin: (slot) => turn.add(async () => ok(await begin(slot))),
    opened: (slot) =>
      turn.add(async () => {
        const slots = await load();
        if (slots.delete(slot)) await save(slots);
        return ok({});
      }),
  };
}
