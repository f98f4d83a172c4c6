import { type Bytes, fromBase64, toBase64 } from '#shared/crypto/encoding.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { type Notice, notice } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { emptyRoot, hashLength, sameBytes } from './tree-hash.ts';

/** What the endpoint signs of a log (c2sp.org/tlog-checkpoint). */
export interface Checkpoint {
  /** Which log: `originOf` its unit. */
  readonly origin: string;
  /** Leaves, which is the position of the last entry. */
  readonly size: number;
  /** 32 bytes. */
  readonly root: Bytes;
}

/** `part`: `lines` (their number or ends), `size` or `root`. */
export type CheckpointFault = Notice<'checkpoint-malformed'>;

export const originOf = (unit: UnitId): string => `probity/${unit}`;

const malformed = (part: 'lines' | 'size' | 'root') => err(notice('checkpoint-malformed', { part }));

/** The text of the note: three lines, each with its newline. */
export const formatCheckpoint = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`;

function parseRoot(line: string): Bytes | null {
  try {
    const root = fromBase64(line);
    return root.length === hashLength ? root : null;
  } catch {
    return null;
  }
}

/** Exactly what `formatCheckpoint` makes: without extension lines, which no replica could check. Never throws. */
export function parseCheckpoint(text: string): Result<Checkpoint, CheckpointFault> {
  const [origin, digits, encoded, end, ...more] = text.split('\n');
  if (!origin || digits === undefined || encoded === undefined || end !== '' || more.length > 0) {
    return malformed('lines');
  }
  const size = Number(digits);
  if (!/^(0|[1-9]\d{0,15})$/.test(digits) || !Number.isSafeInteger(size)) return malformed('size');
  const root = parseRoot(encoded);
  // Of a tree without leaves there is one root only.
  if (!root || (size === 0 && !sameBytes(root, emptyRoot))) return malformed('root');
  return ok({ origin, size, root });
}
