import { screen, waitFor, within } from '@testing-library/dom';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { assessmentIn, openTaken, toStep } from './assessment-fixture.ts';
import { demoUnit, openCaseOf } from './harness.tsx';

const newest = 'PA-000060';
const region = () => screen.getByRole('region', { name: 'Sanitised copies of the attachments' });
const row = (name: string | RegExp) => within(region()).getByRole('listitem', { name });
const make = (name: RegExp) => within(row(name)).getByRole('button', { name: /^Make a sanitised copy/ });
const picture = /^photograph of the car park/;

async function openCopies() {
  const opened = await openTaken();
  await toStep(opened, 6);
  return opened;
}

describe('sanitised copies of the attachments', () => {
  it('says of each what it may give away, and that there is no copy yet', async () => {
    await openCopies();
    const rows = within(region()).getAllByRole('listitem');
    expect(rows).toHaveLength(4);
    expect(row(picture).textContent).toContain('A picture may show whose screen it is');
    for (const each of rows) {
      expect(each.textContent).toContain('No copy yet');
      expect(within(each).queryByRole('button', { name: /^Open the copy/ })).toBeNull();
    }
    expect(row('rota [U+202E]fdp.exe').textContent).toContain('its author');
    expect(region().textContent).toMatch(/Faces, screens, handwriting.*may still show who reported/);
    expect(region().textContent).toContain(
      'each page of a PDF becomes a picture of what it shows: its text cannot be selected',
    );
    expect(region().textContent).toContain('What a page or a text file says is not sanitised');
  });

  it('makes one, says who made it and what was removed, and opens it', async () => {
    const opened = await openCopies();
    const { user } = opened;
    await user.click(make(picture));
    await screen.findByText('Sanitised copy made. Saved here.');
    const { textContent } = row(picture);
    expect(textContent).toMatch(
      /Copy made by Asha Venn, .*Removed: File name; All but the pixels; Metadata of pictures/,
    );
    expect(textContent).toContain('attachment-2.png');
    expect((await assessmentIn(opened)).copies).toMatchObject([{ attachment: 1, copy: { name: 'attachment-2.png' } }]);
    await user.click(within(row(picture)).getByRole('button', { name: /^Open the copy/ }));
    const panel = await screen.findByRole('dialog', { name: 'Sanitised copy attachment-2.png' });
    expect(await within(panel).findByRole('img', { name: 'Sanitised copy attachment-2.png' })).toBeTruthy();
    expect(panel.textContent).not.toContain('car park');
    await user.click(within(panel).getByRole('button', { name: 'Close the sanitised copy' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('keeps the earlier copy in the history when it is made again', async () => {
    const { user } = await openCopies();
    await user.click(make(/^note from the office/));
    await user.click(await screen.findByRole('button', { name: /^Make the copy again/ }));
    expect(await screen.findByText('History: 1 superseded')).toBeTruthy();
  });

  it('tells what it is doing, lets work go on, and makes one at a time', async () => {
    const { user, station } = await openCopies();
    const release = station.hold('attachment.sanitise');
    await user.click(make(picture));
    expect((await within(row(picture)).findByText(/^Making a copy/)).closest('[role=status]')).toBeTruthy();
    const other = make(/^note from the office/);
    expect(other.getAttribute('aria-disabled')).toBe('true');
    expect(document.getElementById(other.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'A copy is being made.',
    );
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Threat' }).disabled).toBe(false);
    release();
    await screen.findByText('Sanitised copy made. Saved here.');
    expect(within(region()).queryByText(/^Making a copy/)).toBeNull();
  });

  it('says in words why there is none, in the row that asked', async () => {
    const opened = await openCopies();
    const { user } = opened;
    await user.click(make(/^not really a picture/));
    const alert = await within(row(/^not really a picture/)).findByRole('alert');
    expect(alert.textContent).toBe(
      'The content is not what its type says, so no copy was made of it. The original is kept, sealed and unchanged.',
    );
    expect((await assessmentIn(opened)).copies).toEqual([]);
    await user.click(make(picture));
    await screen.findByText('Sanitised copy made. Saved here.');
    expect(within(region()).queryByRole('alert')).toBeNull();
  });

  it('says why nobody else can make one', async () => {
    const opened = await openCaseOf(newest);
    await toStep(opened, 6);
    const button = make(picture);
    await opened.user.click(button);
    expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'Take the case before you record anything in it.',
    );
    expect(row(picture).textContent).toContain('No copy yet');
  });

  it('has no accessibility fault', async () => {
    const { user } = await openCopies();
    await user.click(make(picture));
    await screen.findByText('Sanitised copy made. Saved here.');
    await user.click(make(/^not really a picture/));
    await screen.findByRole('alert');
    const { violations } = await axe.run(region());
    expect(violations).toEqual([]);
  });

  it('is not there where there is no attachment', async () => {
    const unit = await demoUnit();
    const without = unit.referenceWhere(({ attachments }) => attachments.length === 0);
    await toStep(await openCaseOf(without, 'Asha Venn', { unit }), 6);
    expect(screen.queryByRole('region', { name: 'Sanitised copies of the attachments' })).toBeNull();
  });
});
