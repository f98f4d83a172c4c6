import type { VaultCode } from './codes.ts';

/** A call could not be answered. Only the message crosses from the worker to the window, so the message is the code. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
  constructor(code: VaultCode) {
    super(code);
  }
}
