import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { channels } from '#shared/bridge/channels.ts';
import type { CallFailure, HostEvent } from '#shared/bridge/contract.ts';
import type { Host } from './host/host.ts';
import { appOrigin } from './origin.ts';

/** Only the Probity window may ask. */
const foreignSender: CallFailure = { code: 'foreign-sender', params: {}, retry: false };

/** The one way from the window into main. Who asks is checked here; what is asked, by the host. */
export function setupIpcGate(host: Host, window: BrowserWindow): void {
  ipcMain.handle(channels.call, (event, name: unknown, request: unknown) =>
    isOwnWindow(event, window) ? host.handle(name, request) : { ok: false, failure: foreignSender },
  );
}

function isOwnWindow({ sender, senderFrame }: IpcMainInvokeEvent, window: BrowserWindow): boolean {
  if (window.isDestroyed() || sender !== window.webContents) return false;
  return senderFrame !== null && senderFrame === window.webContents.mainFrame && senderFrame.origin === appOrigin;
}

export type SendToWindow = (event: HostEvent) => void;

/** Passes the host's events to the window. A page that was just loaded is told how things stand. */
export function setupHostEvents(host: Host, window: BrowserWindow): SendToWindow {
  const send: SendToWindow = (event) => {
    if (!window.isDestroyed() && !window.webContents.isCrashed()) window.webContents.send(channels.event, event);
  };
  let end: (() => void) | null = null;
  window.webContents.on('did-finish-load', () => {
    end?.();
    end = host.subscribe(send);
  });
  return send;
}
