import { expect, test } from '@playwright/test';
import { isLong, seed } from '#tests/support/effort.ts';
import { randomOf } from '#tests/support/endpoint-random.ts';
import { intakeWith, textAttachment } from '#tests/support/intake.ts';
import { Workstation } from '../support/launch-workbench.ts';

/* What an outsider may send at most, in the kinds that cost a browser most to lay out. Timed: in `npm run test:long` alone. */

const narrativeLength = 50_000;
const fileLength = 200_000;

const alphabets = {
  'Latin letters': 'abcdefghijklmnopqrstuvwxyz',
  'characters that are shown as codes': '\u200b\u202ea',
  'marks over one letter': 'a\u0301\u0302\u0303\u0304',
  'joined letters': 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
  'joined pictures': '\u{1f469}\u200d\u{1f467}\u{1f600}',
  'line ends': '\n',
  digits: '0123456789',
  addresses: 'a@.',
  blanks: ' ',
  words: 'ABCDEFGHIJ abcdefghij',
};

/** Begins and ends with a letter: a report's blanks at its ends are taken off. */
function endless(alphabet: string, length: number, random: () => number): string {
  const characters = [...alphabet];
  const units: string[] = [];
  for (let size = 2; size < length - 1; size += units.at(-1)?.length ?? 1) {
    units.push(characters[Math.floor(random() * characters.length)] ?? 'a');
  }
  return `a${units.join('')}a`;
}

/** Milliseconds of one task that somebody does not notice. A machine that does something else besides takes some more. */
const unnoticed = 200;
const allowed = 2 * unnoticed;

/** No timed test runs in CI. */
const timed = isLong ? test : () => undefined;

timed('no text that an outsider may send holds up the window', async () => {
  test.setTimeout(0);
  const random = randomOf(seed);
  test.info().annotations.push({ type: 'seed', description: String(seed) });
  const workstation = await Workstation.create();
  try {
    const workbench = await workstation.open();
    await workbench.setUpDemo();
    const references = new Map<string, string>();
    for (const [kind, alphabet] of Object.entries(alphabets)) {
      const narrative = endless(alphabet, narrativeLength, random);
      const file = textAttachment('long.txt', endless(alphabet, fileLength, random));
      references.set(kind, await workstation.report(intakeWith({ narrative }, [file])));
    }
    await workbench.unlock();
    const { page } = workbench;
    await page.evaluate(() => {
      const tasks: number[] = [];
      Object.assign(window, { tasks });
      const note = (list: PerformanceObserverEntryList) =>
        tasks.push(...list.getEntries().map((each) => each.duration));
      new PerformanceObserver(note).observe({ entryTypes: ['longtask'] });
    });
    const longest = async (): Promise<number> => {
      await page.waitForTimeout(500);
      return page.evaluate(() => {
        const { tasks } = window as unknown as { readonly tasks: number[] };
        return Math.round(Math.max(0, ...tasks.splice(0)));
      });
    };
    for (const [kind, reference] of references) {
      const took: Record<string, number> = {};
      await workbench.openCase(reference);
      took.opening = await longest();
      for (const step of [1, 2, 3, 4, 5, 6, 7]) {
        await page.keyboard.press(`Alt+${step}`);
        took[`step ${step}`] = await longest();
      }
      await page.getByRole('button', { name: /^Open long/ }).click();
      await expect(page.getByRole('dialog').getByRole('document')).toBeVisible();
      took.file = await longest();
      await page.keyboard.press('Escape');
      await workbench.backToQueue();
      console.log(`${kind}: ${JSON.stringify(took)}`);
      for (const [what, milliseconds] of Object.entries(took)) {
        expect.soft(milliseconds, `${kind}, ${what}`).toBeLessThan(allowed);
      }
    }
  } finally {
    await workstation.dispose();
  }
});
