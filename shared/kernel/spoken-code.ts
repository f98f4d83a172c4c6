/** Crockford's base32: no I, L, O or U, so that what is read out is typed back. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A code to be read out or typed: five bits of each byte, in groups of four, as K7EQ-9XHB. */
export const toSpokenCode = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => alphabet[byte % alphabet.length])
    .join('')
    .replace(/.{4}(?=.)/g, '$&-');

/** A whole number as so many letters and digits: five bits each. */
export const toBase32 = (value: number, length: number): string =>
  Array.from({ length }, (_, place) => alphabet[Math.floor(value / 32 ** (length - 1 - place)) % 32]).join('');

/** How letters and digits are said on a line that is not clear: the ICAO alphabet, which every police officer knows. */
const said: Readonly<Record<string, string>> = {
  ...{ A: 'Alfa', B: 'Bravo', C: 'Charlie', D: 'Delta', E: 'Echo', F: 'Foxtrot', G: 'Golf', H: 'Hotel', J: 'Juliett' },
  ...{ K: 'Kilo', M: 'Mike', N: 'November', P: 'Papa', Q: 'Quebec', R: 'Romeo', S: 'Sierra', T: 'Tango', V: 'Victor' },
  ...{ W: 'Whiskey', X: 'X-ray', Y: 'Yankee', Z: 'Zulu' },
  ...{ 0: 'Zero', 1: 'One', 2: 'Two', 3: 'Three', 4: 'Four', 5: 'Five', 6: 'Six', 7: 'Seven', 8: 'Eight', 9: 'Nine' },
};

/** The code in words: "Kilo Seven Echo Quebec, Nine X-ray Hotel Bravo". */
export const spellOut = (code: string): string =>
  code
    .split('-')
    .map((group) => Array.from(group, (character) => said[character] ?? character).join(' '))
    .join(', ');
