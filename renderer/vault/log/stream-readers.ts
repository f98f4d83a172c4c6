import type { MaybeRoster, Roster } from '#shared/domain/unit/roster.ts';
import { type Scope, scopeOfGeneration } from '#shared/domain/unit/scopes.ts';
import { disposalsOf, handedOn, readersNow } from '#shared/domain/unit/withdrawals.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Withdrawn } from '#shared/log/withdrawn-parts.ts';
import type { Shared } from '../keys/held-keys.ts';
import type { KeysByStream } from '../keys/keys-by-stream.ts';
import type { OpenVault } from '../open-vault.ts';

/*
 * Who reads a stream: whoever its first key was boxed for, until it was handed to others. It follows from the roster and from
 * labels, which all can read, so all agree on it.
 */

/** For whom a stream was begun: what concerns the unit is for everyone. @param first box of a key of it for a generation */
export function firstReaders(roster: Roster, stream: StreamId, first: Shared | null): Scope | null {
  if (stream === roster.policyStream) return 'everyone';
  return first && scopeOfGeneration(roster, first.generation);
}

/** The same by the keys that were met of it. */
export const firstReadersIn = (roster: MaybeRoster, stream: StreamId, keys: KeysByStream): Scope | null =>
  roster && firstReaders(roster, stream, keys.readersOf(stream));

/** Whether a member holds any key of a scope. */
export const holdsAny = ({ member: { keyring } }: OpenVault, roster: Roster, scope: Scope): boolean =>
  roster.generations.some((each) => each.scope === scope && keyring.generation(each.id));

/** Whether a stream is there for a member: not handed to others, and not disposed of. */
export function isForUs(vault: OpenVault, roster: Roster, stream: StreamId, first: Scope): boolean {
  const readers = readersNow(roster, stream, first);
  return readers.some((each) => holdsAny(vault, roster, each)) && disposalsOf(roster, stream, first).length === 0;
}

/** What is withdrawn of the log. @param first for whom a stream was begun */
export const withdrawnBy = (roster: MaybeRoster, first: Withdrawn['first']): Withdrawn => ({
  roster: roster ?? { withdrawals: [], generations: [], devices: [], members: [] },
  first,
});

/** Whether nothing takes effect in a stream any more. */
export const isClosed = (roster: Roster, stream: StreamId, first: Scope): boolean =>
  handedOn(roster, stream, first).length > 0;
