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
    full: false,
    async call(name, request) {
      if (journal.full && name !== 'journal.read') return refused('disk', { error: 'ENOSPC' });
      if (name !== 'journal.read') journal.begun = true;
      if (name === 'journal.append') {
        const { first, records } = request as RequestOf<'journal.append'>;
        if (first !== journal.end.end + 1) return refused('journal-moved');
        const numbers = records.map((_, index) => first + index);
        const chain = await chainOf(journal.end.chain, numbers, records);
        journal.records.push(...records.map((bytes, index) => ({ number: first + index, bytes })));
        journal.end = { end: first + records.length - 1, lastGroup: first, chain };
        return { ok: true, reply: journal.end };
      }
      if (name === 'journal.settle') {
        const { keep, end: atLeast } = request as RequestOf<'journal.settle'>;
        const end = Math.max(journal.end.end, atLeast);
        const kept = journal.records.filter(({ number }) => keep.includes(number));
        if (kept.length < keep.length) return refused('journal-moved');
        const numbers = kept.map(({ number }) => number);
        const chain = await chainOf(
          'settled',
          [end, ...numbers],
          kept.map(({ bytes }) => bytes),
        );
        journal.records = kept;
        journal.end = { end, lastGroup: numbers[0] ?? end, chain };
        journal.damaged = false;
        return { ok: true, reply: journal.end };
      }
      const { after } = request as RequestOf<'journal.read'>;
      const records = journal.records.filter(({ number }) => number > after);
      return {
        ok: true,
        reply: { ...journal.end, records, more: false, damaged: journal.damaged, begun: journal.begun },
      };
    },
  };
  return journal;
}
