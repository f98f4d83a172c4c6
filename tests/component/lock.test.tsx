import { screen, waitFor } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';
import { useCase } from '#renderer/state/case-store.ts';
import { useDrafts } from '#renderer/state/draft-store.ts';
import { useNotice } from '#renderer/state/notice-store.ts';
import { usePreferences } from '#renderer/state/preferences-store.ts';
import { useQueue } from '#renderer/state/queue-store.ts';
import { openCase } from '#renderer/state/screen-store.ts';
import { useSession } from '#renderer/state/session-store.ts';
import { useStatus } from '#renderer/state/status-store.ts';
import { idleLimit } from '#shared/bridge/idle-limit.ts';
import { openApp, unlockAs } from './harness.tsx';
import { act } from './render.tsx';

const stores = { useCase, useDrafts, useNotice, usePreferences, useQueue, useSession };
const readable = () =>
  JSON.stringify(Object.values(stores).map((store) => store.getState())) + document.body.textContent;
const unlockScreen = () => screen.findByRole('heading', { name: 'Unlock Probity' });

async function openUnlocked() {
  const opened = await openApp();
  await unlockAs(opened, 'Asha Venn');
  await screen.findByRole('grid', { name: 'Queue' });
  return opened;
}

describe('lock', () => {
  it('leaves nothing readable in the window, ends the worker, and keeps what was being typed', async () => {
    const opened = await openUnlocked();
    const { user, unit, station } = opened;
    const id = unit.idOf('PA-000060');
    void openCase(id);
    await screen.findByLabelText('Reasons');
    const narrative = unit.referralOf('PA-000060').report.narrative.slice(0, 40);
    expect(readable()).toContain(narrative);
    await user.type(screen.getByLabelText('Reasons'), 'Marker of the draft');
    await user.keyboard('{Control>}l{/Control}');
    await unlockScreen();
    expect(readable()).not.toContain(narrative);
    expect(readable()).not.toContain('Marker of the draft');
    expect(readable()).not.toContain('PA-0000');
    expect(station.stopped).toBe(true);
    await unlockAs(opened, 'Asha Venn');
    await screen.findByRole('grid');
    expect(await opened.stations.at(-1)?.vault.call('draft.load', { id })).toMatchObject({
      risk: { value: { rationale: 'Marker of the draft' } },
    });
  });

  it('waits no longer than half a second for a vault that does not answer', async () => {
    const { user, unit, station } = await openUnlocked();
    void openCase(unit.idOf('PA-000060'));
    await screen.findByLabelText('Reasons');
    station.answer('draft.save', () => new Promise(() => undefined));
    await user.type(screen.getByLabelText('Reasons'), 'Lost with the vault');
    await user.keyboard('{Control>}l{/Control}');
    await vi.waitFor(() => expect(station.stopped).toBe(true), { timeout: 1500, interval: 10 });
    await unlockScreen();
    expect(readable()).not.toContain('Lost with the vault');
  });

  it('follows the host, and says so', async () => {
    const { unit } = await openUnlocked();
    act(() => unit.host.emit({ type: 'lock' }));
    await unlockScreen();
    expect(screen.getByText(/Locked with the system/)).toBeTruthy();
  });

  it('tells the host that nothing is on screen any more, and says what the host knows rather than what it guesses', async () => {
    const { unit } = await openUnlocked();
    const { host } = unit;
    const before = host.calls.filter((name) => name === 'window.locked').length;
    expect(before).toBeGreaterThan(0);
    host.instead = async (name, request, carryOn) => {
      if (name !== 'window.locked') return carryOn(name, request);
      expect(screen.queryByRole('grid')).toBeNull();
      return { ok: true, reply: { notice: 'window-helper-failed' } };
    };
    act(() => host.emit({ type: 'lock' }));
    await unlockScreen();
    expect(screen.getByText(/A part of Probity failed/)).toBeTruthy();
    expect(screen.queryByText(/Locked with the system/)).toBeNull();
    expect(host.calls.filter((name) => name === 'window.locked').length).toBe(before + 1);
  });

  it('comes by itself when nobody is there, and not while somebody is', async () => {
    const { user } = await openUnlocked();
    const now = vi.spyOn(Date, 'now');
    const start = performance.timeOrigin + performance.now();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    // The watch began with real timers: lock and unlock by the clock alone.
    now.mockReturnValue(start + idleLimit - 1000);
    await user.keyboard('j');
    now.mockReturnValue(start + idleLimit + 1000);
    await vi.advanceTimersByTimeAsync(6000);
    expect(screen.getByRole('grid')).toBeTruthy();
    vi.useRealTimers();
    now.mockReturnValue(start + 3 * idleLimit);
    await waitFor(() => screen.getByText(/nobody used it for 10 minutes/), { timeout: 7000 });
  });

  it('comes although the clock was set back', async () => {
    await openUnlocked();
    const [wall, monotonic] = [Date.now(), performance.now()];
    vi.spyOn(Date, 'now').mockReturnValue(wall - 3_600_000);
    vi.spyOn(performance, 'now').mockReturnValue(monotonic + idleLimit);
    await waitFor(() => screen.getByText(/nobody used it for 10 minutes/), { timeout: 7000 });
  });

  it('meets whoever wakes the computer, and what they press does nothing else', async () => {
    const { user, station } = await openUnlocked();
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 8 * 3_600_000);
    await user.keyboard('{Enter}');
    await unlockScreen();
    expect(screen.getByText(/nobody used it for 10 minutes/)).toBeTruthy();
    expect(station.asked('case.open')).toEqual([]);
  });

  it('drops an answer that arrives after it', async () => {
    const { user, station } = await openUnlocked();
    const [tell] = station.listeners;
    await waitFor(() => expect(useStatus.getState().status).not.toBeNull());
    const { status } = useStatus.getState();
    const release = station.hold('case.open');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(station.asked('case.open')).toHaveLength(1));
    await user.keyboard('{Control>}l{/Control}');
    await unlockScreen();
    release();
    await vi.waitFor(() => undefined);
    expect(tell).toBeTruthy();
    if (status) tell?.({ type: 'status', status });
    expect(useCase.getState().view).toBeNull();
    expect(useStatus.getState().status).toBeNull();
  });
});
