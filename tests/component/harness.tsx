import Box from '@mui/material/Box';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { screen } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { type ReactNode, useMemo } from 'react';
import { vi } from 'vitest';
import { page } from 'vitest/browser';
import { App } from '#renderer/app/app.tsx';
import { OpenWorkbench } from '#renderer/app/open-workbench.tsx';
import { createWorkbench, type Workbench } from '#renderer/app/workbench.ts';
import { StatusBar } from '#renderer/features/status/status-bar.tsx';
import { clearStores } from '#renderer/state/connect.ts';
import { useTheme } from '#renderer/state/preferences-store.ts';
import { openCase } from '#renderer/state/screen-store.ts';
import { makeTheme } from '#renderer/ui/theme.ts';
import type { Vault } from '#renderer/vault/calls/call-list.ts';
import { inventUnit, type MemoryUnit, passphraseOf, type RunningStation, slotOf } from '#tests/support/memory-unit.ts';
import { cleanup, render } from './render.tsx';

/** The screens over the real vault, in a real browser. */

const usual = { width: 1280, height: 700 } as const;
let resized = false;

/** The window is given another size for the rest of the test. */
export async function resizeTo(width: number, height: number): Promise<void> {
  resized = true;
  await page.viewport(width, height);
}

const started: RunningStation[] = [];
const units: MemoryUnit[] = [];

/** Nothing of a test is left for the next. */
export async function endTest(): Promise<void> {
  cleanup();
  clearStores();
  useTheme.setState({ theme: 'system' });
  for (const each of [...started.splice(0), ...units.splice(0)]) each.stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  if (resized) await page.viewport(usual.width, usual.height);
  resized = false;
}

export interface Opened {
  readonly unit: MemoryUnit;
  readonly workbench: Workbench;
  readonly user: ReturnType<typeof userEvent.setup>;
  /** The vaults started so far in this window: one more after every lock. */
  readonly stations: readonly RunningStation[];
  /** The vault that was opened first. */
  readonly station: RunningStation;
  readonly vault: Vault;
}

/** A copy of the invented unit, made by the clock of the test. */
export const demoUnit = (referrals = 60): Promise<MemoryUnit> =>
  inventUnit(referrals, vi.isFakeTimers() ? String(Date.now()) : '');

interface Options {
  readonly unit?: MemoryUnit;
  readonly referrals?: number;
}

async function startIn(unit: MemoryUnit): Promise<Opened> {
  units.push(unit);
  const stations: RunningStation[] = [];
  const workbench = createWorkbench(unit.host, () => {
    const station = unit.start();
    stations.push(station);
    started.push(station);
    return station;
  });
  const [station] = stations;
  if (!station) throw new Error('no vault was started');
  return { unit, workbench, user: userEvent.setup({ delay: null }), stations, station, vault: station.vault };
}

/** In the document as the product's page has it, so that heights are real. */
const show = (content: ReactNode): HTMLElement => render(content, 'root');

/** The whole application, from its start. */
export async function openApp({ referrals, unit }: Options = {}): Promise<Opened> {
  const opened = await startIn(unit ?? (await demoUnit(referrals)));
  show(<App workbench={opened.workbench} probity={opened.unit.host} />);
  return opened;
}

export const unlockAs = async ({ user }: Opened, name: string): Promise<void> => {
  await user.click(await screen.findByRole('radio', { name: new RegExp(name) }));
  await user.click(screen.getByRole('button', { name: 'Use the demo passphrase' }));
  await user.click(screen.getByRole('button', { name: 'Unlock' }));
};

/** The theme and the status bar, as `App` has them. */
function Frame({ children }: { readonly children: ReactNode }) {
  const mode = useTheme(({ theme }) => (theme === 'dark' ? 'dark' : 'light'));
  const theme = useMemo(() => makeTheme(mode), [mode]);
  return (
    <ThemeProvider theme={theme}>
      <CssBaseline enableColorScheme />
      <Box sx={{ height: '100%', display: 'flex', flexDirection: 'column' }}>
        <Box sx={{ flex: 1, minHeight: 0, display: 'flex', overflow: 'hidden' }}>{children}</Box>
        <StatusBar invented />
      </Box>
    </ThemeProvider>
  );
}

/** Unlocked by a member, without the unlock screen. */
async function openAs(name: string, { referrals, unit }: Options): Promise<Opened> {
  const opened = await startIn(unit ?? (await demoUnit(referrals)));
  const slot = await slotOf(opened.vault, name);
  const result = await opened.workbench.unlock(slot.id, passphraseOf(name));
  if (!result.ok) throw new Error(result.error.why);
  return opened;
}

/** The open workbench, at the queue or at one case: nothing else is rendered before it. */
export async function openDesk(name: string, options: Options = {}, reference?: string): Promise<Opened> {
  const opened = await openAs(name, options);
  if (reference) void openCase(opened.unit.idOf(reference));
  show(
    <Frame>
      <OpenWorkbench workbench={opened.workbench} />
    </Frame>,
  );
  return opened;
}

export async function openQueue(name = 'Asha Venn', options: Options = {}): Promise<Opened> {
  const opened = await openDesk(name, options);
  await screen.findByRole('grid', { name: 'Queue' });
  return opened;
}

export async function openCaseOf(reference: string, name = 'Asha Venn', options: Options = {}): Promise<Opened> {
  const opened = await openDesk(name, options, reference);
  await screen.findByRole('heading', { name: reference, level: 1 });
  return opened;
}
