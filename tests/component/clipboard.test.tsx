import { screen } from '@testing-library/dom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clipboardLimit, watchClipboard } from '#renderer/app/watch-clipboard.ts';
import { dismissNotice, useNotice } from '#renderer/state/notice-store.ts';
import { digestOfCopied } from '#shared/bridge/clipboard-digest.ts';
import type { CallName, Probity } from '#shared/bridge/contract.ts';
import { openApp, unlockAs } from './harness.tsx';
import { act, render } from './render.tsx';

const resultOf = (ok: boolean) =>
  ok ? { ok, reply: {} } : { ok, failure: { code: 'clipboard-unreachable', params: {}, retry: false } };

/** @param reached whether the host reaches the clipboard */
function watched(reached = true) {
  const call = vi.fn(async (_name: CallName, _request: object) => resultOf(reached));
  const probity = { call, subscribe: () => () => undefined } as unknown as Probity;
  const end = watchClipboard(probity);
  const cleared = () => call.mock.calls.filter(([name]) => name === 'clipboard.clear').length;
  return { call, end, cleared };
}

/** As the browser tells of it; what a handler puts into the clipboard itself. */
function copy(target: Element, type: 'copy' | 'cut' = 'copy') {
  const setData = vi.fn();
  const event = Object.assign(new Event(type, { bubbles: true, cancelable: true }), { clipboardData: { setData } });
  act(() => void target.dispatchEvent(event));
  return { setData, event };
}

/** Digests are made by the platform, off the fake clock. */
const settled = () => vi.waitFor(async () => vi.advanceTimersByTimeAsync(0));
async function told(call: ReturnType<typeof watched>['call'], times: number) {
  await vi.waitFor(() => expect(call).toHaveBeenCalledTimes(times));
}

const writeText = vi.fn(async (_text: string) => undefined);
let ends: (() => void)[] = [];
beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(writeText);
});
afterEach(() => {
  for (const end of ends) end();
  ends = [];
  writeText.mockReset();
  dismissNotice();
});

function field(value: string, [from, to]: readonly [number, number], type = 'text'): HTMLInputElement {
  render(<input aria-label="Field" type={type} defaultValue={value} />);
  const input = screen.getByLabelText<HTMLInputElement>('Field');
  input.focus();
  input.setSelectionRange(from, to);
  return input;
}

describe('what is copied from the workbench', () => {
  it.each(['copy', 'cut'] as const)('by %s in a field is cleared after a minute, and not before', async (type) => {
    const { call, end, cleared } = watched();
    ends.push(end);
    const { event } = copy(field('Ask for Sal Penrose', [8, 19]), type);
    await told(call, 1);
    expect(call.mock.lastCall).toEqual(['clipboard.copied', { digest: await digestOfCopied('Sal Penrose') }]);
    expect(event.defaultPrevented).toBe(false);
    await vi.advanceTimersByTimeAsync(clipboardLimit - 1_000);
    expect(cleared()).toBe(0);
    await vi.advanceTimersByTimeAsync(1_000);
    await told(call, 2);
    expect(call.mock.lastCall).toEqual(['clipboard.clear', {}]);
    expect(writeText).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(5 * clipboardLimit);
    expect(cleared()).toBe(1);
  });

  it('from the page is plain text only, and known by exactly that', async () => {
    const { call, end } = watched();
    ends.push(end);
    render(<p>He has her address</p>);
    const text = screen.getByText('He has her address');
    document.getSelection()?.setBaseAndExtent(text.firstChild as Text, 11, text.firstChild as Text, 18);
    const { setData, event } = copy(text);
    expect(setData.mock.calls).toEqual([['text/plain', 'address']]);
    expect(event.defaultPrevented).toBe(true);
    await told(call, 1);
    expect(call.mock.lastCall).toEqual(['clipboard.copied', { digest: await digestOfCopied('address') }]);
  });

  it.each([
    ['the selection begins at a field', 'text'],
    ['a check box has the focus', 'checkbox'],
  ])('from the page is known by that also where %s', async (_, type) => {
    const { call, end } = watched();
    ends.push(end);
    const page = render(
      <p>
        <input aria-label="Field" type={type} defaultValue="Sal Penrose" />
        He has her address
      </p>,
    );
    const input = screen.getByLabelText<HTMLInputElement>('Field');
    if (type === 'checkbox') input.focus();
    document.getSelection()?.selectAllChildren(page);
    const { setData } = copy(input);
    expect(setData.mock.calls).toEqual([['text/plain', 'He has her address']]);
    await told(call, 1);
    expect(call.mock.lastCall).toEqual(['clipboard.copied', { digest: await digestOfCopied('He has her address') }]);
  });

  it('again has its own minute', async () => {
    const { call, end, cleared } = watched();
    ends.push(end);
    const input = field('first second', [0, 5]);
    copy(input);
    await vi.advanceTimersByTimeAsync(clipboardLimit - 5_000);
    input.setSelectionRange(6, 12);
    copy(input);
    await told(call, 2);
    await vi.advanceTimersByTimeAsync(clipboardLimit - 5_000);
    expect(cleared()).toBe(0);
    await vi.advanceTimersByTimeAsync(5_000);
    await vi.waitFor(() => expect(cleared()).toBe(1));
  });

  it('is cleared at once when the watch ends, as it does at locking', async () => {
    const { call, end, cleared } = watched();
    copy(field('Sal Penrose', [0, 3]));
    end();
    await vi.waitFor(() => expect(cleared()).toBe(1));
    // First noted, then cleared: else the host would not know what to look for.
    expect(call.mock.calls.map(([name]) => name)).toEqual(['clipboard.copied', 'clipboard.clear']);
    copy(screen.getByLabelText('Field'));
    await vi.advanceTimersByTimeAsync(2 * clipboardLimit);
    expect(call).toHaveBeenCalledTimes(2);
  });

  it.each<[string, readonly [number, number], string]>([
    ['nothing', [3, 3], 'text'],
    ['a passphrase, which no browser copies', [0, 6], 'password'],
  ])('is not told of when it is %s', async (_, range, type) => {
    const { call, end } = watched();
    copy(field('secret', range, type));
    end();
    await settled();
    expect(call).not.toHaveBeenCalled();
  });

  it('is written over by the window where the host does not reach the clipboard', async () => {
    const { call, end, cleared } = watched(false);
    copy(field('Sal Penrose', [0, 3]));
    await told(call, 1);
    end();
    await vi.waitFor(() => expect(writeText.mock.calls).toEqual([['']]));
    expect(cleared()).toBe(0);
    expect(useNotice.getState().notice).toBeNull();
  });

  it('is said to be there still where the browser does not let the window clear it either', async () => {
    writeText.mockRejectedValueOnce(new DOMException('Document is not focused.', 'NotAllowedError'));
    const { call, end } = watched(false);
    copy(field('Sal Penrose', [0, 3]));
    await told(call, 1);
    end();
    await vi.waitFor(() =>
      expect(useNotice.getState().notice).toMatchObject({
        tone: 'refusal',
        text: expect.stringContaining('may still be in the clipboard'),
      }),
    );
  });
});

it('the workbench watches while it is open, and clears when it locks', async () => {
  vi.useRealTimers();
  const opened = await openApp();
  const {
    unit: { host },
    workbench,
  } = opened;
  await unlockAs(opened, 'Asha Venn');
  await screen.findByRole('grid', { name: 'Queue' });
  document.getSelection()?.selectAllChildren(screen.getByRole('grid', { name: 'Queue' }));
  copy(screen.getByRole('grid', { name: 'Queue' }));
  await vi.waitFor(() => expect(host.calls).toContain('clipboard.copied'));
  await workbench.lock(null);
  await vi.waitFor(() => expect(host.calls).toContain('clipboard.clear'));
  host.calls.length = 0;
  document.getSelection()?.selectAllChildren(document.body);
  copy(document.body);
  expect(host.calls).not.toContain('clipboard.copied');
});
