import type { CDPSession, Locator, Page } from '@playwright/test';
import { sought } from '../sought.ts';
import { type Measures, percentile } from '../stopwatch.ts';
import { noteEvents, notePainted } from './watch-paint.ts';

/*
 * What a person waits for at the screen, in two ways. What must not be felt at all is measured by what it makes the window's
 * main thread do: processor time of all its tasks from the input until the window is quiet again, so that another program
 * which has the processor meanwhile does not count. What comes from the vault is measured by the clock, until it is painted.
 */

/** Milliseconds after which the window is quiet. */
const quiet = 250;

interface Screen {
  readonly page: Page;
  readonly session: CDPSession;
  readonly measures: Measures;
  /** Of each kind of input. */
  readonly samples: number;
}

type Act = () => Promise<unknown>;

/** Processor time of the window's main thread, in milliseconds. */
async function mainThread({ page, session }: Screen, act: Act): Promise<number> {
  const now = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  };
  const before = await now();
  await act();
  await page.waitForTimeout(quiet);
  return (await now()) - before;
}

function summarise({ measures }: Screen, name: string, times: readonly number[]): void {
  measures[name] = percentile(times, 0.5);
  measures[`${name}P95`] = percentile(times, 0.95);
  measures[`${name}Count`] = times.length;
}

/** In the measures as `name`; as `nameEvent` what Event Timing says, which leaves out what took less than 16 ms and rounds to 8. */
async function eachOnThread(screen: Screen, name: string, acts: readonly Act[]): Promise<void> {
  const { page } = screen;
  await page.evaluate(noteEvents);
  const times: number[] = [];
  for (const act of acts) times.push(await mainThread(screen, act));
  summarise(screen, name, times);
  const noted = await page.evaluate(() => window.noted);
  if (noted.length > 0) summarise(screen, `${name}Event`, [...noted, ...acts.slice(noted.length).map(() => 16)]);
}

interface Painted {
  readonly act: Act;
  /** An XPath: what is there once it is done, and was not before. */
  readonly shows: string;
  readonly after?: Act;
}

/** In the measures as `name`; as `nameThread` the processor time of the main thread. */
async function eachPainted(screen: Screen, name: string, acts: readonly Painted[]): Promise<void> {
  const { page } = screen;
  const times: number[] = [];
  const ofThread: number[] = [];
  for (const { act, shows, after } of acts) {
    await page.evaluate(notePainted, shows);
    ofThread.push(await mainThread(screen, act));
    times.push(await page.evaluate(() => window.painted));
    await after?.();
    await page.waitForTimeout(quiet);
  }
  summarise(screen, name, times);
  summarise(screen, `${name}Thread`, ofThread);
}

const times = <T>(count: number, item: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => item(index));

const queue = '//*[@role="grid" and not(.//*[@aria-busy="true"])]';
const openCase = '//h2[.="Narrative"]';
const counted = '//*[@role="menuitemcheckbox"]/*[last()][.!=""]';
const activeRow = (index: number) => `${queue}//*[@id="queue-row-${index}" and @aria-selected="true"]`;

const rowCount = async (page: Page): Promise<number> =>
  Number(await page.getByRole('grid', { name: 'Queue', includeHidden: true }).getAttribute('aria-rowcount'));

async function measureQueue(screen: Screen): Promise<void> {
  const { page, samples } = screen;
  const press = (key: string) => () => page.keyboard.press(key);
  await page.getByRole('grid', { name: 'Queue' }).focus();
  await eachOnThread(
    screen,
    'nothing',
    times(samples / 4, () => async () => undefined),
  );
  await eachOnThread(
    screen,
    'move',
    times(samples, () => press('ArrowDown')),
  );
  await page.mouse.move(700, 500);
  await eachOnThread(
    screen,
    'scroll',
    times(samples, () => () => page.mouse.wheel(0, 900)),
  );
  await page.mouse.move(700, 12);
  await page.keyboard.press('Home');
  await page.waitForTimeout(quiet);
  const last = (await rowCount(page)) - 2;
  const ends = times(samples / 4, () => [
    { act: press('End'), shows: activeRow(last) },
    { act: press('Home'), shows: activeRow(0) },
  ]);
  await eachPainted(screen, 'end', ends.flat());
}

/** A click where something is: to look for it again each time would be work of the window. */
async function clickOn(target: Locator): Promise<Act> {
  const box = await target.boundingBox();
  if (!box) throw new Error(`Not on the screen: ${target}`);
  return () => target.page().mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

async function measureFilters(screen: Screen): Promise<void> {
  const { page, samples } = screen;
  const button = page.getByRole('button', { name: 'Priority: any' });
  const close = async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
  };
  const open = { act: await clickOn(button), shows: counted, after: close };
  await eachPainted(
    screen,
    'counts',
    times(samples / 4, () => open),
  );
  await button.click();
  await page.getByRole('menuitemcheckbox').first().waitFor();
  // It grows until then.
  await page.waitForTimeout(quiet);
  const all = await rowCount(page);
  const choices = await Promise.all((await page.getByRole('menuitemcheckbox').all()).map(clickOn));
  const chosen = times(samples / 4, (index) => {
    const act = choices[index % choices.length] as Act;
    return [
      { act, shows: `${queue}[@aria-rowcount!="${all}"]` },
      { act, shows: `${queue}[@aria-rowcount="${all}"]` },
    ];
  });
  await eachPainted(screen, 'filter', chosen.flat());
  await close();
}

const said =
  'The custody record for the night shows that nobody else had the keys to the store, and who signed them out. ';

async function measureCases(screen: Screen): Promise<void> {
  const { page, samples } = screen;
  await page.getByRole('grid', { name: 'Queue' }).focus();
  await page.keyboard.press('Home');
  const leave = async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('grid', { name: 'Queue' }).waitFor();
    await page.keyboard.press('ArrowDown');
  };
  const open = { act: () => page.keyboard.press('Enter'), shows: openCase };
  await eachPainted(
    screen,
    'open',
    times(samples / 2, () => ({ ...open, after: leave })),
  );
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Narrative' }).waitFor();
  await page.keyboard.press('t');
  await page.keyboard.press('Alt+1');
  const reasons = page.getByLabel('Reasons').first();
  await reasons.click();
  await eachOnThread(
    screen,
    'key',
    times(samples, (index) => () => page.keyboard.type(said[index % said.length] as string)),
  );
  if (!(await reasons.inputValue()).startsWith(said.slice(0, Math.min(samples, said.length)))) {
    throw new Error('What was typed is not in the form.');
  }
  await page.keyboard.press('Escape');
}

/** Letter by letter, each word in place of the one before. */
async function measureSearch(screen: Screen): Promise<void> {
  const { page, samples } = screen;
  await page.getByLabel('Search the queue').click();
  const keys = sought.flatMap((text) => Array.from(text, (letter, at) => ({ letter, isFirst: at === 0 })));
  const type = async ({ letter, isFirst }: (typeof keys)[number]): Promise<void> => {
    if (isFirst) await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(letter);
  };
  await eachOnThread(
    screen,
    'search',
    keys.slice(0, samples).map((key) => () => type(key)),
  );
}

/** The window of a unit's only member, unlocked and with its queue, who has all referrals. */
export async function measureScreen(page: Page, samples: number): Promise<Measures> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const screen: Screen = { page, session, samples, measures: {} };
  await measureQueue(screen);
  await measureFilters(screen);
  await measureCases(screen);
  await measureSearch(screen);
  return screen.measures;
}
