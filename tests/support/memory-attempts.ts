import { createAttempts } from '#electron/host/attempts.ts';
import type { CallFailure, CallName, CallResult, RequestOf } from '#shared/bridge/contract.ts';
import { ok, type Result } from '#shared/kernel/result.ts';

type AttemptCall = Extract<CallName, `attempt.${string}`>;

const resultOf = (result: Result<unknown, CallFailure>): CallResult<CallName> =>
  (result.ok ? { ok: true, reply: result.value } : { ok: false, failure: result.error }) as CallResult<CallName>;

/** The host's own counting of attempts, without a file: it is forgotten with the host. */
export function createMemoryAttempts(): (name: AttemptCall, request: unknown) => Promise<CallResult<CallName>> {
  const attempts = createAttempts({ read: async () => ok(null), write: async () => undefined }, () =>
    performance.now(),
  );
  return async (name, request) => {
    if (name === 'attempt.waits') return resultOf(await attempts.waits());
    const { slot } = request as RequestOf<'attempt.begin'>;
    return resultOf(await (name === 'attempt.begin' ? attempts.begin(slot) : attempts.opened(slot)));
  };
}
