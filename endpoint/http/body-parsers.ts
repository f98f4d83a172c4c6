import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
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

/** For a scope in which every body is bytes of one type: what they hold is for its routes to say. */
export function parseByteBodies(app: App, type: string): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(type, { parseAs: 'buffer' }, (request, body: Buffer, done: Done) => {
    keep(request, body);
    done(null, request.rawBody);
  });
}

/** A body of such a scope. */
export const bodyBytes = z.custom<Bytes>((value) => value instanceof Uint8Array && value.length > 0);

function keep(request: FastifyRequest, body: Buffer): void {
  request.rawBody = new Uint8Array(body) as Bytes;
}
