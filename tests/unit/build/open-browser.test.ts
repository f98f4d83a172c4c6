import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { stopGuarded } from '#build/start/child.ts';
import { hasDisplay, openBrowser } from '#build/start/open-browser.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

test.runIf(process.platform === 'linux')('Linux has a display when X11 or Wayland says so', () => {
  expect([hasDisplay({}), hasDisplay({ DISPLAY: '' })]).toEqual([false, false]);
  expect([hasDisplay({ DISPLAY: ':0' }), hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' })]).toEqual([true, true]);
});

test.runIf(process.platform === 'linux')(
  'an installed browser shows the address as an app, with a profile of its own',
  async () => {
    const folder = await temporaryFolder();
    const heard = join(folder, 'heard');
    const script = `#!${process.execPath}\nrequire('node:fs').writeFileSync(${JSON.stringify(heard)}, process.argv.slice(2).join('\\n'));`;
    await writeFile(join(folder, 'chromium'), script, { mode: 0o755 });
    const child = openBrowser('http://127.0.0.1:1/#token=x', '/profile', { PATH: `/nowhere:${folder}` });
    if (!child) throw new Error('no browser');
    onTestFinished(() => stopGuarded(child));
    await expect.poll(() => readFile(heard, 'utf8').catch(() => '')).toContain('--app=http://127.0.0.1:1/#token=x');
    expect(await readFile(heard, 'utf8')).toContain('--user-data-dir=/profile/browser');
  },
);

test.runIf(process.platform === 'linux')('without one, none', () => {
  expect(openBrowser('http://127.0.0.1:1/', '/profile', { PATH: '/nowhere' })).toBeNull();
});
