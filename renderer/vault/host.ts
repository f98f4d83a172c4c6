import type { CallFailure, CallName, CallResult, ReplyOf, RequestOf } from '#shared/bridge/contract.ts';
import { type Notice, notice } from '#shared/kernel/refusal.ts';

/** The vault's way to the host: the contract's calls, relayed by the window, which sees sealed bytes only. */
export interface Host {
  call<Name extends CallName>(name: Name, request: RequestOf<Name>): Promise<CallResult<Name>>;
}

/** A host call failed. */
export class HostFailure extends Error {
  override readonly name = 'HostFailure';
  readonly failure: CallFailure;
  constructor(failure: CallFailure) {
    super(failure.code);
    this.failure = failure;
  }
}

export const noticeOf = ({ failure }: HostFailure): Notice => notice(failure.code, failure.params);

/** @throws HostFailure */
export async function ask<Name extends CallName>(
  host: Host,
  name: Name,
  request: RequestOf<Name>,
): Promise<ReplyOf<Name>> {
  const result = await host.call(name, request);
  if (result.ok) return result.reply;
  throw new HostFailure(result.failure);
}
