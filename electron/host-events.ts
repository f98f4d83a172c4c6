import type { BrowserWindow } from 'electron';
import { channels } from '#shared/bridge/channels.ts';
import type { HostEvent } from '#shared/bridge/contract.ts';
import type { Host } from './host/host.ts';

export type SendToWindow = (event: HostEvent) => void;

/** Passes the host's events to the window. A page that was just loaded is told how things stand. */
export function setupHostEvents(host: Host, window: BrowserWindow): SendToWindow {
  const send: SendToWindow = (event) => {
    if (!window.isDestroyed()) window.webContents.send(channels.event, event);
  };
  let end: (() => void) | null = null;
  window.webContents.on('did-finish-load', () => {
    end?.();
    end = host.subscribe(send);
  });
  return send;
}
