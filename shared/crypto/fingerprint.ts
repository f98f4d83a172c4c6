import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';
import { toSpokenCode } from '#shared/kernel/spoken-code.ts';
import { utf8 } from './encoding.ts';
import { sha256 } from './hash.ts';

/** Of 20 characters, which are 100 bits: nobody makes a second key with the same. */
const length = 20;

const fingerprintOf = async (...parts: readonly string[]): Promise<string> =>
  toSpokenCode((await sha256(utf8(`probity/fingerprint/1\n${parts.join('\n')}`))).subarray(0, length));

/** Of the operator's key, which a unit compares with what the operator reads out. */
export const fingerprintOfOperator = (key: AuthorKey): Promise<string> => fingerprintOf('operator', key);

/** Of who founded which unit, which the operator compares with what the unit reads out. */
export const fingerprintOfFounder = (unit: UnitId, founder: AuthorKey): Promise<string> =>
  fingerprintOf('founder', unit, founder);
