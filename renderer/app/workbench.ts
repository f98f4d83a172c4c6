import { createStore, type StoreApi } from 'zustand/vanilla';
import { clearStores, connectVault, flushBeforeLock } from '#renderer/state/connect.ts';
import { notify } from '#renderer/state/notice-store.ts';
import { troubleOf } from '#renderer/state/vault-port.ts';
import type { PassphraseVerdict, Session, UnlockFailure, Vault } from '#renderer/vault/vault-api.ts';
import type { Probity } from '#shared/bridge/contract.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { describeHost, enrolDevice, type HostDescription } from './host.ts';
import { setUpDemo } from './set-up-demo.ts';
import { planStage, type Stage } from './stage.ts';

/** A vault in its worker. `stop` ends the worker, and with it every key and all plaintext that it holds. */
export interface RunningVault {
  readonly vault: Vault;
  stop(): void;
}
export type StartVault = (probity: Probity) => RunningVault;

export interface Workbench {
  readonly stage: StoreApi<Stage>;
  /** Finds out where this workstation stands; also what "Try again" does. */
  readonly start: () => Promise<void>;
  readonly unlock: (slot: string, passphrase: string) => Promise<Result<null, UnlockFailure>>;
  readonly lock: (because: string | null) => Promise<void>;
  readonly tryDemo: (progress: (step: string) => void) => Promise<Result<null, string>>;
  readonly enrol: (endpoint: string | null, code: string) => Promise<Result<null, string>>;
  readonly judge: (passphrase: string, personal: readonly string[]) => Promise<PassphraseVerdict>;
  readonly found: (name: string, passphrase: string) => Promise<Result<null, string>>;
  readonly stop: () => void;
}

function failedAttempts({ failedAttemptsBefore: count }: Session): void {
  if (count === 0) return;
  const words = count === 1 ? 'There was 1 failed attempt' : `There were ${count} failed attempts`;
  notify(`${words} to unlock as you since you last did. If that was not you, tell your supervisor.`, 'refusal');
}

/** The life of the workbench from start to lock. Holds the one running vault, and replaces it at every lock. */
export function createWorkbench(probity: Probity, startVault: StartVault): Workbench {
  const stage = createStore<Stage>(() => ({ name: 'starting' }));
  const enter = (next: Stage) => stage.setState(next, true);
  let running = startVault(probity);

  const freshVault = (): Vault => {
    running.stop();
    running = startVault(probity);
    return running.vault;
  };
  const fail = (error: unknown) => enter({ name: 'failed', trouble: troubleOf(error) });

  const survey = async (because: string | null): Promise<void> => {
    try {
      const host = await describeHost(probity);
      if (!host.ok) return fail(new Error(host.error));
      enter(planStage(host.value, await running.vault.slots(), because));
    } catch (error) {
      fail(error);
    }
  };

  /** One step of the first run; what it refuses, or fails with, is words for the form that asked. */
  const step = async (work: () => Promise<Result<unknown, string>>): Promise<Result<null, string>> => {
    try {
      const outcome = await work();
      if (!outcome.ok) return outcome;
      freshVault();
      await survey(null);
      return ok(null);
    } catch (error) {
      return err(troubleOf(error));
    }
  };

  const describedHost = async (): Promise<HostDescription> => {
    const host = await describeHost(probity);
    if (!host.ok) throw new Error(host.error);
    return host.value;
  };

  return {
    stage,
    start: () => survey(null),
    stop: () => running.stop(),
    judge: (passphrase, personal) => running.vault.judgePassphrase(passphrase, personal),
    enrol: (endpoint, code) => step(() => enrolDevice(probity, endpoint, code)),
    found: (name, passphrase) => step(() => running.vault.found({ name, passphrase })),
    tryDemo: (progress) => step(async () => setUpDemo(probity, await describedHost(), freshVault, progress)),
    unlock: async (slot, passphrase) => {
      try {
        const { vault } = running;
        const outcome = await vault.unlock(slot, passphrase);
        if (!outcome.ok) return outcome;
        const connected = connectVault(vault, outcome.value);
        enter({ name: 'open' });
        await connected;
        failedAttempts(outcome.value);
        return ok(null);
      } catch (error) {
        return err({ code: 'host', detail: troubleOf(error), waitUntil: 0 });
      }
    },
    lock: async (because) => {
      if (stage.getState().name !== 'open') return;
      // The screens go at once; only the text that was being typed is waited for, and not for long.
      enter({ name: 'locking' });
      await flushBeforeLock().catch(() => undefined);
      clearStores();
      freshVault();
      await survey(because);
    },
  };
}
