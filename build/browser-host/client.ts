/**
 * Defines `window.probity` over the browser host's WebSocket. Bundled, and the first script of the page. It parses
 * nothing: the server is this computer's own, and the vault verifies whatever it stores.
 */
import type { CallFailure, CallName, CallResult, Probity } from '#shared/bridge/contract.ts';
import { createEventRelay } from '#shared/bridge/event-relay.ts';
import { fromCbor, toCbor } from '#shared/crypto/cbor.ts';
import type { Bytes } from '#shared/crypto/encoding.ts';
import type { CallFrame, HostFrame } from './frames.ts';
import { socketPath, subprotocol, wrongToken } from './wire.ts';

type Settle = (result: CallResult<CallName>) => void;

const pauseBeforeReconnecting = 1_000;
const tokenKey = 'probity-token';

/** The program behind the window does not answer. */
const unreachable: CallFailure = { code: 'host-unreachable', params: {}, retry: true };
/** It was started again since the page was opened. */
const otherRun: CallFailure = { code: 'host-restarted', params: {}, retry: false };

const relay = createEventRelay();
const waiting = new Map<number, Settle>();
const token = takeToken();
let lastId = 0;
let refused = false;
let socket: WebSocket | null = null;
/** Frames to send once the socket opens. */
let queue: Bytes[] = [];

const probity: Probity = {
  call: (name, request) =>
    new Promise<CallResult<CallName>>((settle) => {
      if (!socket) {
        settle({ ok: false, failure: refused ? otherRun : unreachable });
        return;
      }
      lastId += 1;
      const frame = toCbor({ id: lastId, name, request } satisfies CallFrame);
      waiting.set(lastId, settle);
      if (socket.readyState === WebSocket.OPEN) socket.send(frame);
      else queue.push(frame);
      // The server answers a call with that call's result.
    }) as Promise<CallResult<typeof name>>,
  subscribe: (listener) => relay.subscribe(listener),
};
Object.defineProperty(window, 'probity', { value: Object.freeze(probity) });
connect();

function connect(): void {
  const opening = new WebSocket(`ws://${location.host}${socketPath}`, [subprotocol, token]);
  socket = opening;
  opening.binaryType = 'arraybuffer';
  opening.onopen = () => {
    for (const frame of queue) opening.send(frame);
    queue = [];
  };
  opening.onmessage = ({ data }) => receive(fromCbor(new Uint8Array(data)) as HostFrame);
  opening.onclose = ({ code }) => {
    socket = null;
    queue = [];
    refused = code === wrongToken;
    relay.publish({ type: 'connection', online: false });
    failAll(refused ? otherRun : unreachable);
    if (!refused) setTimeout(connect, pauseBeforeReconnecting);
  };
}

function receive(frame: HostFrame): void {
  if ('event' in frame) {
    relay.publish(frame.event);
  } else {
    waiting.get(frame.id)?.(frame.result);
    waiting.delete(frame.id);
  }
}

function failAll(failure: CallFailure): void {
  const unanswered = [...waiting.values()];
  waiting.clear();
  for (const settle of unanswered) settle({ ok: false, failure });
}

/** From the address, which then shows it no longer; kept for this tab, so that reloading works. */
function takeToken(): string {
  const given = /^#token=([\w-]{43})$/.exec(location.hash)?.[1];
  if (given) {
    sessionStorage.setItem(tokenKey, given);
    history.replaceState(null, '', location.pathname);
  }
  // An empty subprotocol is a syntax error; any other wrong token is refused by the server.
  return given ?? sessionStorage.getItem(tokenKey) ?? 'none';
}
