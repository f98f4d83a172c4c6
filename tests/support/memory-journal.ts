import type { CallName, CallResult, ReplyOf, RequestOf } from '#shared/bridge/contract.ts';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { toBase64url } from '#shared/crypto/encoding.ts';
import { sha256 } from '#shared/crypto/hash.ts';
import type { Digest } from '#shared/kernel/ids.ts';

type Kept = { readonly number: number; readonly bytes: Bytes };

/** The twin of the host's journal, for tests of what stands on it. Held to the same conformance suite. */
export interface MemoryJournal {
  /** Its records, to be damaged or taken away by a test. */
  records: Kept[];
  end: ReplyOf<'journal.append'>;
  damaged: boolean;
  /** There was one here before. */
  begun: boolean;
  /** Who read last from the beginning. */
  writer: number;
  /** What is written from now on finds no room. */
  full: boolean;
  call(name: CallName, request: unknown): Promise<CallResult<CallName>>;
}

const nowhere = { end: 0, lastGroup: 0, chain: toBase64url(new Uint8Array(32)) as Digest };

const refused = (code: string, params = {}): CallResult<never> => ({
  ok: false,
  failure: { code, params, retry: false },
});

export function createMemoryJournal(from?: MemoryJournal): MemoryJournal {
  const chainOf = async (before: string, numbers: readonly number[], records: readonly Bytes[]): Promise<Digest> => {
    const parts = [before, numbers.join(), ...records.map(toBase64url)];
    return toBase64url(await sha256(new TextEncoder().encode(parts.join('\n')))) as Digest;
  };
  const journal: MemoryJournal = {
    records: [...(from?.records ?? [])],
    end: from?.end ?? nowhere,
    damaged: from?.damaged ?? false,
    begun: from?.begun ?? false,
    writer: from?.writer ?? 0,
    full: false,
    async call(name, request) {
      if (name === 'journal.read') return read(request as RequestOf<'journal.read'>);
      if (journal.full) return refused('disk', { error: 'ENOSPC' });
      if ((request as RequestOf<'journal.append'>).writer !== journal.writer) return refused('journal-moved');
      journal.begun = true;
      return name === 'journal.append'
        ? append(request as RequestOf<'journal.append'>)
        : settle(request as RequestOf<'journal.settle'>);
    },
  };

  function read({ after }: RequestOf<'journal.read'>): CallResult<CallName> {
    if (after === 0) journal.writer += 1;
    const { damaged, begun, writer } = journal;
    const records = journal.records.filter(({ number }) => number > after);
    return { ok: true, reply: { ...journal.end, records, more: false, damaged, begun, writer } };
  }

  async function append({ first, records }: RequestOf<'journal.append'>): Promise<CallResult<CallName>> {
    if (first !== journal.end.end + 1) return refused('journal-moved');
    const numbers = records.map((_, index) => first + index);
    const chain = await chainOf(journal.end.chain, numbers, records);
    journal.records.push(...records.map((bytes, index) => ({ number: first + index, bytes })));
    journal.end = { end: first + records.length - 1, lastGroup: first, chain };
    return { ok: true, reply: journal.end };
  }

  async function settle({ keep, end: atLeast }: RequestOf<'journal.settle'>): Promise<CallResult<CallName>> {
    const end = Math.max(journal.end.end, atLeast);
    const kept = journal.records.filter(({ number }) => keep.includes(number));
    if (kept.length < keep.length) return refused('journal-moved');
    const numbers = kept.map(({ number }) => number);
    const bytes = kept.map((each) => each.bytes);
    const chain = await chainOf('settled', [end, ...numbers], bytes);
    journal.records = kept;
    journal.end = { end, lastGroup: numbers[0] ?? end, chain };
    journal.damaged = false;
    return { ok: true, reply: journal.end };
  }
  return journal;
}
