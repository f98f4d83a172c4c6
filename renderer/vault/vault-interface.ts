import type { CallInput, CallOutput, VaultCallName } from './calls/call-list.ts';
import type { VaultEvent } from './vault-api.ts';

/** What the worker offers the window. Each call is defined in `calls/`. */
export interface Vault {
  /** Rejects when the call needs an open vault and it is locked, and on a defect. What is refused is in the answer. */
  call<Name extends VaultCallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  subscribe(listener: (event: VaultEvent) => void): Promise<void>;
}
