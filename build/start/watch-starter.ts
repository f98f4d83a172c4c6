/** Milliseconds. */
const lookEvery = 500;

/**
 * Calls back once whoever started this process is gone: npm may be killed without a word to anybody, and leaves this one to another
 * parent. Its script says `exec`, so that there is no shell in between, which would keep a signal from npm to itself. Windows has no
 * such word (`exec.cmd` stands in for it), and keeps the number of a parent that is gone: whether that still runs is asked.
 */
export function watchStarter(onGone: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent && isRunning(parent)) return;
    clearInterval(timer);
    onGone();
  }, lookEvery).unref();
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It runs as somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
