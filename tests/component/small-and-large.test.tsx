import { screen, waitFor } from '@testing-library/dom';
import { afterEach, describe, expect, it } from 'vitest';
import { screens, settled } from './all-screens.ts';
import { openTaken, toStep } from './assessment-fixture.ts';
import { resizeTo } from './harness.tsx';
import { inNode } from './in-node.ts';
import { layoutFaults, unseenWithoutColours } from './layout-faults.ts';

/* Every screen on a small window, enlarged to 200 %, and where the system sets the colours. */

afterEach(() => inNode.forceColours(false));

/** CSS pixels: a small window, and what is left of 1280 by 720 at 200 %. */
const sizes = [
  [640, 900],
  [640, 360],
] as const;

const toTop = () => {
  for (const each of document.querySelectorAll('*')) each.scrollTop = 0;
};

describe('in one column, nothing beyond the edge, nothing overlapping; and seen without colours of its own', () => {
  it.each(Object.keys(screens))('%s', async (name) => {
    await screens[name]?.();
    await inNode.forceColours(true);
    await settled();
    expect(unseenWithoutColours()).toEqual([]);
    await inNode.forceColours(false);
    for (const [width, height] of sizes) {
      await resizeTo(width, height);
      await settled();
      toTop();
      // An open menu follows its button a sixth of a second after the window has its size.
      await waitFor(() => expect(layoutFaults(), `${width} by ${height}`).toEqual([]));
    }
  });
});

describe('a window that is made smaller or enlarged', () => {
  it('keeps the field that somebody types in, wherever its column goes', async () => {
    await resizeTo(1700, 900);
    const opened = await openTaken();
    await toStep(opened, 1);
    const field = screen.getByLabelText<HTMLTextAreaElement>('Reasons');
    await opened.user.click(field);
    for (const width of [1280, 640, 1280, 1700]) {
      await opened.user.keyboard('x');
      await resizeTo(width, 900);
      await settled();
      expect(document.activeElement, `${width}`).toBe(field);
      expect(field.checkVisibility()).toBe(true);
    }
    expect(field.value).toBe('xxxx');
  });

  it('keeps what somebody reads in sight, and what is open', async () => {
    await resizeTo(1700, 900);
    const { user } = await openTaken();
    const referral = screen.getByRole('region', { name: 'Referral' });
    referral.focus();
    await resizeTo(640, 900);
    await waitFor(() => screen.getByRole('tab', { name: 'Referral', selected: true }));
    expect(document.activeElement).toBe(referral);
    screen.getByRole('heading', { level: 1 }).focus();
    await user.keyboard('l');
    const log = await screen.findByRole('dialog', { name: /^Policy log/ });
    for (const width of [1280, 1700]) {
      await resizeTo(width, 900);
      await settled();
      expect(log.isConnected).toBe(true);
    }
  });

  it('goes to the narrative by its key also where that is in a tab', async () => {
    await resizeTo(640, 900);
    const { user } = await openTaken();
    screen.getByRole('tab', { name: 'Assessment', selected: true });
    await user.keyboard('{Alt>}r{/Alt}');
    await waitFor(() => screen.getByRole('tab', { name: 'Referral', selected: true }));
    expect(document.activeElement?.closest('[data-column]')?.getAttribute('data-column')).toBe('referral');
  });
});
