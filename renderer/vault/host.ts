import type { CallFailure, CallName, CallOutcome, ReplyOf, RequestOf } from '#shared/bridge/contract.ts';

/** The vault's way to the host: the contract's calls, relayed by the window, which sees sealed bytes only. */
export interface Host {
  call<Name extends CallName>(name: Name, request: RequestOf<Name>): Promise<CallOutcome<Name>>;
}

/** A host call failed; `failure.detail` is for a person. */
export class HostFailure extends Error {
  override readonly name = 'HostFailure';
  readonly failure: CallFailure;
  constructor(failure: CallFailure) {
    super(failure.detail);
    this.failure = failure;
  }
}

/** @throws HostFailure */
export async function ask<Name extends CallName>(
  host: Host,
  name: Name,
  request: RequestOf<Name>,
): Promise<ReplyOf<Name>> {
  const outcome = await host.call(name, request);
  if (outcome.ok) return outcome.reply;
  throw new HostFailure(outcome.failure);
}
