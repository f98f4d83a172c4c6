import { randomBytes, utf8 } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { Digest } from '#shared/kernel/ids.ts';

/** Crockford's base32: no I, L, O or U, so that what is read out is typed back. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 16 characters are 80 bits: beyond guessing, so that a plain hash protects a stored one. */
const length = 16;

/** Four groups of four, to be read out or typed. */
export function newCode(): string {
  const characters = Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]);
  return characters.join('').replace(/.{4}(?=.)/g, '$&-');
}

/** @param code as `enrolmentCodeSchema` leaves it: capitals and digits. Letters that look like digits count as those. */
export const hashOfCode = (code: string): Promise<Digest> =>
  digestOf(utf8(`probity/code/1/${code.replaceAll('-', '').replace(/O/g, '0').replace(/[IL]/g, '1')}`));
