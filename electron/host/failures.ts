import type { CallFailure, HostFailureCode } from '#shared/bridge/contract.ts';
import { err } from '#shared/kernel/result.ts';

interface Details {
  readonly params?: CallFailure['params'];
  /** Worth trying again later without changing anything. */
  readonly retry?: boolean;
}

/** Refuses a call. The window has the words: what happened, what is safe, what to do next. */
export const refuse = (code: HostFailureCode, { params = {}, retry = false }: Details = {}) =>
  err<CallFailure>({ code, params, retry });
