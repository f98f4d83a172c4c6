import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { exitOf, stopGuarded } from '#build/start/child.ts';
import { openElectronWindow } from '#build/start/electron-window.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const handedOver = { profile: '/data/p', endpoint: null, demo: null, keyFile: false };

/** A program in Electron's place. */
async function program(script: string) {
  const path = join(await temporaryFolder(), 'electron');
  await writeFile(path, `#!${process.execPath}\n${script}`, { mode: 0o755 });
  return path;
}

test('the window is there once its line is printed; asked to, it ends', async () => {
  const child = await openElectronWindow(
    await program(`console.log('app://probity/'); setInterval(() => undefined, 1000);`),
    handedOver,
  );
  if (!child) throw new Error('no window');
  onTestFinished(() => stopGuarded(child));
  expect(child.exitCode).toBeNull();
  await stopGuarded(child);
  expect(child.signalCode).toBe('SIGTERM');
  await stopGuarded(child);
});

test('it gets what is handed over as one argument', async () => {
  const script = `
    const handed = JSON.parse(Buffer.from(process.argv[3].replace('--probity=', ''), 'base64url'));
    if (handed.profile === '/data/p') console.log('app://probity/');`;
  expect(await openElectronWindow(await program(script), handedOver)).not.toBeNull();
});

test.each(['process.exit(1);', 'process.exit(0);', "process.kill(process.pid, 'SIGKILL');"])(
  '%s before the window: none',
  async (script) => {
    expect(await openElectronWindow(await program(script), handedOver)).toBeNull();
  },
);

test('a program that cannot be started: none', async () => {
  expect(await openElectronWindow('/nowhere/electron', handedOver)).toBeNull();
});

test('a process that does not listen to SIGTERM is ended all the same', async () => {
  const child = await openElectronWindow(
    await program(`process.on('SIGTERM', () => undefined); console.log('app://probity/'); setInterval(() => 0, 1000);`),
    handedOver,
  );
  if (!child) throw new Error('no window');
  await stopGuarded(child);
  expect(child.signalCode).toBe('SIGKILL');
  expect(await exitOf(child)).toBeNull();
});
