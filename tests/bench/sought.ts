/** What quick search is asked for. */
export const sought = [
  'detective',
  'pc marlow',
  '4471',
  'harbourside',
  'pa 0001',
  'sergeant w',
  'friend who deals',
  'larwod',
  '07700 900',
];

/** Each as it is typed, letter by letter: a beginning that many words have is the dearest. */
export const soughtAsTyped = sought.flatMap((text) => Array.from(text, (_, at) => text.slice(0, at + 1)));
