import { beginsAs } from '#shared/kernel/file-beginnings.ts';

/** How an opened file may be shown: decided by its bytes, and never by its name. */
export type Shown =
  | { readonly as: 'image'; readonly type: 'image/png' | 'image/jpeg' }
  | { readonly as: 'text'; readonly text: string }
  | { readonly as: 'nothing'; readonly why: string };

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
  if (type === 'image/png' || type === 'image/jpeg') {
    return beginsAs(type, bytes) ? { as: 'image', type } : { as: 'nothing', why: disagrees };
  }
  if (type === 'text/plain') return showText(bytes);
  return {
    as: 'nothing',
    why: 'A PDF can carry scripts and links, so Probity does not show one here and does not save it to the disk. It is kept sealed.',
  };
}
