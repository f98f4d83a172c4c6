import type { CallFailure, ReplyOf } from '#shared/bridge/contract.ts';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { refuse } from './failures.ts';

/** Bytes that are held together. */
const mostHeld = 64 * 1024 * 1024;

/** Sealed drafts that found no room on the disk, in memory: they outlive the lock, and the worker that sealed them. */
export interface HeldDrafts {
  hold(key: string, box: Bytes): Result<Record<string, never>, CallFailure>;
  held(): ReplyOf<'draft.held'>;
  release(key: string): void;
}

export function createHeldDrafts(): HeldDrafts {
  const held = new Map<string, Bytes>();
  return {
    hold(key, box) {
      const others = [...held].filter(([each]) => each !== key).reduce((sum, [, { length }]) => sum + length, 0);
      if (others + box.length > mostHeld) return refuse('no-more-held');
      held.set(key, box);
      return ok({});
    },
    held: () => ({ drafts: [...held].map(([key, box]) => ({ key, box })) }),
    release(key) {
      held.delete(key);
    },
  };
}
