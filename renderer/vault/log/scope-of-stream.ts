import type { Scope } from '#shared/domain/unit/scopes.ts';
import { closingsOf, readersNow } from '#shared/domain/unit/withdrawals.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { keysOfStream } from '../cases/current-case.ts';
import { earlier, type Shared } from '../keys/held-keys.ts';
import type { OpenVault } from '../open-vault.ts';
import type { PendingEntry } from './log-copy.ts';
import { firstReaders, isClosed } from './stream-readers.ts';

/**
 * For whom a stream was begun, as far as this member knows: whoever its first key was boxed for. Null where there is none yet.
 * @param also entries that are about to be written
 */
export async function firstReadersOf(
  vault: OpenVault,
  stream: StreamId,
  also: readonly PendingEntry[] = [],
): Promise<Scope | null> {
  const { roster, view, outbox } = vault.log;
  const waiting = [...outbox, ...also].flatMap(({ opened }) => opened.key ?? []);
  const keys = [...(await keysOfStream(vault, stream)), ...view.lacked, ...waiting];
  const first = keys
    .filter((key) => key.stream === stream)
    .reduce((least, { shared }) => earlier(least, shared), null as Shared | null);
  return roster && firstReaders(roster, stream, first);
}

/**
 * Who reads a stream now: those it was handed to, where it was. Several, where two handed it on at once.
 * @param begins for whom it is where it begins here
 */
export async function readersOfStream(
  vault: OpenVault,
  stream: StreamId,
  also: readonly PendingEntry[] = [],
  begins: Scope = 'unit',
): Promise<readonly [Scope, ...Scope[]]> {
  const { roster } = vault.log;
  const first = await firstReadersOf(vault, stream, also);
  return roster && first ? readersNow(roster, stream, first) : [begins];
}

/** Whether a stream was handed on, by the acts that wait too. */
export async function isClosedHere(vault: OpenVault, stream: StreamId): Promise<boolean> {
  const { roster } = vault.log;
  if (!roster || closingsOf(roster, stream).length === 0) return false;
  const first = await firstReadersOf(vault, stream);
  return first !== null && isClosed(roster, stream, first);
}
