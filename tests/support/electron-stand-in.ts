import { EventEmitter } from 'node:events';
import { vi } from 'vitest';

/**
 * Stands in for the `electron` module where its binary is not: `vi.mock('electron', () => import('.../electron-stand-in.ts'))`.
 * Each piece is typed by what it stands in for, so that it does not compile once Electron changes underneath.
 */
type Electron = typeof import('electron');
type App = Electron['app'];
type Session = import('electron').Session;
type WebContents = import('electron').WebContents;
type BrowserWindowOptions = import('electron').BrowserWindowConstructorOptions;

const appEvents = new EventEmitter();
export const app = {
  isPackaged: false as boolean,
  configureHostResolver: vi.fn<App['configureHostResolver']>(),
  enableSandbox: vi.fn<App['enableSandbox']>(),
  exit: vi.fn<App['exit']>(),
  getPath: vi.fn<App['getPath']>((name) => `/stand-in/${name}`),
  getVersion: vi.fn<App['getVersion']>(() => '9.9.9'),
  quit: vi.fn<App['quit']>(),
  requestSingleInstanceLock: vi.fn<App['requestSingleInstanceLock']>(() => true),
  setPath: vi.fn<App['setPath']>(),
  whenReady: vi.fn<App['whenReady']>(() => new Promise(() => undefined)),
  on: appEvents.on.bind(appEvents) as unknown as App['on'],
  emit: appEvents.emit.bind(appEvents) as App['emit'],
  removeAllListeners: appEvents.removeAllListeners.bind(appEvents) as unknown as App['removeAllListeners'],
  commandLine: {
    appendSwitch: vi.fn<App['commandLine']['appendSwitch']>(),
    removeSwitch: vi.fn<App['commandLine']['removeSwitch']>(),
  } satisfies Partial<App['commandLine']>,
} satisfies Partial<Omit<App, 'commandLine'>> & { commandLine: object };

export class StandInWebContents extends EventEmitter {
  readonly forcefullyCrashRenderer = vi.fn<WebContents['forcefullyCrashRenderer']>();
  readonly isCrashed = vi.fn<WebContents['isCrashed']>(() => false);
  readonly mainFrame = { origin: 'app://probity' } as WebContents['mainFrame'];
  readonly send = vi.fn<WebContents['send']>();
  readonly setWebRTCIPHandlingPolicy = vi.fn<WebContents['setWebRTCIPHandlingPolicy']>();
  readonly setWindowOpenHandler = vi.fn<WebContents['setWindowOpenHandler']>();
}

type Window = InstanceType<Electron['BrowserWindow']>;

export class BrowserWindow extends EventEmitter {
  static readonly made: BrowserWindow[] = [];
  static readonly getAllWindows = (): readonly BrowserWindow[] => BrowserWindow.made;
  readonly options: BrowserWindowOptions;
  readonly webContents = new StandInWebContents();
  readonly focus = vi.fn<Window['focus']>();
  readonly hide = vi.fn<Window['hide']>();
  readonly isFocused = vi.fn<Window['isFocused']>(() => true);
  readonly isVisible = vi.fn<Window['isVisible']>(() => true);
  readonly isDestroyed = vi.fn<Window['isDestroyed']>(() => false);
  readonly isMinimized = vi.fn<Window['isMinimized']>(() => false);
  readonly loadURL = vi.fn<Window['loadURL']>(async () => undefined);
  readonly restore = vi.fn<Window['restore']>();
  readonly setContentProtection = vi.fn<Window['setContentProtection']>();
  readonly setMenuBarVisibility = vi.fn<Window['setMenuBarVisibility']>();
  readonly show = vi.fn<Window['show']>();
  readonly showInactive = vi.fn<Window['showInactive']>();

  constructor(options: BrowserWindowOptions) {
    super();
    this.options = options;
    BrowserWindow.made.push(this);
  }
}

/** What product code, typed by the real module, may be given. */
export const asWindow = (window: BrowserWindow): Window => window as unknown as Window;

export class StandInSession extends EventEmitter {
  readonly fetch = vi.fn<Session['fetch']>();
  readonly protocol = { handle: vi.fn<Session['protocol']['handle']>() };
  readonly setDevicePermissionHandler = vi.fn<Session['setDevicePermissionHandler']>();
  readonly setDisplayMediaRequestHandler = vi.fn<Session['setDisplayMediaRequestHandler']>();
  readonly setPermissionCheckHandler = vi.fn<Session['setPermissionCheckHandler']>();
  readonly setPermissionRequestHandler = vi.fn<Session['setPermissionRequestHandler']>();
  readonly setSpellCheckerEnabled = vi.fn<Session['setSpellCheckerEnabled']>();
  readonly setSpellCheckerLanguages = vi.fn<Session['setSpellCheckerLanguages']>();
  readonly webRequest = {
    onBeforeRequest:
      vi.fn<
        (
          filter: import('electron').WebRequestFilter,
          listener: (
            details: Partial<import('electron').OnBeforeRequestListenerDetails>,
            answer: (response: import('electron').CallbackResponse) => void,
          ) => void,
        ) => void
      >(),
  };
}

export const asSession = (standIn: StandInSession): Session => standIn as unknown as Session;

export const windowSession = new StandInSession();
export const session = {
  fromPartition: vi.fn<Electron['session']['fromPartition']>(() => asSession(windowSession)),
};

export const protocol = {
  registerSchemesAsPrivileged: vi.fn<Electron['protocol']['registerSchemesAsPrivileged']>(),
} satisfies Partial<Electron['protocol']>;

type SafeStorage = Electron['safeStorage'];
/** Turns each byte over: neither readable nor safe, and enough to tell sealed from open. */
const turned = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0xff));
export const safeStorage = {
  getSelectedStorageBackend: vi.fn<SafeStorage['getSelectedStorageBackend']>(() => 'gnome_libsecret'),
  isAsyncEncryptionAvailable: vi.fn<SafeStorage['isAsyncEncryptionAvailable']>(async () => true),
  encryptStringAsync: vi.fn<SafeStorage['encryptStringAsync']>(async (text) => turned(Buffer.from(text))),
  decryptStringAsync: vi.fn<SafeStorage['decryptStringAsync']>(async (sealed) => ({
    result: turned(sealed).toString(),
    shouldReEncrypt: false,
  })),
} satisfies Partial<SafeStorage>;

type Clipboard = Electron['clipboard'];
const standInClipboard = () =>
  ({
    readText: vi.fn<Clipboard['readText']>(async () => ''),
    clear: vi.fn<Clipboard['clear']>(),
  }) satisfies Partial<Clipboard>;
export const clipboard = { ...standInClipboard(), selection: standInClipboard() };

export const ipcMain = { handle: vi.fn<Electron['ipcMain']['handle']>() };
export const ipcRenderer = {
  invoke: vi.fn<Electron['ipcRenderer']['invoke']>(async () => undefined),
  on: vi.fn<Electron['ipcRenderer']['on']>(),
};
export const contextBridge = { exposeInMainWorld: vi.fn<Electron['contextBridge']['exposeInMainWorld']>() };
export const dialog = {
  showErrorBox: vi.fn<Electron['dialog']['showErrorBox']>(),
  showMessageBox: vi.fn<
    (window: Window, options: import('electron').MessageBoxOptions) => Promise<import('electron').MessageBoxReturnValue>
  >(async () => ({ response: 0, checkboxChecked: false })),
};
export const powerMonitor = new EventEmitter();

export const Menu = {
  buildFromTemplate: vi.fn<Electron['Menu']['buildFromTemplate']>(
    (template) => ({ items: template }) as unknown as import('electron').Menu,
  ),
  setApplicationMenu: vi.fn<Electron['Menu']['setApplicationMenu']>(),
};
