import { type Bytes, fromUtf8 } from '#shared/crypto/encoding.ts';
import { CannotStrip, type Stripped } from './strip.ts';

const byteOrderMark = [0xef, 0xbb, 0xbf];

/** Text has nothing beside its characters, except for a mark of how some programmes save it. @throws CannotStrip */
export function stripText(bytes: Bytes): Stripped {
  const marked = byteOrderMark.every((byte, index) => bytes[index] === byte);
  const copy = marked ? bytes.slice(byteOrderMark.length) : bytes;
  try {
    // Text of another encoding can pass as UTF-8 that is half noughts.
    if (fromUtf8(copy).includes('\u0000')) throw new TypeError('not text');
  } catch {
    throw new CannotStrip('text-not-plain');
  }
  return { type: 'text/plain', bytes: copy, removed: marked ? ['byteOrderMark'] : [] };
}
