import { utf8 } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { Digest } from '#shared/kernel/ids.ts';

/**
 * What a copied text is recognised by. Both sides of the bridge make it: systems write line ends, and browsers
 * no-break spaces, in their own way.
 */
export const digestOfCopied = (text: string): Promise<Digest> =>
  digestOf(utf8(text.replace(/\r\n?/g, '\n').replace(/\u00a0/g, ' ')));
