import { type Bytes, fromBase64url } from '#shared/crypto/encoding.ts';
import { decapsulate, sealingKeyOf } from '#shared/crypto/public-box.ts';
import { sealingKeyIdOf } from '#shared/crypto/sealing-key.ts';
import type { AuthorKey, Digest, EntryId, GenerationId, StreamId } from '#shared/kernel/ids.ts';
import { type Generation, openGeneration } from '#shared/log/generation.ts';
import type { GenerationBoxKeys } from '#shared/log/generation-box.ts';
import { openRecoveryKey } from '#shared/log/recovery-key.ts';
import type { GoldenEntry, GoldenKeys } from './golden-file.ts';

/** Opens every box of the history, whoever it is for. */
export async function everyKey({ slots, devices, generations, recovery }: GoldenKeys): Promise<GenerationBoxKeys> {
  const held = new Map<GenerationId, Generation>();
  for (const { secret } of generations) {
    const generation = await openGeneration(fromBase64url(secret));
    held.set(generation.id, generation);
  }
  const own = new Map<AuthorKey, string>();
  for (const { author, sealingPrivateKey } of [...Object.values(slots), ...devices]) own.set(author, sealingPrivateKey);
  const { signing, sealing } = await openRecoveryKey(fromBase64url(recovery.secret));
  return {
    recovery: { author: signing.author, privateKey: sealing.privateKey },
    generation: (id) => held.get(id) ?? null,
    decapsulate(to, encapsulated) {
      const device = 'device' in to ? own.get(to.device) : null;
      const key = device ? fromBase64url(device) : 'generation' in to && held.get(to.generation)?.sealing.privateKey;
      return key ? decapsulate(key, encapsulated) : null;
    },
  };
}

/** A key that the answer to a transfer is sealed to. */
interface ReplyKey {
  readonly stream: StreamId;
  readonly transfer: EntryId;
  readonly seed: Bytes;
}

/** Those that entries of the log hold: what asked, and what a case goes on with. */
export const replyKeys = (entries: readonly Pick<GoldenEntry, 'header' | 'event'>[]): ReplyKey[] =>
  entries.flatMap(({ header: { id, stream }, event: { type, data } }) => {
    const { reply, replies = [] } = data as { reply?: string; replies?: { transfer: EntryId; seed: string }[] };
    const asked = type === 'disposition.recorded' && reply ? [{ transfer: id, seed: reply }] : [];
    const held = type === 'case.continued' ? replies : asked;
    return held.map(({ transfer, seed }) => ({ stream, transfer, seed: fromBase64url(seed) }));
  });

/** What a statement is sealed to: a generation of the unit, or a reply key. */
export interface StatementKeys {
  readonly publicKeyOf: (key: Digest) => string | null;
  readonly decapsulate: (key: Digest, encapsulated: Bytes) => Promise<CryptoKey> | null;
}

export async function statementKeys(keys: GoldenKeys, entries: readonly GoldenEntry[]): Promise<StatementKeys> {
  const held = new Map<Digest, { readonly publicKey: string; readonly privateKey: Bytes }>();
  const generations = await Promise.all(keys.generations.map(({ secret }) => openGeneration(fromBase64url(secret))));
  const replies = await Promise.all(replyKeys(entries).map(({ seed }) => sealingKeyOf(seed)));
  for (const each of [...generations.map(({ sealing }) => sealing), ...replies])
    held.set(sealingKeyIdOf(each.publicKey), each);
  return {
    publicKeyOf: (key) => held.get(key)?.publicKey ?? null,
    decapsulate(key, encapsulated) {
      const found = held.get(key);
      return found ? decapsulate(found.privateKey, encapsulated) : null;
    },
  };
}
