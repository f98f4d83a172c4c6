import { useLayoutEffect } from 'react';
import { listenToShortcuts } from '#renderer/features/shortcuts/listener.ts';
import { guardTyping } from '#renderer/features/shortcuts/typing-guard.ts';
import { offerActions } from '#renderer/state/action-store.ts';
import { useCase } from '#renderer/state/case-store.ts';
import { goTo, openCase, showPanel } from '#renderer/state/screen-store.ts';
import { sessionMay } from '#renderer/state/session-store.ts';
import { checkEveryEntry, syncNow, useStatus } from '#renderer/state/status-store.ts';
import { goToStep } from '#renderer/state/step-store.ts';
import { policyNow } from '#renderer/state/unit-store.ts';
import { whoMay } from '#renderer/words/roles.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { keepFocus } from './keep-focus.ts';
import type { Workbench } from './workbench.ts';

const iopcForm = { step: 'mandatory', form: 'mandatory.iopc' } as const;

/** To the form that sends it. */
function openIopcForm(id: StreamId): void {
  if (useCase.getState().id === id) goToStep(iopcForm.step, iopcForm.form);
  else void openCase(id, iopcForm);
}

/** To the referral to the IOPC that is due first, overdue ones before. */
function useIopcAction(): void {
  const isRead = useStatus(({ status }) => Boolean(status?.iopcOwed));
  const first = useStatus(({ status }) => status?.iopcOwed?.[0]?.case ?? null);
  useLayoutEffect(() => {
    const none = isRead ? 'No referral to the IOPC is owed.' : 'The cases are still being read.';
    return offerActions({ goIopc: { run: () => first && openIopcForm(first), blocked: first ? null : none } });
  }, [first, isRead]);
}

/** What the keys do everywhere while the workbench is open. */
export function useGlobalActions(workbench: Workbench): void {
  useIopcAction();
  useLayoutEffect(() => {
    const mayAdmit = sessionMay('admitMember');
    const withdraw = offerActions({
      find: { run: () => showPanel('palette') },
      lock: { run: () => void workbench.lock(null) },
      help: { run: () => showPanel('shortcuts') },
      goQueue: { run: () => void goTo('queue') },
      goFigures: { run: () => void goTo('figures') },
      goMembers: {
        run: () => void goTo('members'),
        blocked: mayAdmit ? null : `Only ${whoMay('admitMember', policyNow())} can admit members.`,
      },
      goPolicy: { run: () => void goTo('policy') },
      goLog: { run: () => void goTo('log') },
      enterByHand: {
        run: () => void goTo('byHand'),
        blocked: sessionMay('assess') ? null : `Only ${whoMay('assess', policyNow())} can open a case.`,
      },
      changePassphrase: { run: () => showPanel('passphrase') },
      syncNow: { run: () => void syncNow() },
      checkLog: { run: () => void goTo('log').then(checkEveryEntry) },
    });
    const endKeeping = keepFocus(document);
    const endListening = listenToShortcuts(document);
    const endGuarding = guardTyping(document);
    return () => {
      endGuarding();
      endListening();
      endKeeping();
      withdraw();
    };
  }, [workbench]);
}
