import { expect, test, vi } from 'vitest';
import type { Probity } from '#shared/bridge/contract.ts';

vi.mock('electron', () => import('#tests/support/electron-stand-in.ts'));

type StandIn = typeof import('#tests/support/electron-stand-in.ts');

async function preloaded() {
  vi.resetModules();
  await import('#electron/preload.ts');
  // By its mocked name: the stand-in that the preload script got outlives the reset.
  const { contextBridge, ipcRenderer } = (await import('electron')) as unknown as StandIn;
  const [[name, exposed] = []] = contextBridge.exposeInMainWorld.mock.calls;
  const [[channel, receive] = []] = ipcRenderer.on.mock.calls;
  return { contextBridge, ipcRenderer, name, probity: exposed as Probity, channel, receive };
}

test('exactly window.probity is exposed, with nothing of Electron in it', async () => {
  const { contextBridge, name, probity } = await preloaded();
  expect(contextBridge.exposeInMainWorld).toHaveBeenCalledOnce();
  expect(name).toBe('probity');
  expect(Object.keys(probity)).toEqual(['call', 'subscribe']);
});

test('a call goes to the one channel, and its result comes back', async () => {
  const { ipcRenderer, probity } = await preloaded();
  ipcRenderer.invoke.mockResolvedValue({ ok: true, reply: { secret: 'x' } });
  expect(await probity.call('device.secret', {})).toEqual({ ok: true, reply: { secret: 'x' } });
  expect(ipcRenderer.invoke).toHaveBeenCalledWith('probity', 'device.secret', {});
});

test('events reach subscribers without the IPC event, and the last state reaches late ones', async () => {
  const { ipcRenderer, probity, channel, receive } = await preloaded();
  expect(channel).toBe('probity:event');
  const early = vi.fn();
  const end = probity.subscribe(early);
  receive?.({ sender: ipcRenderer } as never, { type: 'connection', online: true });
  receive?.({ sender: ipcRenderer } as never, { type: 'lock' });
  expect(early.mock.calls).toEqual([[{ type: 'connection', online: true }], [{ type: 'lock' }]]);
  const late = vi.fn();
  probity.subscribe(late);
  expect(late.mock.calls).toEqual([[{ type: 'connection', online: true }]]);
  end();
  receive?.({ sender: ipcRenderer } as never, { type: 'lock' });
  expect(early).toHaveBeenCalledTimes(2);
});
