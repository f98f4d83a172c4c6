/** A PostgreSQL server of the tests' own, from the binaries that npm installed. Never one that is running already. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './free-port.ts';
import { copyPostgres, identity } from './postgres-binaries.ts';

export interface TestPostgres {
  /** Of the server's own database. */
  readonly url: string;
  stop(): Promise<void>;
}

export async function startPostgres(): Promise<TestPostgres> {
  const { folder, initdb, postgres } = copyPostgres();
  const data = join(folder, 'data');
  const port = await freePort();
  // Over TCP alone; nothing of it has to outlive the machine.
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off' };
  const options = ['--username', 'postgres', '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C', '--no-sync'];
  const set = Object.entries(settings).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  await promisify(execFile)(initdb, ['--pgdata', data, ...options, ...set], { ...identity, cwd: folder });
  const server = spawn(postgres, ['-D', data], { ...identity, cwd: folder, stdio: 'ignore' });
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await untilReady(url, server);
  return {
    url,
    stop: async () => {
      await stopServer(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A new, empty database on the server at this address. */
export const newDatabase = (server: string): Promise<string> => createDatabase(server, 'template1');

/** A copy of a database that nobody is connected to. */
export const copyDatabase = (url: string): Promise<string> =>
  createDatabase(new URL('/postgres', url).href, new URL(url).pathname.slice(1));

async function createDatabase(server: string, template: string): Promise<string> {
  const name = `probity_${randomUUID().replaceAll('-', '')}`;
  await run(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return new URL(`/${name}`, server).href;
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  // "Fast shutdown": sessions are ended, nothing is lost.
  server.kill('SIGINT');
  await exited;
}

async function run(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

async function untilReady(connectionString: string, server: ChildProcess): Promise<void> {
  for (let attempts = 0; attempts < 100; attempts += 1) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended with ${server.exitCode}`);
    const ready = await run(connectionString, 'SELECT 1').then(
      () => true,
      () => false,
    );
    if (ready) return;
    await wait(100);
  }
  throw new Error('PostgreSQL did not start in 10 s.');
}
