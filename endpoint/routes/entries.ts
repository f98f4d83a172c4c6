import { z } from 'zod';
import { signedHeadSchema } from '#shared/log/head.ts';
import { cborType, formatPage, mostEntries, mostPushMessage, parsePush, pushReplySchema } from '#shared/sync/wire.ts';
import type { App } from '../http/app.ts';
import { bodyBytes, parseByteBodies } from '../http/body-parsers.ts';
import { refusals, signed } from '../http/openapi.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import { pushEntries } from '../unit-log/push-entries.ts';
import { headOf, readPage } from '../unit-log/read-page.ts';
import { unitParams, wholeNumber } from './params.ts';

const url = '/v1/units/:unit/entries';

const pageQuery = z.strictObject({
  after: wholeNumber(0, Number.MAX_SAFE_INTEGER),
  limit: wholeNumber(1, mostEntries).optional(),
});

const page = {
  description: 'CBOR (docs/protocol.md): entries, head, end',
  content: { [cborType]: { schema: z.string().meta({ format: 'binary' }) } },
};
const pushBody = bodyBytes.meta({ type: 'string', format: 'binary', description: 'CBOR (docs/protocol.md): entries' });

/** In a scope of their own: here a body is CBOR, not JSON. */
export function entryRoutes(app: App, service: Service): void {
  const { storage, signingKey, clock, limits } = service;
  const config = { access: 'workstation', rateLimit: { max: limits.workstation } } as const;
  const common = { security: signed, params: unitParams };
  parseByteBodies(app, cborType);

  const pull = { ...common, querystring: pageQuery, response: { 200: page, ...refusals } };
  app.get(url, { config, schema: { summary: 'A page of the log', ...pull } }, async (request, reply) => {
    const { after, limit = mostEntries } = request.query;
    const read = await readPage(storage, request.params.unit, { after, limit }, signingKey, clock);
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

export function headRoute(app: App, { storage, signingKey, clock, limits }: Service): void {
  const config = { access: 'workstation', rateLimit: { max: limits.workstation } } as const;
  const schema = {
    summary: 'The signed head of the log',
    security: signed,
    params: unitParams,
    response: { 200: z.strictObject({ head: signedHeadSchema }), ...refusals },
  };
  app.get('/v1/units/:unit/head', { config, schema }, async ({ params: { unit } }) => ({
    head: await headOf(unit, await storage.log(unit), signingKey, clock),
  }));
}
