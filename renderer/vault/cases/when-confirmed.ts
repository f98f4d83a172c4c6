import type { Held } from '../held.ts';

/** What is read off all confirmed cases, read again only when one of them changed: saving must not cost by their number. */
export function whenConfirmed<T>(held: Held, read: () => T): () => T {
  let known: { readonly version: number; readonly value: T } | null = null;
  return () => {
    if (known?.version !== held.confirmedVersion) known = { version: held.confirmedVersion, value: read() };
    return known.value;
  };
}
