/** Exposes `window.probity` and nothing else. Runs sandboxed; what it passes on is parsed by main. */
import { contextBridge, ipcRenderer } from 'electron';
import { channels } from '#shared/bridge/channels.ts';
import type { HostEvent, Probity } from '#shared/bridge/contract.ts';
import { createEventRelay } from '#shared/bridge/event-relay.ts';

const relay = createEventRelay();
// The IPC event itself, through which a page could reach further channels, never leaves this file.
ipcRenderer.on(channels.event, (_event, event: HostEvent) => relay.publish(event));

const probity: Probity = {
  call: (name, request) => ipcRenderer.invoke(channels.call, name, request),
  subscribe: (listener) => relay.subscribe(listener),
};
contextBridge.exposeInMainWorld('probity', probity);
