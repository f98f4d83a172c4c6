import { beforeEach, expect, test, vi } from 'vitest';
import type { Host } from '#electron/host/host.ts';
import { setupIpcGate } from '#electron/window-bridge.ts';
import { callFailureSchema, contract } from '#shared/bridge/contract.ts';
import { asWindow, BrowserWindow, ipcMain } from '#tests/support/electron-stand-in.ts';
import { testHost } from '#tests/support/host.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

vi.mock('electron', () => import('#tests/support/electron-stand-in.ts'));
beforeEach(() => ipcMain.handle.mockReset());

function gate(host: Host) {
  const window = new BrowserWindow({});
  setupIpcGate(host, asWindow(window));
  const [[channel, listener] = []] = ipcMain.handle.mock.calls;
  expect(channel).toBe('probity');
  const own = { sender: window.webContents, senderFrame: window.webContents.mainFrame };
  return { window, own, send: (event: object, ...args: unknown[]) => listener?.(event as never, ...args) };
}

function spiedHost() {
  const handle = vi.fn<Host['handle']>(async () => ({ ok: true, reply: {} }));
  return { handle, subscribe: () => () => undefined, close: () => undefined };
}

test('there is one channel, and the main frame of the window is heard on it', async () => {
  const host = spiedHost();
  const { own, send } = gate(host);
  expect(await send(own, 'log.pull', { after: 0, limit: 1 })).toEqual({ ok: true, reply: {} });
  expect(host.handle).toHaveBeenCalledWith('log.pull', { after: 0, limit: 1 });
  expect(ipcMain.handle).toHaveBeenCalledOnce();
});

test('no other sender is heard', async () => {
  const host = spiedHost();
  const { window, own, send } = gate(host);
  const foreign = {
    'another window': { ...own, sender: new BrowserWindow({}).webContents },
    'a frame inside the page': { ...own, senderFrame: { origin: 'app://probity' } },
    'a frame that is gone': { ...own, senderFrame: null },
  };
  for (const [who, event] of Object.entries(foreign)) {
    const result = await send(event, 'host.describe', {});
    expect(result, who).toMatchObject({ ok: false, failure: { code: 'foreign-sender' } });
    expect(callFailureSchema.safeParse(result.failure).success).toBe(true);
  }
  for (const origin of ['https://example.com', 'app://other', 'file://', 'null', '']) {
    Object.assign(window.webContents.mainFrame, { origin });
    expect(await send(own, 'host.describe', {}), origin).toMatchObject({ ok: false });
  }
  Object.assign(window.webContents.mainFrame, { origin: 'app://probity' });
  window.isDestroyed.mockReturnValue(true);
  expect(await send(own, 'host.describe', {})).toMatchObject({ ok: false });
  expect(host.handle).not.toHaveBeenCalled();
});

const malformed: [what: string, args: unknown[], code: string][] = [
  ['nothing', [], 'unknown-call'],
  ['an unknown name', ['log.read', {}], 'unknown-call'],
  ['a name that is no text', [{ toString: () => 'log.pull' }, {}], 'unknown-call'],
  ['a request that is missing', ['log.pull'], 'call-malformed'],
  ['a request with more in it', ['host.describe', { more: 1 }], 'call-malformed'],
  ['a request out of bounds', ['log.pull', { after: -1, limit: 1_000_000 }], 'call-malformed'],
  ['text for bytes', ['log.push', { push: 'AAAA' }], 'call-malformed'],
];
test.each(malformed)('%s is refused by the host behind it', async (_, args, code) => {
  const { own, send } = gate(testHost({ profile: await temporaryFolder() }));
  expect(await send(own, ...args)).toMatchObject({ ok: false, failure: { code } });
});

test('bytes reach the host as the window sent them', async () => {
  const host = spiedHost();
  const { own, send } = gate(host);
  const push = new Uint8Array([0, 127, 255]);
  // As Electron passes it on.
  const { push: arrived } = structuredClone({ push });
  await send(own, 'log.push', { push: arrived });
  expect(contract['log.push'].request.safeParse(host.handle.mock.calls[0]?.[1])).toEqual({
    success: true,
    data: { push },
  });
});
