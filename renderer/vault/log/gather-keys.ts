import type { StreamId } from '#shared/kernel/ids.ts';
import { keysInRow } from '../cases/keys-in-row.ts';
import { noKeys, type StreamKeys } from '../keys/held-keys.ts';
import { KeysByStream } from '../keys/keys-by-stream.ts';
import type { OpenVault } from '../open-vault.ts';
import { firstSharedStored } from './stream-readers.ts';
import { streamKeysIn } from './view.ts';

export type KnownKeys = (stream: StreamId) => Promise<StreamKeys | null>;

/**
 * The content keys of streams as an earlier fold left them, beyond those in the boxes beside their entries.
 * @param known of one stream; nothing where it has none
 */
export async function gatherKeys(
  vault: OpenVault,
  streams: Iterable<StreamId>,
  known: KnownKeys = (stream) => keysInRow(vault, stream),
): Promise<KeysByStream> {
  const { view } = vault.log;
  const keys = new KeysByStream(view.lacked);
  for (const stream of streams) {
    keys.addAll((await known(stream)) ?? noKeys);
    keys.addAll(streamKeysIn(view, stream));
    // Whether it was given to this member alone depends on the stream that it goes on in.
    for (const beside of keys.aloneIn(stream).filter((each) => each !== stream)) {
      keys.addAll((await known(beside)) ?? noKeys);
      keys.noteReaders(beside, await firstSharedStored(vault, beside));
    }
  }
  return keys;
}
