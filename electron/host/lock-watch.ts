import type { WindowNoticeCode } from '#shared/bridge/contract.ts';

/** What the host knows of whether its window shows case work, from what the window itself says and asks. */
export interface LockWatch {
  /** From when a passphrase is tried until the window says that it is locked. */
  mayBeOpen(): boolean;
  /** True when the window says that it is locked, or is; false where it says nothing for so long (ms). */
  untilLocked(patience: number): Promise<boolean>;
  /** True when a page says for the first time that it is there; false where it says nothing for so long (ms). */
  untilHeard(patience: number): Promise<boolean>;
  /** Keeps what became of the window for whoever unlocks next. */
  tell(notice: WindowNoticeCode): void;
  /** The window said that it is locked. Returns what it is to tell. */
  locked(): WindowNoticeCode | null;
  trying(): void;
  /** A member has unlocked, and read what was told. */
  opened(): void;
}

export function createLockWatch(): LockWatch {
  let isOpen = false;
  let told: WindowNoticeCode | null = null;
  let waiting: (() => void)[] = [];
  const untilHeard = (patience: number) =>
    new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), patience);
      waiting.push(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  return {
    mayBeOpen: () => isOpen,
    untilLocked: async (patience) => !isOpen || untilHeard(patience),
    untilHeard,
    tell: (notice) => {
      told = notice;
    },
    locked: () => {
      isOpen = false;
      const those = waiting;
      waiting = [];
      for (const hear of those) hear();
      return told;
    },
    trying: () => {
      isOpen = true;
    },
    opened: () => {
      told = null;
    },
  };
}
