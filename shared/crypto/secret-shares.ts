import { combine, split } from 'shamir-secret-sharing';
import { type Notice, notice } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { type Bytes, concat, fromBase64url, randomBytes, toBase64url, utf8 } from './encoding.ts';
import { sha256Now } from './sha256-now.ts';

/*
 * A secret of 32 bytes as shares for some people, of which so many bring it back and fewer say nothing of it (Shamir, over
 * GF(256), by a package that was audited). What that package makes of shares that do not belong together, or are too few, is
 * some other secret. So each share also carries the secret's digest, and which split it is of.
 *
 * A share is text: base64url of these 80 bytes.
 *   0  version, 1          3  id of the split, 8 bytes     43  this share of the secret, 32 bytes; then its number
 *   1  holders             11 digest of the secret, 32     76  check of all before it, 4 bytes
 *   2  threshold
 */

const version = 1;
const secretLength = 32;
const [splitAt, digestAt, partAt, checkAt, shareLength] = [3, 11, 43, 76, 80];

export interface Holding {
  /** How many people get a share. */
  readonly holders: number;
  /** How many of them are needed. */
  readonly threshold: number;
}

const mostHolders = 15;
const isHolding = ({ holders, threshold }: Holding): boolean =>
  [holders, threshold].every(Number.isInteger) && holders <= mostHolders && threshold >= 2 && threshold <= holders;

/** `holding-unfit`: two to fifteen people, of whom two or more are needed. */
export type SplitFault = Notice<'holding-unfit'>;

/**
 * `share-malformed`: it is no share, or was copied wrongly; `number` counts from 1. `shares-mixed`: not all are of one split.
 * `shares-wrong`: what they make is not the secret.
 */
export type ShareFault = Notice<'share-malformed' | 'share-twice' | 'shares-mixed' | 'shares-too-few' | 'shares-wrong'>;

const digestOf = (secret: Uint8Array): Bytes => sha256Now(concat(utf8('probity/secret-share/1/digest\n'), secret));
const checkOf = (share: Uint8Array): Bytes =>
  sha256Now(concat(utf8('probity/secret-share/1/check\n'), share)).slice(0, 4);
const isSame = (one: Uint8Array, other: Uint8Array): boolean => toBase64url(one) === toBase64url(other);

/** @param secret 32 bytes. Each share is for one person, who alone should keep it */
export async function splitSecret(secret: Bytes, holding: Holding): Promise<Result<readonly string[], SplitFault>> {
  if (!isHolding(holding)) return err(notice('holding-unfit', { maximum: mostHolders }));
  if (secret.length !== secretLength) throw new TypeError('The secret is not of 32 bytes.');
  const { holders, threshold } = holding;
  const start = concat(Uint8Array.of(version, holders, threshold), randomBytes(digestAt - splitAt), digestOf(secret));
  const parts = await split(secret, holders, threshold);
  const shares = parts.map((part) => concat(start, part));
  return ok(shares.map((share) => toBase64url(concat(share, checkOf(share)))));
}

/** The secret, or why these shares do not make it; never another one. Never throws. */
export async function combineShares(texts: readonly string[]): Promise<Result<Bytes, ShareFault>> {
  const shares = texts.map(parseShare);
  const malformed = shares.indexOf(null);
  if (malformed >= 0) return err(notice('share-malformed', { number: malformed + 1 }));
  const [first, ...others] = shares as Bytes[];
  if (!first) return err(notice('shares-too-few', { count: 0, minimum: 2 }));
  const startOf = (share: Bytes): Bytes => share.slice(0, partAt);
  if (!others.every((each) => isSame(startOf(each), startOf(first)))) return err(notice('shares-mixed'));
  const parts = [first, ...others].map((each) => each.slice(partAt, checkAt));
  if (new Set(parts.map((each) => each.at(-1))).size < parts.length) return err(notice('share-twice'));
  const minimum = first[2] ?? mostHolders;
  if (parts.length < minimum) return err(notice('shares-too-few', { count: parts.length, minimum }));
  const secret = new Uint8Array(await combine(parts));
  return isSame(digestOf(secret), first.slice(digestAt, partAt)) ? ok(secret) : err(notice('shares-wrong'));
}

/** Null when it is none, or not as it was made. */
function parseShare(text: string): Bytes | null {
  const bytes = decode(text.replaceAll(/\s/g, ''));
  if (bytes?.length !== shareLength || bytes[0] !== version) return null;
  const [, holders = 0, threshold = 0] = bytes;
  // The number nought would be the place of the secret itself.
  const isShare = isHolding({ holders, threshold }) && bytes[checkAt - 1] !== 0;
  return isShare && isSame(checkOf(bytes.slice(0, checkAt)), bytes.slice(checkAt)) ? bytes : null;
}

function decode(text: string): Bytes | null {
  try {
    return fromBase64url(text);
  } catch {
    return null;
  }
}
