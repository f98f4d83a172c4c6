/**
 * `npm start`: the embedded endpoint with invented data, the built workbench, and its window. What it starts, it stops.
 */
import { isRunByNpm } from './environment.ts';
import { parseOptions } from './start/options.ts';
import { CannotStart, run } from './start/run.ts';
import { watchStarter } from './start/watch-starter.ts';

const options = parseOptions(process.argv.slice(2));
if (options.ok) {
  const stop = new AbortController();
  const end = () => stop.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  if (isRunByNpm()) watchStarter(end);
  // Whoever read what is said here is gone.
  for (const output of [process.stdout, process.stderr]) output.on('error', end);
  try {
    await run(options.value, stop.signal);
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
} else {
  console.error(options.error);
  process.exitCode = 2;
}

function explain(error: unknown): string {
  if (error instanceof CannotStart) return error.message;
  if (!(error instanceof Error)) return String(error);
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return 'That port is in use. Choose another with --port.';
  return error.stack ?? error.message;
}
