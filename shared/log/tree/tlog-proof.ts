import { type Bytes, fromBase64, toBase64 } from '#shared/crypto/encoding.ts';
import { type Notice, notice } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { InclusionProof } from './inclusion.ts';
import { hashLength } from './tree-hash.ts';

/** A proof to hand on, that is verified offline (c2sp.org/tlog-proof). Files of it end in `.tlog-proof`. */
export interface TlogProof {
  /** What the application needs to make the leaf again. Proves nothing by itself. */
  readonly extra: Bytes | null;
  readonly index: number;
  readonly hashes: InclusionProof;
  /** A signed note, as it is; not parsed here. */
  readonly checkpoint: string;
}

/** `part`: `form`, `extra`, `index` or `hash`. */
export type TlogProofFault = Notice<'proof-malformed'>;

const firstLine = 'c2sp.org/tlog-proof@v1';
// With room for the longest note.
const mostCharacters = 512 * 1024;

const malformed = (part: 'form' | 'extra' | 'index' | 'hash') => err(notice('proof-malformed', { part }));

export function formatTlogProof({ extra, index, hashes, checkpoint }: TlogProof): string {
  const extraLine = extra ? [`extra ${toBase64(extra)}`] : [];
  return [firstLine, ...extraLine, `index ${index}`, ...hashes.map(toBase64), '', checkpoint].join('\n');
}

/** Null when a line is not the one base64 of its bytes. */
function decode(line: string): Bytes | null {
  try {
    return fromBase64(line);
  } catch {
    return null;
  }
}

/** Exactly what `formatTlogProof` makes. Says nothing of what it proves. Never throws. */
export function parseTlogProof(input: unknown): Result<TlogProof, TlogProofFault> {
  if (typeof input !== 'string' || input.length > mostCharacters) return malformed('form');
  const blank = input.indexOf('\n\n');
  const [first, ...lines] = input.slice(0, Math.max(blank, 0)).split('\n');
  if (first !== firstLine) return malformed('form');
  const extraLine = lines[0]?.startsWith('extra ') ? lines.shift() : undefined;
  const extra = extraLine === undefined ? null : decode(extraLine.slice('extra '.length));
  if (extraLine !== undefined && !extra) return malformed('extra');
  const [, digits = ''] = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '') ?? [];
  const index = Number(digits);
  if (digits === '' || !Number.isSafeInteger(index)) return malformed('index');
  const hashes: Bytes[] = [];
  for (const line of lines) {
    const hash = decode(line);
    if (hash?.length !== hashLength) return malformed('hash');
    hashes.push(hash);
  }
  return ok({ extra, index, hashes, checkpoint: input.slice(blank + 2) });
}
