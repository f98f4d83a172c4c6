import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Host } from '#electron/host/host.ts';
import { fromCbor, toCbor } from '#shared/crypto/cbor.ts';
import { mostPushMessage } from '#shared/sync/wire.ts';
import { type CallFrame, callFrameSchema, type HostFrame } from './frames.ts';
import type { Guard } from './guard.ts';
import { socketPath, subprotocol, wrongToken } from './wire.ts';

/** Bytes of the largest call, which is a push, with room for what goes around it. */
const mostMessage = mostPushMessage + 64 * 1024;
const mostRunning = 64;
/** WebSocket close code (RFC 6455 section 7.4.1): the peer broke the rules. */
const policyViolation = 1008;

/** Forwards the bridge's contract over WebSockets, each with its own calls and its own subscription. */
export function attachSocketBridge(server: Server, host: Host, guard: Guard): { close(): void } {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: mostMessage,
    perMessageDeflate: false,
    // The token is never echoed.
    handleProtocols: () => subprotocol,
  });
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    // An error that nobody listens for would end this process: a refused peer may reset its connection at any time.
    stream.on('error', () => undefined);
    if (request.url !== socketPath || !guard.isOwnHost(request) || !guard.isOwnOrigin(request)) {
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      // The socket closes itself after an error, such as a message over the limit or, from anybody, a bad frame.
      socket.on('error', () => undefined);
      // A failed handshake would look like a host that is down; this code tells the page to stop trying.
      if (guard.hasToken(request)) serve(socket, host);
      else socket.close(wrongToken);
    });
  });
  return {
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

function serve(socket: WebSocket, host: Host): void {
  const running = new Set<number>();
  const send = (frame: HostFrame) => {
    if (socket.readyState === socket.OPEN) socket.send(toCbor(frame));
  };

  async function answer({ id, name, request }: CallFrame): Promise<void> {
    running.add(id);
    const result = await host.handle(name, request);
    running.delete(id);
    send({ id, result });
  }

  socket.on('message', (data, isBinary) => {
    // A Buffer, as long as nobody sets the socket's `binaryType`.
    const frame = isBinary ? parseFrame(data as Buffer) : null;
    if (!frame || running.has(frame.id) || running.size >= mostRunning) socket.close(policyViolation);
    else void answer(frame);
  });
  socket.once(
    'close',
    host.subscribe((event) => send({ event })),
  );
}

function parseFrame(data: Buffer): CallFrame | null {
  try {
    return callFrameSchema.safeParse(fromCbor(data)).data ?? null;
  } catch {
    return null;
  }
}
