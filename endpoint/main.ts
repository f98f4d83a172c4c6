/** The endpoint on the command line: serves until it is told to stop, or carries out one of the operator's commands. */
import { ZodError } from 'zod';
import { type Command, parseCommandLine, usage } from './command-line.ts';
import { runCommand } from './operator/run-command.ts';
import { startEndpoint } from './start-endpoint.ts';

async function main(): Promise<void> {
  const command = parse();
  if (command.do === 'serve') await serve(command.options);
  else for (const line of await runCommand(command)) console.log(line);
}

function parse(): Command {
  try {
    return parseCommandLine(process.argv.slice(2));
  } catch (error) {
    const reason = error instanceof ZodError ? error.issues.map(describe).join('\n') : (error as Error).message;
    console.error(`${reason}\n\n${usage}`);
    process.exit(2);
  }
}

const describe = ({ path, message }: ZodError['issues'][number]): string => `${path.join('.')}: ${message}`;

async function serve(options: Extract<Command, { do: 'serve' }>['options']): Promise<void> {
  const starting = startEndpoint({ ...options, log: process.stdout });
  // Before anything is said: who reads that it listens may tell it to stop at once.
  let told = false;
  const stop = () => {
    if (told) return;
    told = true;
    void starting.then(({ close }) => close()).then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // Whoever started it and read its log is gone. What is still written to the log meanwhile fails in the same way.
  process.stdout.on('error', stop);
  console.log(`The endpoint listens at ${(await starting).url}`);
}

await main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
