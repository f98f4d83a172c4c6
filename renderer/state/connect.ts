import type { Vault } from '#renderer/vault/calls/call-list.ts';
import type { Session, VaultEvent } from '#renderer/vault/vault-api.ts';
import { resetCopies } from './attachment-store.ts';
import { emptyCase, rereadAwaiting, rereadCase } from './case-store.ts';
import { resetCounts } from './counts-store.ts';
import { flushDrafts, resetDrafts } from './draft-store.ts';
import { resetLog } from './log-store.ts';
import { useMembers } from './members-store.ts';
import { dismissNotice } from './notice-store.ts';
import { loadPreferences, usePreferences } from './preferences-store.ts';
import { refreshQueue, refreshQueueSoon, resetQueue } from './queue-store.ts';
import { allRecorded, resetRecording, useRecording } from './recording-store.ts';
import { useScreen } from './screen-store.ts';
import { useSession } from './session-store.ts';
import { useStatus } from './status-store.ts';
import { resetSteps, selectInNarrative } from './step-store.ts';
import { loadUnit, useUnit } from './unit-store.ts';
import { loadUnits, useUnits } from './units-store.ts';
import { attachVault, detachVault, stillOpen } from './vault-port.ts';

/** How long a lock waits for what was being typed, and for what was given to be recorded (ms). The screens are gone by then. */
const longestFlush = 500;
const longestRecording = 10_000;

function hear(event: VaultEvent): void {
  switch (event.type) {
    case 'status':
      useStatus.setState({ status: event.status });
      break;
    case 'unitChanged':
      void loadUnit().catch(() => undefined);
      break;
    case 'queueChanged':
      refreshQueueSoon();
      void rereadAwaiting();
      break;
    case 'caseChanged':
      void rereadCase(event.case);
      break;
    // Locks the workbench, which holds the vault.
    case 'storeLost':
      break;
  }
}

/** From unlock on, the stores follow this vault. */
export async function connectVault(vault: Vault, session: Session): Promise<void> {
  attachVault(vault);
  useSession.setState({ session });
  // Under which law the force is, each case is going to ask: nobody waits for the directory.
  void loadUnits();
  await Promise.all([
    vault.subscribe((event) => {
      if (stillOpen(vault)) hear(event);
    }),
    loadPreferences(),
    loadUnit(),
    refreshQueue(),
  ]);
}

async function waitAtMost(milliseconds: number, task: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([task, enough]);
  clearTimeout(timer);
}

/** Records what was given and saves what was being typed, but waits no longer than a lock may. @returns whether all was recorded */
export async function flushBeforeLock(): Promise<boolean> {
  await waitAtMost(longestRecording, allRecorded());
  await waitAtMost(longestFlush, flushDrafts());
  return useRecording.getState().underWay.length === 0;
}

/** Nothing readable remains in the window, and no late answer comes back into it. */
export function clearStores(): void {
  detachVault();
  resetRecording();
  resetDrafts();
  resetQueue();
  emptyCase();
  resetCopies();
  resetLog();
  resetCounts();
  resetSteps();
  selectInNarrative(null);
  dismissNotice();
  useSession.setState(useSession.getInitialState(), true);
  useStatus.setState(useStatus.getInitialState(), true);
  usePreferences.setState(usePreferences.getInitialState(), true);
  useScreen.setState(useScreen.getInitialState(), true);
  useMembers.setState(useMembers.getInitialState(), true);
  useUnit.setState(useUnit.getInitialState(), true);
  useUnits.setState(useUnits.getInitialState(), true);
}
