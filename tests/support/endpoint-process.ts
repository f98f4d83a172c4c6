/** The endpoint as its own process, to be killed. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { baselineWasm } from './node-flags.ts';

const main = fileURLToPath(new URL('../../endpoint/main.ts', import.meta.url));

/** A test that runs out of time leaves them behind: they end with the process that started them. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export interface EndpointProcess {
  readonly url: string;
  /** Everything that it wrote to its standard output and error. */
  output(): string;
  /** Goes away, as it looks from there: what it writes reaches nobody. Returns the exit code when it ends. */
  abandon(): Promise<number | null>;
  /** Sends the signal, to this process only, and waits for its end. Returns the exit code; null after a SIGKILL. */
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number | null>;
}

/** A demonstration endpoint on any free port. */
export async function spawnEndpoint(dataDir: string): Promise<EndpointProcess> {
  const args = [baselineWasm, main, '--data', dataDir, '--port', '0', '--demo'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const pieces: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  child.stderr.on('data', (piece: Buffer) => pieces.push(piece));
  const output = () => Buffer.concat(pieces).toString('utf8');
  const url = await listening(child, output);
  return { url, output, abandon: () => abandon(child), end: (signal) => end(child, signal) };
}

/** Runs one of the operator's commands and returns what it printed. */
export async function runEndpointCommand(...args: string[]): Promise<string> {
  return (await promisify(execFile)(process.execPath, [baselineWasm, main, ...args])).stdout;
}

function listening(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      const url = /The endpoint listens at (\S+)/.exec(output())?.[1];
      if (url) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`The endpoint ended with ${code}: ${output()}`)));
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
  return child.exitCode;
}

async function abandon(child: ChildProcess): Promise<number | null> {
  const exited = once(child, 'exit');
  child.stdout?.destroy();
  child.stderr?.destroy();
  await exited;
  return child.exitCode;
}
