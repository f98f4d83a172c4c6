import { screen, waitFor } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { settled } from './all-screens.ts';
import { openTaken, toStep } from './assessment-fixture.ts';
import { resizeTo } from './harness.tsx';

/* A window that changes its size under whoever works in it. */

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
