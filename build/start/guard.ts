/**
 * Stands between `npm start` and a window's program, which would outlive it: runs the program, and ends it once whoever
 * started this is gone, in whatever way, and so closes its end of standard input. Ends as the program ended.
 */
import { spawn } from 'node:child_process';

/** Milliseconds for the program to end by itself: less than whoever ends this one waits. */
const patience = 4_000;

const [program = '', ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });

let isStopping = false;
function stop(): void {
  if (isStopping) return;
  isStopping = true;
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), patience);
}

process.stdin.on('end', stop).on('error', stop).resume();
process.on('SIGTERM', stop);
// Of a terminal, which the program gets too: what is to end with it is for `npm start` to say.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);

child.once('error', () => process.exit(127));
child.once('exit', (code, signal) => {
  if (signal === null) process.exit(code ?? 1);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
