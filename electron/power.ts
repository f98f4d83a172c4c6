import { powerMonitor } from 'electron';
import type { SendToWindow } from './host-events.ts';

/** Whoever returns to a computer that slept, or whose screen was locked, unlocks Probity again. */
export function setupPower(send: SendToWindow): void {
  const lock = () => send({ type: 'lock' });
  powerMonitor.on('suspend', lock);
  powerMonitor.on('lock-screen', lock);
  powerMonitor.on('shutdown', lock);
  // Another person's session comes to the front (Windows, macOS).
  powerMonitor.on('user-did-resign-active', lock);
}
