import { z } from 'zod';
import { mostSealedChunk } from '#shared/crypto/chunks.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { App } from '../http/app.ts';
import { bodyBytes, parseByteBodies } from '../http/body-parsers.ts';
import { refusals, signed } from '../http/openapi.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import { blobParams } from './params.ts';

const url = '/v1/units/:unit/blobs/:digest';
const type = 'application/octet-stream';
const asBytes = { content: { [type]: { schema: z.string().meta({ format: 'binary' }) } } };

/** Sealed chunks, named by the SHA-256 of their bytes. In a scope of their own: here a body is bytes, not JSON. */
export function blobRoutes(app: App, { storage, limits }: Service): void {
  const config = { access: 'workstation', rateLimit: { max: limits.workstation } } as const;
  const common = { security: signed, params: blobParams };
  parseByteBodies(app, type);

  const put = {
    ...common,
    consumes: [type],
    body: bodyBytes,
    response: { 204: z.undefined(), ...refusals },
  };
  app.put(
    url,
    { config, schema: { summary: 'Keep a sealed chunk', ...put }, bodyLimit: mostSealedChunk },
    async (request, reply) => {
      const { unit, digest } = request.params;
      if ((await digestOf(request.body)) !== digest) {
        throw new Refusal('digest-mismatch', 'The SHA-256 of these bytes is another.');
      }
      await storage.putBlob(unit, digest, request.body);
      return reply.code(204).send();
    },
  );

  const get = { ...common, response: { 200: { description: 'The chunk', ...asBytes }, ...refusals } };
  app.get(
    url,
    { config, schema: { summary: 'A sealed chunk', ...get } },
    async ({ params: { unit, digest } }, reply) => {
      const blob = await storage.blob(unit, digest);
      if (!blob) throw new Refusal('blob-unknown', 'There is no blob of this name in this unit.');
      return reply.type(type).send(Buffer.from(blob) as never);
    },
  );
}
