/** How an opened file may be shown: decided by its bytes, and never by its name. */
export type Shown =
  | { readonly as: 'image'; readonly type: 'image/png' | 'image/jpeg' }
  | { readonly as: 'text'; readonly text: string }
  | { readonly as: 'nothing'; readonly why: string };

const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const jpeg = [0xff, 0xd8, 0xff];
const begins = (bytes: Uint8Array, magic: readonly number[]) => magic.every((byte, index) => bytes[index] === byte);

/** Characters of a text that are shown: a page of a megabyte helps nobody and stops the window. */
const longestText = 200_000;

const disagrees = 'The content is not what its type says, so it is not shown. It is kept sealed.';

function showText(bytes: Uint8Array<ArrayBuffer>): Shown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (text.includes('\u0000')) return { as: 'nothing', why: disagrees };
    const rest = text.length > longestText ? `\n\n[${text.length - longestText} more characters are not shown]` : '';
    return { as: 'text', text: text.slice(0, longestText) + rest };
  } catch {
    return { as: 'nothing', why: disagrees };
  }
}

export function planShowing(type: string, bytes: Uint8Array<ArrayBuffer>): Shown {
  if (type === 'image/png') return begins(bytes, png) ? { as: 'image', type } : { as: 'nothing', why: disagrees };
  if (type === 'image/jpeg') return begins(bytes, jpeg) ? { as: 'image', type } : { as: 'nothing', why: disagrees };
  if (type === 'text/plain') return showText(bytes);
  return {
    as: 'nothing',
    why: 'A PDF can carry scripts and links, so Probity does not show one here and does not save it to the disk. It is kept sealed.',
  };
}
