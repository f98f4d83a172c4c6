import { createHeldDrafts } from '#electron/host/held-drafts.ts';
import type { CallName, CallResult, RequestOf } from '#shared/bridge/contract.ts';

type DraftCall = Extract<CallName, `draft.${string}`>;

/** The host's own memory of drafts that found no room, as the window asks for it. */
export interface MemoryDrafts {
  call(name: DraftCall, request: unknown): CallResult<CallName>;
}

export function createMemoryDrafts(): MemoryDrafts {
  const drafts = createHeldDrafts();
  return {
    call(name, request) {
      if (name === 'draft.held') return { ok: true, reply: drafts.held() };
      const { key, box } = request as RequestOf<'draft.hold'>;
      if (name === 'draft.release') {
        drafts.release(key);
        return { ok: true, reply: {} };
      }
      const held = drafts.hold(key, box);
      return held.ok ? { ok: true, reply: held.value } : { ok: false, failure: held.error };
    },
  };
}
