import type { StreamId } from '#shared/kernel/ids.ts';
import { boxesOf, type StreamKeys } from '../keys/held-keys.ts';
import { KeysByStream } from '../keys/keys-by-stream.ts';
import type { OpenVault } from '../open-vault.ts';
import type { FoldedRoster } from './fold-roster.ts';
import { readEntries } from './read-entries.ts';
import { walkLog } from './verify-log.ts';

/**
 * The content keys of a stream whose boxes stand in other streams, from the whole log: for a case whose row, which had
 * them, is damaged. Without them its entries under those keys would be left out, and the case written back without them.
 */
export async function keysInLog(vault: OpenVault, stream: StreamId, roster: FoldedRoster): Promise<StreamKeys> {
  const keys = new KeysByStream();
  for await (const { entries } of walkLog(vault)) {
    const elsewhere = entries.filter(
      ({ entry }) => entry.header.stream !== stream && boxesOf(entry).some((box) => box.stream === stream),
    );
    await readEntries(vault, elsewhere, keys, roster);
  }
  return keys.of(stream);
}
