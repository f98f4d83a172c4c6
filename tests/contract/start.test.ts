import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { chromiumLaunchOptions } from '#build/chromium.ts';
import { childEnvironment } from '#build/environment.ts';
import { exitOf, stopChild } from '#build/start/child.ts';
import { prepareFolder } from '#build/start/data-folder.ts';
import type { CallName, CallResult, ReplyOf, RequestOf } from '#shared/bridge/contract.ts';
import { fromCbor, toCbor } from '#shared/crypto/cbor.ts';
import { seenNothing } from '#shared/log/seen.ts';
import { parsePage } from '#shared/sync/wire.ts';
import { plantDatabase } from '#tests/support/endpoint-database.ts';
import { baselineWasm } from '#tests/support/node-flags.ts';
import { suiteFolder, temporaryFolder } from '#tests/support/temporary-folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const program = fileURLToPath(new URL('../../build/start.ts', import.meta.url));
// It builds the workbench when what is built is older than its sources.
const patience = 240_000;

/** `npm start` as npm runs it. Lines of both its outputs, as they come. */
function start(...args: string[]) {
  const child = spawn(process.execPath, [baselineWasm, program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => stopChild(child));
  const lines: string[] = [];
  for (const output of [child.stdout, child.stderr])
    createInterface({ input: output }).on('line', (line) => lines.push(line));
  return { child, lines };
}

/** A profile whose endpoint need not make its database, which takes long; it is empty all the same. */
async function profileWithDatabase(): Promise<string> {
  const profile = join(await temporaryFolder(), 'profile');
  const endpoint = join(profile, 'endpoint');
  for (const folder of [profile, endpoint]) await prepareFolder(folder, false);
  await plantDatabase(join(endpoint, 'data'));
  return profile;
}

/** Without the sockets that processes left in it. */
const copyProfile = (from: string, to: string): Promise<void> =>
  cp(from, to, { recursive: true, filter: (source) => !source.endsWith('.sock') });

/** What the first test made: to make a history takes seconds. Copied, so that no test sees another's. */
const keptFolder = suiteFolder();
let made: string | null = null;
async function madeProfile(): Promise<string> {
  if (made === null) {
    const profile = await profileWithDatabase();
    await stop((await started(...headless(profile))).child, 'SIGTERM');
    made = join(keptFolder(), 'profile');
    await copyProfile(profile, made);
  }
  const copy = join(await temporaryFolder(), 'profile');
  await copyProfile(made, copy);
  return copy;
}

/** A short history: all of it is made at a first start. */
const short = ['--referrals', '12'];

const headless = (profile: string) => [
  ...['--host', 'browser', '--no-open', '--port', '0', '--profile', profile],
  ...short,
];

async function started(...args: string[]) {
  const { child, lines } = start(...args);
  const find = (pattern: RegExp) => lines.map((line) => pattern.exec(line)?.[1]).find(Boolean);
  await expect
    .poll(() => find(/^Probity is ready: (.+)$/) ?? child.exitCode, { timeout: patience, message: lines.join('\n') })
    .not.toBeNull();
  const url = new URL(find(/^Probity is ready: (.+)$/) ?? lines.join('\n'));
  return { child, lines, url, endpoint: () => find(/^Endpoint with invented data: (.+)$/) };
}

/** One call over the browser host's WebSocket. */
async function ask<Name extends CallName>(url: URL, name: Name, request: RequestOf<Name>) {
  type Answered = CallResult<CallName>;
  const socket = new WebSocket(`ws://${url.host}/probity-host`, ['probity', url.hash.slice('#token='.length)], {
    origin: url.origin,
  });
  await once(socket, 'open');
  const result = new Promise<Answered>((resolve) => {
    // Events of the host come between.
    socket.on('message', (data) => {
      const frame = fromCbor(data as Buffer) as { id?: number; result?: Answered };
      if (frame.id === 1 && frame.result) resolve(frame.result);
    });
  });
  socket.send(toCbor({ id: 1, name, request }));
  return result.finally(() => socket.terminate()) as Promise<CallResult<Name> & { reply: ReplyOf<Name> }>;
}

/** Ids of the processes that this one started and that still run (Linux). */
async function childrenOf({ pid }: Pick<ChildProcess, 'pid'>): Promise<string[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.split(' ').filter(Boolean);
}

async function stop(child: ChildProcess, signal: NodeJS.Signals) {
  const own = await childrenOf(child);
  child.kill(signal);
  const code = await exitOf(child);
  return { code, left: own.filter((pid) => isRunning(Number(pid))) };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const isClosed = (url: string) =>
  fetch(url).then(
    () => false,
    () => true,
  );

test('with invented data: page, endpoint, members and referrals are there; SIGTERM ends all of it', {
  timeout: patience,
}, async () => {
  const profile = join(await temporaryFolder(), 'profile');
  const { child, lines, url, endpoint } = await started(...headless(profile));
  expect(lines.filter((line) => line.startsWith('Probity is ready: '))).toHaveLength(1);
  expect(await (await fetch(url.origin)).text()).toContain('<script src="/probity-host.js">');

  const address = endpoint() ?? '';
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  const result = await ask(url, 'host.describe', {});
  const { demo, enrolment, endpoint: described } = result.reply;
  expect({ founded: enrolment?.purpose, described, isNew: demo?.isNew }).toEqual({
    ...{ founded: 'workstation', described: address, isNew: true },
  });
  expect(demo?.members).toHaveLength(6);
  for (const { name, passphrase } of demo?.members ?? []) {
    expect(lines.some((line) => line.includes(name) && line.includes(passphrase))).toBe(true);
  }
  // What the unit did over 18 months is in its log, and the keys of its members in the journal.
  const { page } = (await ask(url, 'log.pull', { after: 0, seen: seenNothing, limit: 1 })).reply;
  expect(parsePage(page)?.end).toBeGreaterThan(50);
  expect((await ask(url, 'journal.read', { after: 0 })).reply.records.length).toBeGreaterThan(6);

  expect(await stop(child, 'SIGTERM')).toEqual({ code: 0, left: [] });
  expect([await isClosed(url.origin), await isClosed(address)]).toEqual([true, true]);
  made = join(keptFolder(), 'profile');
  await copyProfile(profile, made);
});

describe('a profile', () => {
  test('is kept from one start to the next, and SIGINT loses nothing either', { timeout: patience }, async () => {
    const profile = await madeProfile();
    const first = await started(...headless(profile));
    const { reply } = await ask(first.url, 'device.secret', {});
    const { enrolment } = (await ask(first.url, 'host.describe', {})).reply;
    expect((await stop(first.child, 'SIGINT')).code).toBe(0);

    const second = await started(...headless(profile));
    expect((await ask(second.url, 'device.secret', {})).reply).toEqual(reply);
    const again = (await ask(second.url, 'host.describe', {})).reply;
    expect({ enrolment: again.enrolment, isNew: again.demo?.isNew }).toEqual({ enrolment, isNew: false });
    // The endpoint has another port now, and still knows the device.
    expect(await ask(second.url, 'log.pull', { after: 0, seen: seenNothing, limit: 10 })).toMatchObject({ ok: true });
    expect((await stop(second.child, 'SIGTERM')).code).toBe(0);

    const third = await started(...headless(profile), '--fresh', '--no-demo');
    expect((await ask(third.url, 'device.secret', {})).reply).not.toEqual(reply);
    expect((await ask(third.url, 'host.describe', {})).reply.enrolment).toBeNull();
    expect((await stop(third.child, 'SIGTERM')).code).toBe(0);
  });

  test('belongs to one process at a time', { timeout: patience }, async () => {
    const profile = join(await temporaryFolder(), 'profile');
    const first = await started(...headless(profile), '--no-demo');
    const { child, lines } = start(...headless(profile), '--no-demo');
    expect(await exitOf(child)).toBe(1);
    await expect.poll(() => lines).toEqual([expect.stringContaining('Probity runs already')]);
    expect((await stop(first.child, 'SIGTERM')).code).toBe(0);
  });

  test("is not somebody else's folder, whatever is asked", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'thesis.txt'), 'all of it');
    await mkdir(join(folder, 'more'));
    const { child, lines } = start(...headless(folder), '--fresh');
    expect(await exitOf(child)).toBe(1);
    await expect.poll(() => lines).toEqual([expect.stringContaining('leaves alone')]);
    expect(await readdir(folder)).toEqual(['more', 'thesis.txt']);
  });
});

test('without invented data there is no endpoint, no member and no address', { timeout: patience }, async () => {
  const profile = join(await temporaryFolder(), 'profile');
  const { child, lines, url, endpoint } = await started(...headless(profile), '--no-demo');
  const { reply } = await ask(url, 'host.describe', {});
  expect(reply).toMatchObject({ endpoint: null, enrolment: null, demo: null });
  expect(endpoint()).toBeUndefined();
  expect(lines.join('\n')).not.toMatch(/passphrase/i);
  expect((await stop(child, 'SIGTERM')).code).toBe(0);
});

test('a signal that comes while it still starts ends it in good order, and the next start begins anew', {
  timeout: patience,
}, async () => {
  const profile = await profileWithDatabase();
  const { child, lines } = start(...headless(profile));
  // Its own keys are made, and the history is not.
  await expect.poll(() => readdir(profile), { timeout: patience }).toContain('enrolment.json');
  const secret = await readFile(join(profile, 'device.json'), 'utf8');
  const { code } = await stop(child, 'SIGTERM');
  expect({ code, lines }).toEqual({ code: 0, lines: [expect.stringContaining('is starting')] });
  const next = await started(...headless(profile));
  expect(await readFile(join(profile, 'device.json'), 'utf8')).not.toBe(secret);
  expect((await ask(next.url, 'host.describe', {})).reply.demo?.isNew).toBe(true);
  expect((await stop(next.child, 'SIGTERM')).code).toBe(0);
});

describe.runIf(process.platform === 'linux')('`npm start` with a browser leaves nothing running', () => {
  /** Chromium, by a name under which it is looked for. */
  async function browserFolder(): Promise<string> {
    const folder = await temporaryFolder();
    const { executablePath, args } = await chromiumLaunchOptions();
    const script = `#!/bin/sh\nexec ${executablePath} --headless ${args.join(' ')} "$@"\n`;
    await writeFile(join(folder, 'google-chrome-stable'), script, { mode: 0o755 });
    return folder;
  }

  /** Whatever runs with this profile: npm, what it starts, the browser and its helpers. */
  async function runningWith(profile: string): Promise<number[]> {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
    const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
    return pids.filter((_, index) => commands[index]?.includes(profile));
  }

  async function npmStart(profile: string, ...args: string[]) {
    const env = childEnvironment({ PATH: `${await browserFolder()}:${childEnvironment().PATH}`, DISPLAY: ':none' });
    const own = ['--host', 'browser', '--port', '0', '--profile', profile, ...short, ...args];
    const npm = spawn('npm', ['start', '--', ...own], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    onTestFinished(async () => {
      for (const pid of await runningWith(profile)) process.kill(pid, 'SIGKILL');
    });
    const lines: string[] = [];
    for (const output of [npm.stdout, npm.stderr])
      createInterface({ input: output }).on('line', (line) => lines.push(line));
    await expect.poll(() => lines.join('\n'), { timeout: patience }).toContain('Probity is ready: ');
    // The browser is there, and a helper of its own.
    await expect.poll(async () => (await below(npm.pid ?? 0)).length, { timeout: patience }).toBeGreaterThan(5);
    return { npm, profile, lines, all: await below(npm.pid ?? 0) };
  }

  /** A process, and all that it and they started. */
  async function below(pid: number): Promise<number[]> {
    const children = (await childrenOf({ pid })).map(Number);
    return [pid, ...(await Promise.all(children.map(below))).flat()];
  }
  async function isQuiet({ profile, all }: Awaited<ReturnType<typeof npmStart>>): Promise<void> {
    const left = async () => [...(await runningWith(profile)), ...all.filter(isRunning)];
    await expect.poll(left, { timeout: 20_000 }).toEqual([]);
  }

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const)(
    'after %s to npm alone',
    { timeout: patience },
    async (signal) => {
      const running = await npmStart(await profileWithDatabase(), '--no-demo');
      running.npm.kill(signal);
      await isQuiet(running);
    },
  );

  test('after SIGKILL to what npm has started', { timeout: patience }, async () => {
    const running = await npmStart(await profileWithDatabase(), '--no-demo');
    for (const pid of await childrenOf(running.npm)) process.kill(Number(pid), 'SIGKILL');
    await isQuiet(running);
  });

  test('nor the endpoint, whose data the next start takes up', { timeout: patience }, async () => {
    const running = await npmStart(await madeProfile());
    const { npm, profile, lines } = running;
    const endpoint = lines.join('\n').match(/^Endpoint with invented data: (.+)$/m)?.[1] ?? '';
    expect((await fetch(`${endpoint}/healthz`)).status).toBe(200);
    npm.kill('SIGKILL');
    await isQuiet(running);
    expect(await isClosed(endpoint)).toBe(true);
    const next = await started(...headless(profile));
    expect((await stop(next.child, 'SIGTERM')).code).toBe(0);
  });
});

test('an option that is not there gets the usage, and exit code 2', async () => {
  const { child, lines } = start('--no-such');
  expect(await exitOf(child)).toBe(2);
  await expect.poll(() => lines.at(-1)).toMatch(/^Usage: npm start/);
});
