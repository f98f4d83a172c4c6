import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { verifyRequest } from '#shared/sync/request-token.ts';

export interface Heard {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly type: string | undefined;
  readonly accept: string | undefined;
  readonly body: Buffer;
  /** Public key of the device that signed it; null when the token does not fit the request. */
  readonly device: string | null;
}

export type Answer = (heard: Heard, response: ServerResponse) => void;

/** A loopback server that answers as told, and checks each request's token as the real endpoint does. */
export async function stubEndpoint(answer: Answer) {
  const heard: Heard[] = [];
  const stub = { answer };
  const server = createServer(async (request, response) => {
    const one = await hear(request);
    heard.push(one);
    stub.answer(one, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, heard, reply: (next: Answer) => Object.assign(stub, { answer: next }) };
}

async function hear(request: IncomingMessage): Promise<Heard> {
  const body = Buffer.concat(await request.toArray());
  const { method = '', url: path = '', headers } = request;
  const token = headers.authorization?.match(/^Probity (.+)$/)?.[1] ?? '';
  const signed = { method: method as 'GET', path, body: new Uint8Array(body) };
  const proof = await verifyRequest(token, signed, Date.now());
  const { 'content-type': type, accept } = headers;
  return { method, path, type, accept, body, device: proof.ok ? proof.value.device : null };
}

export const sendJson =
  (value: unknown, status = 200, type = 'application/json'): Answer =>
  (_, response) => {
    response.writeHead(status, { 'content-type': type }).end(JSON.stringify(value));
  };

export const sendBytes =
  (bytes: Uint8Array, type: string): Answer =>
  (_, response) => {
    response.writeHead(200, { 'content-type': type }).end(bytes);
  };

export const sendProblem = (status: number, code: string, detail: string): Answer =>
  sendJson({ type: `urn:${code}`, title: code, status, code, detail }, status, 'application/problem+json');
