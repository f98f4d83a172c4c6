/**
 * Development and tests only, never packaged: serves the built workbench on loopback, with the same policy as Electron,
 * and forwards the same contract over a WebSocket guarded by a random token.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Host } from '#electron/host/host.ts';
import { listWindowFiles, type WindowFiles } from '#electron/window-files.ts';
import { randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import { bundleClient } from './bundle-client.ts';
import { createGuard, type Guard } from './guard.ts';
import { attachSocketBridge } from './socket-bridge.ts';
import { clientPath } from './wire.ts';

const loopback = '127.0.0.1';

export interface BrowserHostOptions {
  /** Closed together with the server. */
  readonly host: Host;
  /** 0 for any free one. A browser keeps what it stores by port, so a profile wants the same one each time. */
  readonly port: number;
  /** The built workbench: dist/renderer. */
  readonly rendererDir: string;
}

export interface BrowserHost {
  /** With the token. */
  readonly url: string;
  close(): Promise<void>;
}

/** @throws NodeJS.ErrnoException EADDRINUSE when the port is taken */
export async function startBrowserHost({ host, port, rendererDir }: BrowserHostOptions): Promise<BrowserHost> {
  // All that may fail comes before the port is taken.
  const [client, openFiles] = await Promise.all([bundleClient(), listWindowFiles(rendererDir)]);
  const server = createServer();
  server.listen(port, loopback);
  await once(server, 'listening');

  const authority = `${loopback}:${(server.address() as AddressInfo).port}`;
  const token = toBase64url(randomBytes(32));
  const guard = createGuard(authority, token);
  const files = openFiles({ connect: `ws://${authority}`, head: `<script src="${clientPath}"></script>` });
  const answer = withClient(files, client);
  server.on('request', (request, response) => void respond(request, response, guard, answer));
  const bridge = attachSocketBridge(server, host, guard);

  return {
    url: `http://${authority}/#token=${token}`,
    async close() {
      host.close();
      bridge.close();
      await closeServer(server);
    },
  };
}

/** The client script is served like a file of the workbench, with the same headers. */
const withClient =
  (files: WindowFiles, client: string): WindowFiles =>
  async (pathname) => {
    const answer = await files(pathname);
    if (pathname !== clientPath) return answer;
    const headers = { ...answer.headers, 'content-type': 'text/javascript; charset=utf-8' };
    return { status: 200, headers, body: client };
  };

async function respond(request: IncomingMessage, response: ServerResponse, guard: Guard, files: WindowFiles) {
  const refuse = (status: number) => response.writeHead(status).end();
  if (!guard.isOwnHost(request)) return refuse(403);
  if (request.method !== 'GET') return refuse(405);
  // A file that a rebuild took away is not there any more.
  const file = await files(request.url?.split('?')[0] ?? '').catch(() => null);
  return file ? response.writeHead(file.status, file.headers).end(file.body) : refuse(404);
}

async function closeServer(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
