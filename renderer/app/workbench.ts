import { createStore, type StoreApi } from 'zustand/vanilla';
import { clearStores, connectVault, flushBeforeLock } from '#renderer/state/connect.ts';
import { notify } from '#renderer/state/notice-store.ts';
import { troubleIn, troubleOf } from '#renderer/state/vault-port.ts';
import type { Vault } from '#renderer/vault/calls/call-list.ts';
import type { Founder, Session } from '#renderer/vault/vault-api.ts';
import { sayAdvice } from '#renderer/words/passphrase.ts';
import { say } from '#renderer/words/say.ts';
import { sayWarning } from '#renderer/words/warnings.ts';
import type { Probity } from '#shared/bridge/contract.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { setUpDemo } from './set-up-demo.ts';
import { describeHost, enrolDevice, planStage, type Stage, sayLocked } from './stage.ts';

/** A vault in its worker. `stop` ends the worker, and with it every key and all plaintext that it holds. */
export interface RunningVault {
  readonly vault: Vault;
  stop(): void;
}
export type StartVault = (probity: Probity) => RunningVault;

/** Why a slot did not open, in words, and for how long no attempt is taken (milliseconds). */
interface NotUnlocked {
  readonly why: string;
  readonly wait: number;
}

export interface Verdict {
  readonly score: number;
  readonly acceptable: boolean;
  readonly advice: string | null;
}

export interface Workbench {
  readonly stage: StoreApi<Stage>;
  /** Finds out where this workstation stands; also what "Try again" does. */
  readonly start: () => Promise<void>;
  readonly unlock: (slot: string, passphrase: string) => Promise<Result<null, NotUnlocked>>;
  readonly lock: (because: string | null) => Promise<void>;
  readonly tryDemo: (progress: (step: string) => void) => Promise<Result<null, string>>;
  readonly enrol: (endpoint: string | null, code: string) => Promise<Result<null, string>>;
  readonly judge: (passphrase: string, personal: readonly string[]) => Promise<Verdict>;
  readonly found: (founder: Founder) => Promise<Result<null, string>>;
  readonly stop: () => void;
}

function failedAttempts({ failedAttemptsBefore: count }: Session): void {
  if (count === 0) return;
  const words = count === 1 ? 'There was 1 failed attempt' : `There were ${count} failed attempts`;
  notify(`${words} to unlock as you since you last did. If that was not you, tell your supervisor.`, 'refusal');
}

/** Milliseconds from one attempt to start on a full disk to the next. */
const whenFull = 1_500;

const notRecordedWords =
  'Locked before the disk had taken what you recorded last. Look at that case after unlocking: what is not recorded stands in its form, as you typed it.';
const storeLostWords =
  'Locked, because the database or the journal of Probity on this computer could not be used any more: the disk is full, or something else closed, changed or deleted them. What was saved is kept.';

/** The life of the workbench from start to lock. Holds the one running vault, and replaces it at every lock. */
export function createWorkbench(probity: Probity, startVault: StartVault): Workbench {
  const stage = createStore<Stage>(() => ({ name: 'starting' }));
  const enter = (next: Stage) => stage.setState(next, true);
  const begin = (): RunningVault => {
    const begun = startVault(probity);
    // Where it does not start, whoever calls it first hears why.
    begun.vault
      .subscribe(({ type }) => {
        if (type === 'storeLost' && begun === running) void storeLost();
      })
      .catch(() => undefined);
    return begun;
  };
  let running = begin();

  const freshVault = (): Vault => {
    running.stop();
    running = begin();
    return running.vault;
  };
  /** Why it was locked last, until a screen has said so. */
  let untold: string | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const fail = (error: unknown): void => {
    enter({ name: 'failed', trouble: untold === null ? troubleOf(error) : `${untold}\n${troubleOf(error)}` });
    const { code } = troubleIn(error);
    if (code === 'disk-full-at-start') retry = setTimeout(() => void start(), whenFull);
  };

  const survey = async (because: string | null): Promise<void> => {
    untold = because ?? untold;
    try {
      // The host knows more of a window that ended than the page that takes its place.
      untold = (await sayLocked(probity)) ?? untold;
      const host = await describeHost(probity);
      if (!host.ok) return enter({ name: 'failed', trouble: host.error });
      const said = untold === null ? [] : [untold];
      said.push(...(await running.vault.call('store.findings', {})).map(sayWarning));
      const slots = await running.vault.call('slots.list', {});
      enter(planStage(host.value, slots, said.length > 0 ? said.join('\n') : null));
      untold = null;
    } catch (error) {
      fail(error);
    }
  };

  const start = async (): Promise<void> => {
    clearTimeout(retry);
    // What kept it from starting may be over: another window that is closed now.
    if (stage.getState().name === 'failed') freshVault();
    await survey(null);
  };

  const lock = async (because: string | null): Promise<void> => {
    // The screens go at once; only the text that was being typed is waited for, and not for long.
    enter({ name: 'locking' });
    const isRecorded = await flushBeforeLock().catch(() => false);
    clearStores();
    freshVault();
    await survey([because, isRecorded ? null : notRecordedWords].filter(Boolean).join('\n') || null);
  };

  const storeLost = async (): Promise<void> => {
    if (stage.getState().name === 'open') return lock(storeLostWords);
    freshVault();
    await survey(storeLostWords);
  };

  /** One step of the first run; what it refuses, or fails with, is words for the form that asked. */
  const step = async (task: () => Promise<Result<unknown, string>>): Promise<Result<null, string>> => {
    try {
      const result = await task();
      if (!result.ok) return result;
      freshVault();
      await survey(null);
      return ok(null);
    } catch (error) {
      return err(troubleOf(error));
    }
  };

  return {
    stage,
    start,
    stop() {
      clearTimeout(retry);
      running.stop();
    },
    judge: async (passphrase, personal) => {
      const verdict = await running.vault.call('passphrase.judge', { passphrase, personal });
      return { ...verdict, advice: sayAdvice(verdict.advice) };
    },
    enrol: (endpoint, code) => step(() => enrolDevice(probity, endpoint, code)),
    found: (founder) =>
      step(async () => {
        const slot = await running.vault.call('unit.found', founder);
        return slot.ok ? slot : err(say(slot.error));
      }),
    tryDemo: (progress) =>
      step(async () => {
        const host = await describeHost(probity);
        return host.ok ? setUpDemo(probity, host.value, freshVault, progress) : host;
      }),
    unlock: async (slot, passphrase) => {
      try {
        const { vault } = running;
        const session = await vault.call('slot.unlock', { slot, passphrase });
        if (!session.ok) return err({ why: say(session.error), wait: session.error.wait });
        const connected = connectVault(vault, session.value);
        const before = stage.getState();
        enter({ name: 'open', invented: 'host' in before && before.host.demo !== null });
        await connected;
        failedAttempts(session.value);
        return ok(null);
      } catch (error) {
        return err({ why: troubleOf(error), wait: 0 });
      }
    },
    lock: async (because) => {
      if (stage.getState().name === 'open') await lock(because);
    },
  };
}
