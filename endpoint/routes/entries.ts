import { z } from 'zod';
import { type Seen, seenNothing, seenSchema } from '#shared/log/seen.ts';
import { cborType, formatPage, mostEntries, mostPushMessage, parsePush, pushReplySchema } from '#shared/sync/wire.ts';
import type { App } from '../http/app.ts';
import { bodyBytes, parseByteBodies } from '../http/body-parsers.ts';
import { refusals, signed } from '../http/openapi.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import { pushEntries } from '../unit-log/push-entries.ts';
import { readPage } from '../unit-log/read-page.ts';
import { unitParams, wholeNumber } from './params.ts';

const url = '/v1/units/:unit/entries';

const pageQuery = z.strictObject({
  after: wholeNumber(0, Number.MAX_SAFE_INTEGER),
  limit: wholeNumber(1, mostEntries).optional(),
  /** The last checkpoint that the reader has, where they have one: from it the endpoint sees whether it was set back. */
  size: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional(),
  root: z.string().optional(),
  time: wholeNumber(0, Number.MAX_SAFE_INTEGER).optional(),
  signature: z.string().optional(),
});

/** Nothing, where the reader says none. Refuses parts of one. */
function parseSeen({ size, root, time, signature }: z.output<typeof pageQuery>): Seen {
  const given = [size, root, time, signature].filter((part) => part !== undefined);
  if (given.length === 0) return seenNothing;
  const seen = seenSchema.safeParse({ size, root, time, signature });
  if (!seen.success) throw new Refusal('request-malformed', 'A checkpoint has a size, a root, a time and a signature.');
  return seen.data;
}

const page = {
  description: 'CBOR (docs/protocol.md): entries, checkpoint, end',
  content: { [cborType]: { schema: z.string().meta({ format: 'binary' }) } },
};
const pushBody = bodyBytes.meta({ type: 'string', format: 'binary', description: 'CBOR (docs/protocol.md): entries' });

/** In a scope of their own: here a body is CBOR, not JSON. */
export function entryRoutes(app: App, service: Service): void {
  const { limits } = service;
  const config = { access: 'workstation', rateLimit: { max: limits.workstation } } as const;
  const common = { security: signed, params: unitParams };
  parseByteBodies(app, cborType);

  const pull = { ...common, querystring: pageQuery, response: { 200: page, ...refusals } };
  app.get(url, { config, schema: { summary: 'A page of the log', ...pull } }, async (request, reply) => {
    const { after, limit = mostEntries } = request.query;
    const read = await readPage(service, request.params.unit, { after, limit, seen: parseSeen(request.query) });
    request.counts = { entries: read.entries.length };
    return reply.type(cborType).send(formatPage(read) as never);
  });

  const push = { ...common, consumes: [cborType], body: pushBody, response: { 200: pushReplySchema, ...refusals } };
  const schema = { summary: 'Append entries: all or none', ...push };
  app.post(url, { config, schema, bodyLimit: mostPushMessage }, async (request) => {
    const pushed = parsePush(request.body);
    if (!pushed) throw new Refusal('request-malformed', `The body is not CBOR of 1 to ${mostEntries} entries.`);
    request.counts = { entries: pushed.entries.length };
    return { accepted: await pushEntries(service, request.params.unit, pushed.entries) };
  });
}
