import { describe, expect, test } from 'vitest';
import { selectMarks } from '#shared/domain/sanitising/exposure.ts';
import { selectFileExposures } from '#shared/domain/sanitising/exposure-kinds.ts';
import { countsIn } from '#shared/domain/sanitising/exposure-review.ts';

const marked = (text: string, phrases: readonly string[] = []) =>
  selectMarks(text, { phrases, subjects: [] }).map(({ kind, start, end, text: words }) => {
    expect(text.slice(start, end)).toBe(words);
    return [kind, words];
  });

describe('the reporter-exposure check looks at what a reader sees', () => {
  test.each([
    ['a soft hyphen', 'It was m\u00ady hus\u00adband.', 'm\u00ady hus\u00adband'],
    ['zero-width characters', 'It was my\u200b \u2060husband.', 'my\u200b \u2060husband'],
    ['other spaces', 'It was my\u00a0husband.', 'my\u00a0husband'],
    ['full width', 'It was ｍｙ ｈｕｓｂａｎｄ.', 'ｍｙ ｈｕｓｂａｎｄ'],
    ['styled letters', 'It was 𝗺𝘆 𝗵𝘂𝘀𝗯𝗮𝗻𝗱.', '𝗺𝘆 𝗵𝘂𝘀𝗯𝗮𝗻𝗱'],
    ['tags', 'It was my\u{e0020} husband.', 'my\u{e0020} husband'],
  ])('%s', (_, text, words) => {
    expect(marked(text)).toEqual([['kinship', words]]);
  });

  test('also for the phrases of the unit, whichever way round', () => {
    expect(marked('Seen at River\u00adside.', ['Riverside'])).toEqual([['unitPhrase', 'River\u00adside']]);
    expect(marked('Seen at the Café.', ['the cafe\u0301'])).toEqual([['unitPhrase', 'the Café']]);
    expect(marked('Seen at the cafe\u0301.', ['the Café'])).toEqual([['unitPhrase', 'the cafe\u0301']]);
  });

  test('what was marked counts as still there when only what nobody sees differs', () => {
    expect(countsIn('They saw my hus\u00adband there.')('my husband')).toBe(1);
    expect(countsIn('They saw my husband there.')('m\u200by\u00a0husband')).toBe(1);
  });

  test('a name of a file as well', () => {
    expect(selectFileExposures({ name: '2026\u00ad1128.txt', type: 'text/plain' })).toEqual(['numberInName']);
  });
});
