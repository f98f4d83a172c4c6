import type { Notice } from '#shared/kernel/refusal.ts';
import { type Catalogue, wordsOf } from './catalogue.ts';

/** What would make a passphrase stronger. The codes are those of zxcvbn, besides the first. */
const catalogue: Catalogue<string> = {
  'passphrase-too-short': ({ minimum }) => `Use at least ${minimum} characters: four or more unrelated words are good.`,
  'passphrase-straightRow': 'Straight rows of keys on a keyboard are easy to guess.',
  'passphrase-keyPattern': 'Short keyboard patterns are easy to guess.',
  'passphrase-simpleRepeat': 'Repeated characters like "aaa" are easy to guess.',
  'passphrase-extendedRepeat': 'Repeated patterns like "abcabcabc" are easy to guess.',
  'passphrase-sequences': 'Sequences like "abc" are easy to guess.',
  'passphrase-recentYears': 'Recent years are easy to guess.',
  'passphrase-dates': 'Dates are easy to guess.',
  'passphrase-topTen': 'This is among the most used of all passwords.',
  'passphrase-topHundred': 'This is a much used password.',
  'passphrase-common': 'This is a commonly used password.',
  'passphrase-similarToCommon': 'This is like a commonly used password.',
  'passphrase-wordByItself': 'Single words are easy to guess.',
  'passphrase-namesByThemselves': 'Single names or surnames are easy to guess.',
  'passphrase-commonNames': 'Common names and surnames are easy to guess.',
  'passphrase-userInputs': 'Leave out names and the name of this program.',
  'passphrase-pwned': 'This passphrase is known from a breach.',
  'passphrase-l33t': 'Putting "@" for "a" and the like helps little.',
  'passphrase-reverseWords': 'Words spelt backwards help little.',
  'passphrase-allUppercase': 'Capitals throughout help little.',
  'passphrase-capitalization': 'A capital at the beginning helps little.',
  'passphrase-associatedYears': 'Leave out years that have to do with you.',
  'passphrase-repeated': 'Leave out repeated words and characters.',
  'passphrase-longerKeyboardPattern': 'Leave out keyboard patterns.',
  'passphrase-anotherWord': 'Add words that are less common.',
  'passphrase-useWords': 'Use several words, and no common phrase.',
  'passphrase-noNeed': 'It needs no symbols, digits or capitals.',
};

export const sayAdvice = (advice: readonly Notice[]): string | null =>
  advice
    .map(({ code, params }) => wordsOf(catalogue[code] ?? '', params))
    .filter((words) => words !== '')
    .join(' ') || null;
