import type { CaseIndex } from './case-index.ts';

/** What is read off all confirmed cases, read again only when one of them changed: saving must not cost by their number. */
export function whenConfirmed<T>(index: CaseIndex, read: () => T): () => T {
  let known: { readonly version: number; readonly value: T } | null = null;
  return () => {
    if (known?.version !== index.confirmedVersion) known = { version: index.confirmedVersion, value: read() };
    return known.value;
  };
}
