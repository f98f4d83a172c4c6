import { app, type WebContents } from 'electron';
import { windowUrl } from './origin.ts';

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

/** With these whoever starts the application could look into its window, or send its traffic elsewhere. */
const refused = [
  ...['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address', 'remote-allow-origins'],
  ...['auto-open-devtools-for-tabs', 'load-extension', 'disable-web-security', 'allow-file-access-from-files'],
  ...['proxy-server', 'proxy-pac-url', 'host-rules', 'host-resolver-rules', 'ignore-certificate-errors', 'js-flags'],
  'ssl-key-log-file',
];

/** What is installed takes none of them; `npm start` and tests may. Before the app is ready. */
export function setupSwitches(isPackaged: boolean): void {
  if (!isPackaged) return;
  for (const name of refused) app.commandLine.removeSwitch(name);
}

/** Before the app is ready. The crash reporter is off by never being started. */
export function setupHardening(): void {
  app.enableSandbox();
  for (const [name, value] of switches) app.commandLine.appendSwitch(name, value);
}

/** The window stays where it is: no other page, no second window, no embedded page. Holds for all contents to come. */
export function setupNavigation(): void {
  app.on('web-contents-created', (_event, contents) => denyNavigation(contents));
}

function denyNavigation(contents: WebContents): void {
  contents.on('will-frame-navigate', (event) => {
    const { isMainFrame, url } = event;
    if (!(isMainFrame && isWindow(url))) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // No local addresses through WebRTC, which no policy header covers.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/** Reloading, and moving within the page, are allowed. */
function isWindow(address: string): boolean {
  const url = URL.parse(address);
  if (!url) return false;
  return `${url.protocol}//${url.host}${url.pathname}` === windowUrl;
}
