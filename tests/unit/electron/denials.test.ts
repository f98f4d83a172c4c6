import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { setupNavigation } from '#electron/hardening.ts';
import { setupSession, setupSpelling } from '#electron/session.ts';
import {
  app,
  asSession,
  StandInSession,
  StandInWebContents,
  session,
  windowSession,
} from '#tests/support/electron-stand-in.ts';

vi.mock('electron', () => import('#tests/support/electron-stand-in.ts'));
afterEach(() => app.removeAllListeners());

describe('navigation', () => {
  function contents() {
    setupNavigation();
    const made = new StandInWebContents();
    app.emit('web-contents-created', {}, made);
    return made;
  }
  const prevented = (made: StandInWebContents, event: string, details: object) => {
    const preventDefault = vi.fn();
    made.emit(event, { ...details, preventDefault });
    return preventDefault.mock.calls.length > 0;
  };

  const allowed = ['app://probity/', 'app://probity/#queue', 'app://probity/?a'];
  test.each(allowed)('the main frame may stay at %s', (url) => {
    expect(prevented(contents(), 'will-frame-navigate', { isMainFrame: true, url })).toBe(false);
  });

  const elsewhere = [
    'https://example.com/',
    'app://probity.example.com/',
    'app://other/',
    'app://probity/assets/x.js',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'about:blank',
    'blob:app://probity/5f0c7f4e',
    '',
  ];
  test.each(elsewhere)('the main frame may not go to "%s"', (url) => {
    expect(prevented(contents(), 'will-frame-navigate', { isMainFrame: true, url })).toBe(true);
  });

  test('no other frame may go anywhere', () => {
    expect(prevented(contents(), 'will-frame-navigate', { isMainFrame: false, url: 'app://probity/' })).toBe(true);
  });

  test.each(['will-redirect', 'will-attach-webview'])('%s is prevented', (event) => {
    expect(prevented(contents(), event, {})).toBe(true);
  });

  test('no second window opens', () => {
    const [handler] = contents().setWindowOpenHandler.mock.calls[0] ?? [];
    expect(handler?.({ url: 'app://probity/' } as never)).toEqual({ action: 'deny' });
  });

  test('WebRTC tells no addresses', () => {
    expect(contents().setWebRTCIPHandlingPolicy).toHaveBeenCalledWith('disable_non_proxied_udp');
  });
});

test('no session that is made, Electron’s own included, has a language to fetch a dictionary for', () => {
  setupSpelling();
  const made = new StandInSession();
  app.emit('session-created', asSession(made));
  expect(made.setSpellCheckerLanguages).toHaveBeenCalledWith([]);
  expect(made.setSpellCheckerEnabled).toHaveBeenCalledWith(false);
});

describe('the session of the window', () => {
  beforeEach(() => {
    setupSession();
  });
  afterEach(() => windowSession.removeAllListeners());

  test('persists, without an HTTP cache', () => {
    expect(session.fromPartition).toHaveBeenCalledWith('persist:probity', { cache: false });
  });

  test('grants no permission, whatever is asked', () => {
    const [request] = windowSession.setPermissionRequestHandler.mock.calls[0] ?? [];
    const answer = vi.fn();
    for (const permission of ['media', 'geolocation', 'clipboard-read', 'notifications', 'unknown'] as const) {
      request?.({} as never, permission as never, answer, {} as never);
    }
    expect(answer.mock.calls).toEqual(Array(5).fill([false]));
    const [check] = windowSession.setPermissionCheckHandler.mock.calls[0] ?? [];
    expect(check?.(null, 'media', 'app://probity', {} as never)).toBe(false);
    const [device] = windowSession.setDevicePermissionHandler.mock.calls[0] ?? [];
    expect(device?.({} as never)).toBe(false);
    const [display] = windowSession.setDisplayMediaRequestHandler.mock.calls[0] ?? [];
    const streams = vi.fn();
    display?.({} as never, streams);
    expect(streams).toHaveBeenCalledWith({});
  });

  test('downloads nothing', () => {
    const preventDefault = vi.fn();
    windowSession.emit('will-download', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  test('reaches no network and no file', () => {
    const [filter, listener] = windowSession.webRequest.onBeforeRequest.mock.calls[0] ?? [];
    expect(filter?.urls).toEqual(
      expect.arrayContaining(['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'file:///*']),
    );
    const answer = vi.fn();
    listener?.({ url: 'https://example.com/' }, answer);
    expect(answer).toHaveBeenCalledWith({ cancel: true });
  });
});
