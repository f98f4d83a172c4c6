import { fireEvent, screen, waitFor, within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { guardTyping } from '#renderer/features/shortcuts/typing-guard.ts';
import { openCaseOf, openQueue } from './harness.tsx';

const focused = () => document.activeElement ?? document.body;
const current = () => screen.getByRole('button', { current: 'step' }).getAttribute('aria-label');

describe('keys that write a character', () => {
  it('are no shortcut: Alt with the keypad, with and without Num Lock', async () => {
    const { user } = await openCaseOf('PA-000060');
    const reasons = await screen.findByLabelText<HTMLTextAreaElement>('Reasons');
    await user.click(reasons);
    const before = document.body.textContent;
    for (let digit = 1; digit <= 9; digit += 1) {
      const keypad = { altKey: true, location: 3, code: `Numpad${digit}` };
      expect(fireEvent.keyDown(reasons, { ...keypad, key: String(digit) })).toBe(true);
      expect(fireEvent.keyDown(reasons, { ...keypad, key: 'ArrowDown' })).toBe(true);
    }
    expect(document.activeElement).toBe(reasons);
    expect(document.body.textContent).toBe(before);
  });

  it('are no Enter of ours while an input method is at work', async () => {
    const { user, station } = await openQueue();
    await user.keyboard('{Control>}k{/Control}PA-000042');
    const palette = within(await screen.findByRole('dialog', { name: 'Find or do' }));
    await palette.findByRole('option', { name: /PA-000042/ });
    fireEvent.keyDown(focused(), { key: 'Enter', isComposing: true });
    fireEvent.keyDown(focused(), { key: 'Enter', keyCode: 229 });
    fireEvent.keyDown(focused(), { key: 'Process', keyCode: 229 });
    fireEvent.keyDown(focused(), { key: 'Escape', isComposing: true });
    expect(screen.getByRole('dialog', { name: 'Find or do' })).toBeTruthy();
    expect(station.asked('case.open')).toEqual([]);
    await user.keyboard('{Enter}');
    await screen.findByRole('heading', { name: 'PA-000042', level: 1 });
  });

  it('are no shortcut with Control either', async () => {
    const { user, station } = await openCaseOf('PA-000060');
    const reasons = await screen.findByLabelText('Reasons');
    await user.click(reasons);
    fireEvent.keyDown(reasons, { key: 'Enter', code: 'Enter', ctrlKey: true, isComposing: true });
    fireEvent.keyDown(reasons, { key: 'l', code: 'KeyL', ctrlKey: true, keyCode: 229 });
    expect(screen.queryByRole('alert')).toBeNull();
    expect(station.stopped).toBe(false);
  });

  it('send no form', () => {
    const end = guardTyping(document);
    const field = document.body.appendChild(document.createElement('input'));
    expect(fireEvent.keyDown(field, { key: 'Enter', isComposing: true })).toBe(false);
    expect(fireEvent.keyDown(field, { key: 'Enter' })).toBe(true);
    expect(fireEvent.keyDown(field, { key: 'a', isComposing: true })).toBe(true);
    field.remove();
    end();
  });
});

describe('shortcuts with Alt', () => {
  it('go by the place of the key: with Option, macOS types another character', async () => {
    const { user } = await openCaseOf('PA-000060');
    await user.click(await screen.findByLabelText('Reasons'));
    expect(fireEvent.keyDown(focused(), { key: '™', code: 'Digit2', altKey: true })).toBe(false);
    await waitFor(() => expect(current()).toContain('Step 2 '));
    expect(fireEvent.keyDown(focused(), { key: '®', code: 'KeyR', altKey: true })).toBe(false);
    await waitFor(() => expect(focused().getAttribute('aria-label')).toBe('Narrative'));
    // A dead key, as macOS says it: it composes nothing while it is a shortcut.
    expect(fireEvent.keyDown(focused(), { key: 'Dead', code: 'KeyI', altKey: true, keyCode: 229 })).toBe(false);
  });

  it('are still those of any other keyboard', async () => {
    const { user } = await openCaseOf('PA-000060');
    await screen.findByLabelText('Reasons');
    await user.keyboard('{Alt>}3{/Alt}');
    await waitFor(() => expect(current()).toContain('Step 3 '));
  });
});
