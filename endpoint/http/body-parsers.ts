import type { FastifyRequest } from 'fastify';
import { type Bytes, fromUtf8 } from '#shared/crypto/encoding.ts';
import type { App } from './app.ts';
import { Refusal } from './problems.ts';

type Done = (error: Error | null, body?: unknown) => void;

/** JSON that keeps its bytes, for the signature covers them. Keys that would poison a prototype are refused. */
export function parseJsonBodies(app: App): void {
  app.removeAllContentTypeParsers();
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done: Done) => {
    keep(request, body);
    let text: string;
    try {
      text = fromUtf8(body);
    } catch {
      done(new Refusal('json-malformed', 'The body is not UTF-8.'));
      return;
    }
    // It answers through `done`, whatever its type says.
    void parseJson(request, text, done);
  });
}

export function parseByteBodies(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (request, body: Buffer, done: Done) => {
    keep(request, body);
    done(null, request.rawBody);
  });
}

function keep(request: FastifyRequest, body: Buffer): void {
  request.rawBody = new Uint8Array(body) as Bytes;
}
