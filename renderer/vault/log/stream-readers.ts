import type { MaybeRoster, Roster } from '#shared/domain/unit/roster.ts';
import { type Scope, scopeOfGeneration } from '#shared/domain/unit/scopes.ts';
import { disposalsOf, handedOn, readersNow } from '#shared/domain/unit/withdrawals.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Withdrawn } from '#shared/log/withdrawn-parts.ts';
import { boxesOf, type Shared } from '../keys/held-keys.ts';
import type { KeysByStream } from '../keys/keys-by-stream.ts';
import type { OpenVault } from '../open-vault.ts';
import { entriesOfStream } from './entry-rows.ts';

/*
 * Who reads a stream: whoever its first key was boxed for, until it was handed to others. It follows from the roster and from
 * labels, which all can read, so all agree on it. Besides them, a member who was given its case alone, until it is handed on.
 */

/** For whom a stream was begun: what concerns the unit is for everyone. @param first box of a key of it for a generation */
export function firstReaders(roster: Roster, stream: StreamId, first: Shared | null): Scope | null {
  if (stream === roster.policyStream) return 'everyone';
  return first && scopeOfGeneration(roster, first.generation);
}

/** The same by the keys that were met of it. */
export const firstReadersIn = (roster: MaybeRoster, stream: StreamId, keys: KeysByStream): Scope | null =>
  roster && firstReaders(roster, stream, keys.readersOf(stream));

/** The first box beside its stored entries, whatever this member can open. */
export async function firstSharedStored(vault: OpenVault, stream: StreamId): Promise<Shared | null> {
  for (const { entry, position } of await entriesOfStream(vault, stream)) {
    for (const { byMaker, to, stream: of } of boxesOf(entry)) {
      if (byMaker && of === stream && 'generation' in to) return { since: position, generation: to.generation };
    }
  }
  return null;
}

/** Whether a member holds any key of a scope. */
export const holdsAny = ({ member: { keyring } }: OpenVault, roster: Roster, scope: Scope): boolean =>
  roster.generations.some((each) => each.scope === scope && keyring.generation(each.id));

/** Whether a stream is there for a member: not handed to others, and not disposed of. @param keys that were met of it */
export function isForUs(vault: OpenVault, roster: Roster, stream: StreamId, first: Scope, keys: KeysByStream): boolean {
  if (disposalsOf(roster, stream, first).length > 0) return false;
  return (
    readersNow(roster, stream, first).some((each) => holdsAny(vault, roster, each)) || isAlone(roster, stream, keys)
  );
}

/** Whether its keys were boxed to this member's device alone: beside entries of it, or of one that goes on from it, that is not handed on. */
const isAlone = (roster: Roster, stream: StreamId, keys: KeysByStream): boolean =>
  keys.aloneIn(stream).some((beside) => {
    const begunFor = firstReaders(roster, beside, keys.readersOf(beside));
    return begunFor !== null && !isClosed(roster, beside, begunFor);
  });

/** What is withdrawn of the log. @param first for whom a stream was begun */
export const withdrawnBy = (roster: MaybeRoster, first: Withdrawn['first']): Withdrawn => ({
  roster: roster ?? { withdrawals: [], generations: [], devices: [], members: [] },
  first,
});

/** Whether nothing takes effect in a stream any more. */
export const isClosed = (roster: Roster, stream: StreamId, first: Scope): boolean =>
  handedOn(roster, stream, first).length > 0;
