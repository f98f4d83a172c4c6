import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, vi } from 'vitest';
import { App } from '#renderer/app/app.tsx';
import { createWorkbench, type Workbench } from '#renderer/app/workbench.ts';
import { clearStores } from '#renderer/state/connect.ts';
import { useTheme } from '#renderer/state/theme-store.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import { createMemoryHost, demoMembers, type MemoryHost } from '#tests/support/memory-host.ts';
import { MemoryUnit, MemoryVault } from '#tests/support/memory-vault.ts';

/** The whole workbench over the memory vault, in a window that jsdom gives a size, a scroll position and media. */
const window1280 = { width: 1280, height: 700 };
let dark = false;
let wide = false;

export function setMedia(media: { readonly dark?: boolean; readonly wide?: boolean }): void {
  dark = media.dark ?? false;
  wide = media.wide ?? false;
}

function matches(query: string): boolean {
  if (query.includes('prefers-color-scheme: dark')) return dark;
  return query.includes('min-width:1600px') || query.includes('min-width: 1600px') ? wide : false;
}

beforeEach(() => {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: matches(query),
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  // What user-event asks for to walk through radio buttons, and jsdom does not have.
  vi.stubGlobal('CSS', { escape: (text: string) => text.replace(/[^\w-]/g, '\\$&') });
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(window1280.width);
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(window1280.height);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(window1280.height);
  vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockReturnValue(50_000_000);
  HTMLElement.prototype.scrollTo = function scrollTo(this: HTMLElement, options?: ScrollToOptions | number) {
    this.scrollTop = typeof options === 'object' ? (options.top ?? 0) : 0;
    this.dispatchEvent(new Event('scroll'));
  } as typeof HTMLElement.prototype.scrollTo;
});

afterEach(() => {
  cleanup();
  clearStores();
  useTheme.setState({ theme: 'system' });
  setMedia({});
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

interface Options {
  readonly unit?: MemoryUnit;
  readonly host?: MemoryHost;
  readonly referrals?: number;
}

export interface Opened {
  readonly unit: MemoryUnit;
  readonly host: MemoryHost;
  readonly workbench: Workbench;
  readonly user: ReturnType<typeof userEvent.setup>;
  /** Vaults started so far: one more after every lock. */
  readonly vaults: MemoryVault[];
}

export function demoUnit(referrals = 60): MemoryUnit {
  const unit = new MemoryUnit();
  for (const member of demoMembers) unit.admit(member);
  unit.receive(referrals);
  return unit;
}

export function openApp({
  referrals,
  unit = demoUnit(referrals),
  host = createMemoryHost({ enrolled: true }),
}: Options = {}): Opened {
  const vaults: MemoryVault[] = [];
  const workbench = createWorkbench(host, () => {
    const vault = new MemoryVault(unit);
    vaults.push(vault);
    return { vault, stop: () => vault.stop() };
  });
  render(<App workbench={workbench} probity={host} />);
  return { unit, host, workbench, user: userEvent.setup({ delay: null }), vaults };
}

export const unlockAs = async ({ user }: Opened, name: string): Promise<void> => {
  await user.click(await screen.findByRole('radio', { name: new RegExp(name) }));
  await user.click(screen.getByRole('button', { name: 'Use the demo passphrase' }));
  await user.click(screen.getByRole('button', { name: 'Unlock' }));
};

/** Unlocked, and the queue on screen. */
export async function openQueue(name = 'Asha Venn', options: Options = {}): Promise<Opened> {
  const opened = openApp(options);
  await unlockAs(opened, name);
  await screen.findByRole('grid', { name: 'Queue' });
  return opened;
}

/** The reference of the first case, in order of receipt, that is as asked. */
export function referenceWhere(unit: MemoryUnit, wanted: (state: CaseState) => boolean): string {
  for (const state of unit.states.values()) if (wanted(state)) return state.referral.reference;
  throw new Error('no such case was invented');
}

/** Unlocked, and one case on screen: found by its reference, opened by keyboard. */
export async function openCaseOf(reference: string, name = 'Asha Venn', options: Options = {}): Promise<Opened> {
  const opened = await openQueue(name, options);
  const { user } = opened;
  await user.keyboard('/');
  await user.keyboard(reference);
  await waitFor(() => screen.getByText(/^1 of/));
  await user.keyboard('{Enter}');
  await user.keyboard('{Enter}');
  await screen.findByRole('heading', { name: reference, level: 1 });
  return opened;
}
