import swagger from '@fastify/swagger';
import { z } from 'zod';
import { problemSchema } from '#shared/sync/problem.ts';
import type { App } from './app.ts';

/** For `response` of every route: what it answers when it refuses. */
export const refusals = {
  '4xx': { description: 'Refused', content: { 'application/problem+json': { schema: problemSchema } } },
  '5xx': { description: 'Failed', content: { 'application/problem+json': { schema: problemSchema } } },
} as const;

/** For routes whose requests are signed (docs/protocol.md). */
export const signed = [{ request: [] }];

const description =
  'The central endpoint of Probity. It orders and keeps what units write, and cannot read it. ' +
  'Signed requests carry `authorization: Probity <token>`; docs/protocol.md says how a token is made.';

/** OpenAPI 3.1 from the zod schemas that the routes parse with. Call before the routes are added. */
export async function describeApi(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Probity endpoint', version: '1', description },
      components: { securitySchemes: { request: { type: 'apiKey', in: 'header', name: 'authorization' } } },
    },
    transform: ({ schema, url }) => ({ schema: toJsonSchemas(schema as object) as never, url }),
  });
}

/** Replaces each zod schema in a route's schema, however deep. */
function toJsonSchemas(value: unknown): unknown {
  if (value instanceof z.ZodType) return toJsonSchema(value);
  if (Array.isArray(value)) return value.map(toJsonSchemas);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toJsonSchemas(part)]));
}

/** Of the input side, as that is what travels: parsing only adds type names to it. */
function toJsonSchema(schema: z.ZodType): object {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: 'input',
    unrepresentable: 'any',
  });
  return json;
}
