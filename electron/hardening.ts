import { app } from 'electron';

/** Chromium writes caches, shaders and crash dumps to disk unless told not to; a dump would hold plaintext and keys. */
const switches: readonly (readonly [name: string, value?: string])[] = [
  ['disable-http-cache'],
  // Bytes. 0 would mean "choose for me".
  ['disk-cache-size', '1'],
  ['media-cache-size', '1'],
  ['disable-gpu-shader-disk-cache'],
  ['disable-breakpad'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
];

/** Before the app is ready. The crash reporter is off by never being started. */
export function setupHardening(): void {
  app.enableSandbox();
  for (const [name, value] of switches) app.commandLine.appendSwitch(name, value);
}
