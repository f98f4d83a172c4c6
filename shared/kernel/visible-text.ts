/*
 * What of a text a person can see. One list of what is shown as it is, for everything that is shown, compared or counted: all else,
 * of whatever kind, is written out as its code. It stands on the properties of Unicode alone, so no character can be forgotten.
 */

/** Letters, numbers, punctuation and symbols, combining marks, the plain space, line ends and tabs. */
const shownKinds = String.raw`\p{L}\p{M}\p{N}\p{P}\p{S} \n\t`;
/** Of those kinds, and yet nothing to be seen: what Unicode calls ignorable, and a few that are drawn as blanks. */
const blanks = String.raw`\p{DI}\u2800\u{1d159}\u{13441}\u{13442}\u{16fe4}`;
/** Scripts in which a joiner changes how the letters beside it are written. */
const joining = [
  ...[
    'Arabic',
    'Syriac',
    'Mandaic',
    'Mongolian',
    'Nko',
    'Adlam',
    'Hanifi_Rohingya',
    'Devanagari',
    'Bengali',
    'Gurmukhi',
  ],
  ...['Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Khmer', 'Myanmar', 'Tibetan'],
]
  .map((script) => String.raw`\p{Script=${script}}`)
  .join('');
const picture = String.raw`\p{ExtPict}`;
const marks = String.raw`[\p{Mn}\p{Me}]`;
/** Marks on one letter: Hebrew with its points has three, Burmese four. More are piled up to paint over other lines. */
const mostMarks = 4;

/** What cannot be seen by itself and is right where it stands: it belongs to the letter or the picture before it. */
const kept = [
  `(?<=[${joining}])[\\u200c\\u200d](?=[${joining}])`,
  // Keycaps, the choice between a sign and its picture, pictures that are made of several.
  String.raw`(?<=[0-9#*])\ufe0f(?=\u20e3)`,
  String.raw`(?<=${picture})[\ufe0e\ufe0f]`,
  String.raw`(?<=${picture}\ufe0f?|\p{EMod})\u200d(?=${picture})`,
  // The flags of England, Scotland and Wales. Any other letters of this kind are a hidden text.
  String.raw`(?<=\u{1f3f4})\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}`,
].join('|');
const hidden = [
  `[^${shownKinds}]`,
  `[${blanks}]`,
  `(?<=${marks}{${mostMarks}})${marks}`,
  // Without a letter before it a mark would be drawn on whatever stands beside the text.
  String.raw`(?<![\p{L}\p{M}\p{N}\p{P}\p{S}\u200c\u200d])\p{M}`,
].join('|');
/** Spaces of other widths, and ends of lines and paragraphs of other kinds: shown as the plain ones. */
const spaces = String.raw`[\p{Zs}\p{Zl}\p{Zp}\r]`;

const odd = new RegExp(`(${kept})|(?! )(${spaces})|(?:${hidden})`, 'gu');
/** Nearly every text is of these alone, and is looked through once. */
const beyondPlain = /[^ -~\n\t\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u20ac]/;

const isLineEnd = /[\u2028\u2029\r]/;

interface Odd {
  readonly at: number;
  readonly end: number;
  readonly sort: 'kept' | 'space' | 'hidden';
  readonly shown: string;
}

const codeOf = (character: string): string =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

function plainSpace(space: string, next: string | undefined): string {
  // A carriage return before the end of a line is part of it.
  return isLineEnd.test(space) && !(space === '\r' && next === '\n') ? '\n' : ' ';
}

/** What of a text is not shown as it stands, in order. */
function* oddIn(text: string): Iterable<Odd> {
  if (!beyondPlain.test(text)) return;
  for (const { 0: found, 1: keptHere, 2: space, index: at } of text.matchAll(odd)) {
    const end = at + found.length;
    if (keptHere) yield { at, end, sort: 'kept', shown: found };
    else if (space) yield { at, end, sort: 'space', shown: plainSpace(space, text[end]) };
    else yield { at, end, sort: 'hidden', shown: codeOf(found) };
  }
}

/** Puts something in place of what is odd. */
function rewritten(text: string, put: (each: Odd) => string): string {
  let done = '';
  let reached = 0;
  for (const each of oddIn(text)) {
    done += text.slice(reached, each.at) + put(each);
    reached = each.end;
  }
  return reached === 0 ? text : done + text.slice(reached);
}

/** Text of unknown origin as it is shown: what cannot be seen, or could disguise the rest, as its code point. */
export const visibleText = (text: string): string => rewritten(text, ({ shown }) => shown);

/** The same for the eye, as it is compared: without what cannot be seen, every space the plain one. */
export const seenText = (text: string): string => rewritten(text, ({ sort, shown }) => (sort === 'space' ? shown : ''));

/** The same, with the place in the text of each unit of it, and of its end. */
export function seenPlaces(text: string): { readonly seen: string; readonly places: readonly number[] } {
  const places: number[] = [];
  let seen = '';
  let reached = 0;
  const take = (to: number) => {
    seen += text.slice(reached, to);
    for (let at = reached; at < to; at += 1) places.push(at);
  };
  for (const { at, end, sort, shown } of oddIn(text)) {
    take(at);
    if (sort === 'space') {
      seen += shown;
      places.push(at);
    }
    reached = end;
  }
  take(text.length);
  places.push(text.length);
  return { seen, places };
}

/** Whether it has something that would be shown as a code. */
export function hasHidden(text: string): boolean {
  for (const { sort } of oddIn(text)) if (sort === 'hidden') return true;
  return false;
}

/** Characters that a person sees: marks count with their letter, a stretch of spaces as one. Ends do not count. */
export function seenLength(text: string): number {
  const seen = seenText(text)
    .replace(/\p{M}+/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  let length = 0;
  for (const _ of seen) length += 1;
  return length;
}

/** Whether a person sees so many characters at least. Of a long text no more is read than it takes. */
export function isSeen(text: string, least: number): boolean {
  const begin = text.slice(0, 8 * least + 200);
  return seenLength(begin) >= least || (begin.length < text.length && seenLength(text) >= least);
}

/** How far into a text one has come who is so far into what `visibleText` shows of it: a character that is begun is passed. */
export function placeInText(text: string, shown: number): number {
  let ahead = 0;
  for (const { at, end, shown: code } of oddIn(text)) {
    if (shown <= at + ahead) break;
    if (shown < at + ahead + code.length) return end;
    ahead += code.length - (end - at);
  }
  return Math.min(shown - ahead, text.length);
}

/** The other way round. */
export function placeInShown(text: string, place: number): number {
  let ahead = 0;
  for (const { at, end, shown } of oddIn(text)) {
    if (place <= at) break;
    if (place < end) return at + ahead + shown.length;
    ahead += shown.length - (end - at);
  }
  return place + ahead;
}
