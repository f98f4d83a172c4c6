import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { idleLimit } from '#renderer/app/idle.ts';
import { useCase } from '#renderer/state/case-store.ts';
import { useDrafts } from '#renderer/state/draft-store.ts';
import { useNotice } from '#renderer/state/notice-store.ts';
import { usePreferences } from '#renderer/state/preferences-store.ts';
import { useQueue } from '#renderer/state/queue-store.ts';
import { useSession } from '#renderer/state/session-store.ts';
import { openCaseOf, openQueue, unlockAs } from './harness.tsx';

const stores = { useCase, useDrafts, useNotice, usePreferences, useQueue, useSession };
const readable = () =>
  JSON.stringify(Object.values(stores).map((store) => store.getState())) + document.body.textContent;
const unlockScreen = () => screen.findByRole('heading', { name: 'Unlock Probity' });

describe('lock', () => {
  it('leaves nothing readable in the window, ends the worker, and keeps what was being typed', async () => {
    const opened = await openCaseOf('PA-000060');
    const { user, unit, vaults } = opened;
    const narrative = unit.states.get(unit.idOf('PA-000060'))?.referral.report.narrative.slice(0, 40) ?? '';
    expect(readable()).toContain(narrative);
    await user.type(screen.getByLabelText('Reasons'), 'Marker of the draft');
    await user.keyboard('{Control>}l{/Control}');
    await unlockScreen();
    expect(readable()).not.toContain(narrative);
    expect(readable()).not.toContain('Marker of the draft');
    expect(readable()).not.toContain('PA-0000');
    await expect(vaults[0]?.openCase(unit.idOf('PA-000060'))).rejects.toThrow('terminated');
    expect([...unit.drafts.values()].map(({ value }) => value)).toMatchObject([{ rationale: 'Marker of the draft' }]);
    await unlockAs(opened, 'Asha Venn');
    await screen.findByRole('grid');
  });

  it('waits no longer than half a second for a vault that does not answer', async () => {
    const { user, vaults } = await openCaseOf('PA-000060');
    const [vault] = vaults;
    if (vault) vault.saveDraft = () => new Promise(() => undefined);
    await user.type(screen.getByLabelText('Reasons'), 'Lost with the vault');
    const before = performance.now();
    await user.keyboard('{Control>}l{/Control}');
    await unlockScreen();
    expect(performance.now() - before).toBeLessThan(1500);
    expect(readable()).not.toContain('Lost with the vault');
  });

  it('follows the host, and says so', async () => {
    const { host } = await openQueue();
    act(() => host.emit({ type: 'lock' }));
    await unlockScreen();
    expect(screen.getByText(/Locked with the system/)).toBeTruthy();
  });

  it('comes by itself when nobody is there, and not while somebody is', async () => {
    const { user } = await openQueue();
    const now = vi.spyOn(Date, 'now');
    const start = performance.timeOrigin + performance.now();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    // The watch began with real timers: lock and unlock by the clock alone.
    now.mockReturnValue(start + idleLimit - 1000);
    await user.keyboard('j');
    now.mockReturnValue(start + idleLimit + 1000);
    await act(() => vi.advanceTimersByTimeAsync(6000));
    expect(screen.getByRole('grid')).toBeTruthy();
    vi.useRealTimers();
    now.mockReturnValue(start + 3 * idleLimit);
    await waitFor(() => screen.getByText(/nobody used it for 10 minutes/), { timeout: 7000 });
  });

  it('drops an answer that arrives after it', async () => {
    const { user, unit, vaults } = await openQueue();
    let answer: (() => void) | null = null;
    const [vault] = vaults;
    if (!vault) throw new Error('no vault');
    const openCase = vault.openCase.bind(vault);
    vault.openCase = async (id) => {
      const opened = await openCase(id);
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return opened;
    };
    await user.keyboard('{Enter}');
    await waitFor(() => expect(answer).not.toBeNull());
    await user.keyboard('{Control>}l{/Control}');
    await unlockScreen();
    await act(async () => answer?.());
    expect(useCase.getState().view).toBeNull();
    expect(unit.listeners.size).toBe(0);
  });
});
