import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { setupProtocol, setupScheme } from '#electron/protocol.ts';
import { asSession, protocol, StandInSession } from '#tests/support/electron-stand-in.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

vi.mock('electron', () => import('#tests/support/electron-stand-in.ts'));

test('the scheme is standard and secure, and bypasses no policy', () => {
  setupScheme();
  expect(protocol.registerSchemesAsPrivileged).toHaveBeenCalledWith([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: false } },
  ]);
});

async function served() {
  const outside = await temporaryFolder();
  const folder = join(outside, 'renderer');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(outside, 'secret.json'), '{"secret":true}');
  await writeFile(join(folder, 'index.html'), '<html><head><title>Probity</title></head></html>');
  for (const name of ['main.js', 'main.css', 'inter.woff2', 'icon.svg', 'argon.wasm', 'notes.txt', 'x.exe']) {
    await writeFile(join(folder, 'assets', name), name);
  }
  await symlink(join(outside, 'secret.json'), join(folder, 'assets', 'link.json'));
  const session = new StandInSession();
  const onMissing = vi.fn();
  await setupProtocol(asSession(session), folder, onMissing);
  const [scheme, handler] = session.protocol.handle.mock.calls[0] ?? [];
  expect(scheme).toBe('app');
  const get = async (url: string, method = 'GET') =>
    (await handler?.(new Request(url, { method }) as never)) as Response;
  return Object.assign(get, { folder, onMissing });
}

test('the page comes with the policy, and its style nonce inside', async () => {
  const get = await served();
  const response = await get('app://probity/');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const policy = response.headers.get('content-security-policy') ?? '';
  const nonce = /'nonce-([\w-]{24})'/.exec(policy)?.[1];
  expect(await response.text()).toContain(`<head><meta property="csp-nonce" nonce="${nonce}"><title>`);
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "worker-src 'self'",
    "connect-src 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  const again = await get('app://probity/');
  expect(again.headers.get('content-security-policy')).not.toBe(policy);
});

const files: [path: string, type: string][] = [
  ['index.html', 'text/html; charset=utf-8'],
  ['assets/main.js', 'text/javascript; charset=utf-8'],
  ['assets/main.css', 'text/css; charset=utf-8'],
  ['assets/inter.woff2', 'font/woff2'],
  ['assets/icon.svg', 'image/svg+xml'],
  ['assets/argon.wasm', 'application/wasm'],
];
test.each(files)('%s is %s, under the same policy, never sniffed or cached', async (path, type) => {
  const response = await (await served())(`app://probity/${path}?v=1#x`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(type);
  expect(response.headers.get('content-security-policy')).toContain("connect-src 'none'");
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('cache-control')).toBe('no-store');
});

const outside = [
  'app://probity/../secret.json',
  'app://probity/assets/../../secret.json',
  'app://probity/%2e%2e/secret.json',
  'app://probity/%2e%2e%2fsecret.json',
  'app://probity/..%2fsecret.json',
  'app://probity/..%5csecret.json',
  'app://probity/assets/..\\..\\secret.json',
  'app://probity//etc/passwd',
  'app://probity/assets/link.json',
  'app://probity/assets',
  'app://probity/assets/',
  'app://probity/assets/main.js/',
  'app://probity/assets/main.js%00.css',
  'app://probity/assets/notes.txt',
  'app://probity/assets/x.exe',
  'app://probity/__proto__',
  'app://other/index.html',
  'app://probity.example.com/index.html',
];
test.each(outside)('%s is not there', async (url) => {
  const response = await (await served())(url);
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('Not found');
});

test('nothing is posted', async () => {
  expect((await (await served())('app://probity/index.html', 'POST')).status).toBe(404);
});

describe('what the workbench needs and does not find', () => {
  test('is told of: the page itself, a script, a style sheet, WebAssembly', async () => {
    const get = await served();
    await rm(join(get.folder, 'index.html'));
    for (const path of ['', 'assets/gone.js', 'assets/gone.css', 'assets/gone.wasm']) {
      get.onMissing.mockClear();
      expect((await get(`app://probity/${path}`)).status, path).toBe(404);
      expect(get.onMissing, path).toHaveBeenCalledOnce();
    }
  });

  test('is told of when it is there and cannot be read', async () => {
    const get = await served();
    // As a disk that fails: what was listed is no file any more.
    await rm(join(get.folder, 'assets/main.js'));
    await mkdir(join(get.folder, 'assets/main.js'));
    expect((await get('app://probity/assets/main.js')).status).toBe(404);
    expect(get.onMissing).toHaveBeenCalledOnce();
  });

  test('is nothing where something else asks, or where it does without', async () => {
    const get = await served();
    for (const url of ['app://other/x.js', 'app://probity/assets/gone.png', 'app://probity/assets']) await get(url);
    await get('app://probity/assets/gone.js', 'POST');
    expect(get.onMissing).not.toHaveBeenCalled();
  });
});
