import { describe, expect, test } from 'vitest';
import { findPhones, findPlates } from '#renderer/vault/cases/match-clues.ts';
import { selectMarks } from '#shared/domain/sanitising/exposure.ts';

/*
 * Who protects a reporter takes more for a number than who compares two reports: a mark too many costs a look, a clue too
 * many a wrong match.
 */
const contactsIn = (text: string) =>
  selectMarks(text, []).flatMap((mark) => (mark.kind === 'contact' ? [mark.text] : []));

describe('a telephone number is marked, and is a clue in its national digits', () => {
  test.each<[written: string, clue: string | null]>([
    ['07700 900123', '7700900123'],
    ['07700-900-123', '7700900123'],
    ['01632 96012', '163296012'],
    ['+44 7700 900123', '7700900123'],
    ['+447700900123', '7700900123'],
    ['+44 (0)7700 900123', '7700900123'],
    ['+44 (0) 7700 900123', null],
    ['+44-7700-900123', null],
    ['07700\n900123', null],
  ])('%j', (written, clue) => {
    const text = `Ring ${written}, please.`;
    expect(contactsIn(text)).toEqual([written]);
    expect(findPhones(text)).toEqual(clue === null ? [] : [clue]);
  });

  test.each(['0770 900', '07700 900123456', 'A07700 900123', '7700 900123'])('neither: %j', (written) => {
    expect(contactsIn(`Ring ${written}, please.`)).toEqual([]);
    expect(findPhones(`Ring ${written}, please.`)).toEqual([]);
  });
});

describe('a registration is marked, and is a clue as a witness may have read it', () => {
  test.each<[written: string, clue: string | null]>([
    ['JL67 OWI', 'JL670W1'],
    ['JL67OWI', 'JL670W1'],
    ['JL67\tOWI', null],
  ])('%j', (written, clue) => {
    const text = `In ${written}, parked.`;
    expect(contactsIn(text)).toEqual([written]);
    expect(findPlates(text)).toEqual(clue === null ? [] : [clue]);
  });

  test.each(['jl67 owi', 'XC60', 'AJL67 OWIX'])('neither: %j', (written) => {
    expect(contactsIn(`In ${written}, parked.`)).toEqual([]);
    expect(findPlates(`In ${written}, parked.`)).toEqual([]);
  });
});
