import { describe, expect, test } from 'vitest';
import { findPhones, findPlates } from '#renderer/vault/cases/match-clues.ts';
import { selectMarks } from '#shared/domain/sanitising/exposure.ts';

const contacts = ['telephone', 'vehicle', 'address'];
const contactsIn = (text: string) =>
  selectMarks(text, { phrases: [], subjects: [] }).flatMap((mark) => (contacts.includes(mark.kind) ? [mark.text] : []));

describe('a telephone number is marked, and is a clue in its national digits', () => {
  test.each<[written: string, clue: string]>([
    ['07700 900123', '7700900123'],
    ['07700-900-123', '7700900123'],
    ['(07700) 900123', '7700900123'],
    ['07700.900.123', '7700900123'],
    ['07700/900123', '7700900123'],
    ['07700\u00a0900\u2011123', '7700900123'],
    ['07700\u200b900\u00ad123', '7700900123'],
    ['\uff10\uff17\uff17\uff10\uff10 900123', '7700900123'],
    ['07700 (900) 123', '7700900123'],
    ['01632 96012', '163296012'],
    ['+44 7700 900123', '7700900123'],
    ['+447700900123', '7700900123'],
    ['+44 (0)7700 900123', '7700900123'],
    ['+44 (0) 7700 900123', '7700900123'],
    ['(+44) 7700 900123', '7700900123'],
    ['+44-7700-900123', '7700900123'],
    ['0044 7700 900123', '7700900123'],
    ['00447700900123', '7700900123'],
    ['07700\n900123', '7700900123'],
  ])('%j', (written, clue) => {
    const text = `Ring ${written}, please.`;
    expect(contactsIn(text)).toEqual([written]);
    expect(findPhones(text)).toEqual([clue]);
  });

  test.each([
    ...['0770 900', '07700 900123456', 'A07700 900123', '7700 900123'],
    ...['01/02/2026 12.30', '01.02.2026 11:15', '00 00 00 00 00 00'],
  ])('neither: %j', (written) => {
    expect(contactsIn(`Ring ${written}, please.`)).toEqual([]);
    expect(findPhones(`Ring ${written}, please.`)).toEqual([]);
  });
});

describe('a registration is marked, and is a clue as a witness may have read it', () => {
  test.each<[written: string, clue: string]>([
    ['JL67 OWI', 'JL670W1'],
    ['JL67OWI', 'JL670W1'],
    ['jl67 owi', 'JL670W1'],
    ['Jl67-owi', 'JL670W1'],
    ['JL67.OWI', 'JL670W1'],
    ['JL67\u00a0OWI', 'JL670W1'],
    ['JL67\u00adOWI', 'JL670W1'],
    ['JL67\tOWI', 'JL670W1'],
  ])('%j', (written, clue) => {
    const text = `In ${written}, parked.`;
    expect(contactsIn(text)).toEqual([written]);
    expect(findPlates(text)).toEqual([clue]);
  });

  test.each(['XC60', 'an XC60 and', 'AJL67 OWIX'])('neither: %j', (written) => {
    expect(contactsIn(`In ${written}, parked.`)).toEqual([]);
    expect(findPlates(`In ${written}, parked.`)).toEqual([]);
  });
});

describe('a postcode is marked', () => {
  test.each(['BS1 6QF', 'bs1 6qf', 'BS16QF', 'EC1A 1BB', 'bs1\u00a06qf', 'BS1-6QF'])('%j', (written) => {
    expect(contactsIn(`At ${written}, upstairs.`)).toEqual([written]);
  });
  test.each(['on the M6 2nd', 'at the B4 7am', 'A38 10th'])('no other: %j', (written) => {
    expect(contactsIn(`It was ${written}, upstairs.`)).toEqual([]);
  });
});
