import type { Locator } from '@playwright/test';
import type { WorkbenchPage } from '#tests/e2e/support/workbench-page.ts';

type Take = (name: string) => Promise<void>;

/** Works through the seven steps of the rich referral, and takes a picture of each. */
export async function assessForPictures(workbench: WorkbenchPage, take: Take): Promise<void> {
  const { page } = workbench;
  const part = (name: string): Locator => page.getByRole('region', { name, exact: true });
  const record = async (name: string): Promise<void> => {
    await page.keyboard.press('Control+Enter');
    await page.getByRole('form', { name, exact: true }).waitFor({ state: 'hidden' });
  };
  /** @param words the first and the last: what lies between is selected, as one would with Shift and the arrows */
  const makeItem = async (from: string, to: string, provenance: string): Promise<void> => {
    await page.getByRole('textbox', { name: 'Narrative' }).evaluate(selectBetween, [from, to]);
    await page.keyboard.press('Alt+i');
    await part('New item').getByLabel('Provenance').fill(provenance);
    await record('New item');
  };

  await page.keyboard.press('Alt+1');
  const risk = part('Is anyone at risk now');
  await risk.getByRole('radio', { name: 'Yes', exact: true }).check();
  for (const [index, [level, action, note]] of people.entries()) {
    const person = risk.getByRole('group', { name: `Person ${index + 1}` });
    await person.getByLabel('Risk level').selectOption(level);
    await person.getByLabel('Response (RARA)').selectOption(action);
    await person.getByLabel('What exactly, by whom').fill(note);
  }
  await risk
    .getByLabel('Reasons')
    .fill('She is said to fear this weekend; he knows the flat and has used his uniform.');
  await take('1-at-risk');
  await record('Is anyone at risk now');

  await page.keyboard.press('Alt+2');
  const test = part('Mandatory-referral test');
  await test.getByRole('checkbox', { name: 'Serious corruption', exact: true }).check();
  await test.getByRole('checkbox', { name: /^Abuse of position for a sexual purpose/ }).check();
  await test.getByLabel('Reasons').fill('As alleged, he uses what he learnt on duty to pursue her. Tested as if true.');
  await take('2-mandatory-referral');
  await record('Mandatory-referral test');

  await makeItem('Within a week', 'with a kiss.', 'Seen on her phone by a colleague of hers.');
  await makeItem('On 2 November', 'what he drives.', 'Told to a colleague by her.');
  await page.getByRole('textbox', { name: 'Narrative' }).evaluate(selectBetween, ['She has asked', 'police officer.']);
  await page.keyboard.press('Alt+i');
  await part('New item').getByLabel('Provenance').fill('Told to a colleague by her.');
  await take('3-items');
  await record('New item');

  await page.keyboard.press('Alt+4');
  const grade = part('Grade of item 1');
  await grade.getByRole('radio', { name: 'B Known indirectly but corroborated' }).check();
  await grade.getByLabel('A record that corroborates it').fill('Mobile data record of his own phone, requested.');
  await grade.getByLabel('Other conditions').fill('No overt use before she has been spoken to safely.');
  await take('4-grading');
  await record('Grade of item 1');

  await page.keyboard.press('Alt+5');
  const categories = part('Corruption-intelligence categories');
  await categories.getByRole('checkbox', { name: 'Sexual misconduct' }).check();
  await categories.getByRole('checkbox', { name: 'Disclosure of information' }).check();
  await categories.getByLabel('Primary category').selectOption('Sexual misconduct');
  await take('5-categories');
  await record('Corruption-intelligence categories');

  await page.keyboard.press('Alt+6');
  const harm = part('Threat, harm and risk');
  for (const list of await harm.getByRole('combobox').all())
    await list.selectOption({ index: 4 }).catch(() => list.selectOption({ index: 2 }));
  await harm
    .getByLabel('Reasons')
    .fill('He has position, her address and a hold over her. It may happen again within days.');
  await record('Threat, harm and risk');
  const sanitised = part('Sanitised text of the referral');
  const opener = sanitised.getByRole('button', { name: /^Sanitise: / });
  if (await opener.isVisible()) await opener.click();
  await page.keyboard.press('Alt+m');
  await page.keyboard.press('Enter');
  await sanitised.getByText('What may leave the case.').scrollIntoViewIfNeeded();
  await take('6-sanitising');
  const marks = sanitised.getByRole('status').filter({ hasText: /^\d+ marks?\b/ });
  while (!(await marks.textContent())?.startsWith('0 ')) await page.keyboard.press('Enter');
  await sanitised.getByLabel('Who else could know this?').fill('Her colleagues, and whoever she told.');
  await sanitised.getByLabel(/find out/).fill('Ask who has seen her telephone.');
  await sanitised.getByLabel(/closest friend/).fill('As what she might have told anybody.');
  await record('Sanitised text of the referral');

  await page.keyboard.press('Alt+6');
  const copies = part('Sanitised copies of the attachments');
  for (const button of await copies.getByRole('button', { name: /^Make a sanitised copy/ }).all()) await button.click();
  await copies
    .getByRole('button', { name: /^Open the copy/ })
    .first()
    .waitFor();
  await copies.scrollIntoViewIfNeeded();
  await take('6-sanitised-copies');

  await page.keyboard.press('Alt+7');
  const disposition = part('Disposition');
  await disposition.getByRole('radio', { name: 'Investigate', exact: true }).check();
  await disposition.getByRole('button', { name: 'Add an option considered' }).click();
  await disposition.getByLabel('Option considered').fill('Record for intelligence');
  await disposition.getByLabel('Why not').fill('Someone is at risk this weekend, and the searches leave a trace.');
  await disposition
    .getByLabel('Reasons')
    .fill('Two accounts of the same conduct, one of them earlier; system audit can show the searches.');
  await take('7-disposition');
  await record('Disposition');
  await page.keyboard.press('l');
  await page.getByRole('dialog').waitFor();
  await take('policy-log');
}

const people = [
  ['High', 'Reduce', 'Safe contact today by the safeguarding sergeant, never through his station.'],
  ['Medium', 'Avoid', 'Told of the disclosure by the duty inspector; address marker placed.'],
] as const;

/** In the page. */
function selectBetween(root: HTMLElement | SVGElement, [from, to]: string[]): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent ?? '';
    const start = text.indexOf(from ?? '');
    const end = text.indexOf(to ?? '', Math.max(start, 0));
    if (start >= 0) range.setStart(node, start);
    if (end >= 0 && (start >= 0 || range.startContainer !== document)) {
      range.setEnd(node, end + (to ?? '').length);
      break;
    }
  }
  (root as HTMLElement).focus();
  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}
