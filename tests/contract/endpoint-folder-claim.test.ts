import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rename, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { exitOf, stopChild } from '#build/start/child.ts';
import { claimFolder, socketPath } from '#endpoint/operator/folder-claim.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const program = fileURLToPath(new URL('../support/folder-claimant.ts', import.meta.url));

async function claimant(folder: string): Promise<ChildProcess> {
  const child = fork(program, [folder]);
  onTestFinished(() => stopChild(child));
  expect(await once(child, 'message')).toContain('ready');
  return child;
}

async function tell(child: ChildProcess, order: 'claim' | 'release'): Promise<string> {
  const answered = once(child, 'message');
  child.send(order);
  return String((await answered)[0]);
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await exitOf(child);
}

// Each round but the first begins with the socket of a holder that was killed, which is when a race is lost most easily.
test('of many processes that claim a folder at the same time one holds it, also after the holder was killed', {
  timeout: 90_000,
}, async () => {
  const folder = await temporaryFolder();
  let claimants = await Promise.all(Array.from({ length: 10 }, () => claimant(folder)));
  while (claimants.length > 1) {
    const answers = await Promise.all(claimants.map((child) => tell(child, 'claim')));
    expect(answers.toSorted()).toEqual([...answers.slice(1).map(() => `Another endpoint is using ${folder}.`), 'held']);
    const holder = claimants[answers.indexOf('held')] as ChildProcess;
    await expect(claimFolder(folder)).rejects.toThrow('Another endpoint is using');
    await kill(holder);
    claimants = claimants.filter((child) => child !== holder);
  }
  // What the losers announced is gone: they left nothing that the next would have to ask.
  expect(await readdir(folder)).toEqual(['endpoint.sock']);
});

test('a folder that was released is claimed by the next, and only its user may reach the holder', async () => {
  const folder = await temporaryFolder();
  const other = await claimant(folder);
  expect(await tell(other, 'claim')).toBe('held');
  expect((await stat(await socketPath(folder))).mode & 0o777).toBe(0o600);
  expect(await tell(other, 'release')).toBe('released');
  const claim = await claimFolder(folder);
  expect(await tell(other, 'claim')).toContain('Another endpoint is using');
  await claim.release();
  expect(await tell(other, 'claim')).toBe('held');
});

test("what a process that was killed while it claimed left behind is in nobody's way", async () => {
  const folder = await temporaryFolder();
  const killed = await claimant(folder);
  expect(await tell(killed, 'claim')).toBe('held');
  await kill(killed);
  // Before all others by its name.
  await rename(join(folder, 'endpoint.sock'), join(folder, '.c-0000000000'));
  const claim = await claimFolder(folder);
  expect(await readdir(folder)).toEqual(['endpoint.sock']);
  await claim.release();
});

test('an order whose asker is gone before it is answered does not end the holder', async () => {
  const errors: unknown[] = [];
  const note = (error: unknown) => errors.push(error);
  process.on('uncaughtException', note);
  onTestFinished(() => void process.off('uncaughtException', note));
  const folder = await temporaryFolder();
  const claim = await claimFolder(folder);
  const [asked, gone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  claim.answer(async () => {
    asked.resolve();
    await gone.promise;
    return { unit: null, code: 'x'.repeat(300_000) };
  });
  const asker = connect(await socketPath(folder));
  asker.end('{"order":"intakeCode"}');
  await asked.promise;
  asker.destroy();
  await once(asker, 'close');
  gone.resolve();
  await claim.release();
  expect(errors).toEqual([]);
});
