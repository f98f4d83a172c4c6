import type { AuthorKey, Digest } from '#shared/kernel/ids.ts';

/*
 * The endpoint has two keys, which the roster names. Both can be replaced (membership/endpoint-rekeyed.ts). Which key counts
 * where, the roster alone says:
 *   a checkpoint of size n is signed with the key for checkpoints that the roster names after the n-th entry of the log;
 *   an entry of the endpoint at position n is signed with the key for entries that the roster names just before it.
 */

/** The endpoint's two keys. */
export interface EndpointPublicKeys {
  /** Signs what it writes itself. */
  readonly endpointKey: AuthorKey;
  /** Signs the checkpoints of every log. */
  readonly checkpointKey: AuthorKey;
}

/** Keys that the roster named before. */
export interface FormerKeys extends EndpointPublicKeys {
  /** Hash of the entry from which the next ones count. */
  readonly replacedBy: Digest;
  /** Members replaced them, because they were lost or stolen. */
  readonly wereLost: boolean;
}

interface NamesKeys extends EndpointPublicKeys {
  /** From the founding on, in order. */
  readonly formerKeys: readonly FormerKeys[];
}

export const sameKeys = (one: EndpointPublicKeys, other: EndpointPublicKeys): boolean =>
  one.endpointKey === other.endpointKey && one.checkpointKey === other.checkpointKey;

/** All that a roster names or named, the present ones last. */
export const namedKeys = (roster: NamesKeys): readonly EndpointPublicKeys[] =>
  [...roster.formerKeys, roster].map(({ endpointKey, checkpointKey }) => ({ endpointKey, checkpointKey }));

/** Whether the endpoint has or had it: nobody else may. */
export const isKeyOfEndpoint = (roster: NamesKeys, key: AuthorKey): boolean =>
  namedKeys(roster).some(({ endpointKey, checkpointKey }) => key === endpointKey || key === checkpointKey);

/** The endpoint's keys from one position of a log on. */
export interface KeysFrom extends EndpointPublicKeys {
  /** Of the entry that brought them. */
  readonly from: number;
  /** Members put them in the place of keys that were lost or stolen. */
  readonly byMembers: boolean;
}

/** As the roster names them after so many entries of the log; null before the founding. */
export const keysAfter = (named: readonly KeysFrom[], size: number): EndpointPublicKeys | null =>
  named.findLast(({ from }) => from <= size) ?? null;

/**
 * Whether the key that signed checkpoints of this size was given up by members before a position: whoever found or stole
 * it can sign any checkpoint with it, so that it proves nothing against the endpoint.
 */
export function isGivenUp(named: readonly KeysFrom[], size: number, position: number): boolean {
  const key = keysAfter(named, size)?.checkpointKey;
  const next = named.find(({ from, checkpointKey }) => from > size && checkpointKey !== key);
  return next?.byMembers === true && next.from < position;
}
