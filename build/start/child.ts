import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const guard = fileURLToPath(new URL('./guard.ts', import.meta.url));

/** Milliseconds that a process has to end in good order. */
const patience = 5_000;

/** Starts a program that ends when this process does, however that comes. @param output where what it says goes */
export const spawnGuarded = (program: string, args: readonly string[], output: 'ignore' | 'inherit' | 'pipe') =>
  spawn(process.execPath, [guard, program, ...args], {
    stdio: ['pipe', output, output === 'ignore' ? 'ignore' : 'inherit'],
  });

/** Ends a process that we started, by its id: asks first, then insists. */
export async function stopChild(child: ChildProcess, ask = () => void child.kill('SIGTERM')): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;
  const ended = once(child, 'exit');
  ask();
  const timer = setTimeout(() => child.kill('SIGKILL'), patience);
  await ended;
  clearTimeout(timer);
}

/**
 * The same of what runs under a guard, which is asked by the end of its standard input: on Windows a signal would end the guard
 * at once, and what it guards would go on.
 */
export const stopGuarded = (child: ChildProcess): Promise<void> => stopChild(child, () => void child.stdin?.end());

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** The exit code, null after a signal or when the program could not be started at all. */
export function exitOf(child: ChildProcess): Promise<number | null> {
  if (hasEnded(child)) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(null));
  });
}
