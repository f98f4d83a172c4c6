import { z } from 'zod';
import { signedHeadSchema } from '#shared/log/head.ts';
import { mostEntries, pageSchema, pushReplySchema, pushSchema } from '#shared/sync/wire.ts';
import type { App } from '../http/app.ts';
import { refusals, signed } from '../http/openapi.ts';
import type { Service } from '../http/service.ts';
import { pushEntries } from '../unit-log/push-entries.ts';
import { headOf, readPage } from '../unit-log/read-page.ts';
import { unitParams, wholeNumber } from './params.ts';

const url = '/v1/units/:unit/entries';
/** Bytes of a push; shared/sync/wire.ts stays well below. */
const bodyLimit = 8 * 1024 * 1024;

const pageQuery = z.strictObject({
  after: wholeNumber(0, Number.MAX_SAFE_INTEGER),
  limit: wholeNumber(1, mostEntries).optional(),
});

export function entryRoutes(app: App, { storage, signingKey, clock, limits }: Service): void {
  const config = { access: 'workstation', rateLimit: { max: limits.workstation } } as const;
  const common = { security: signed, params: unitParams };

  const pull = { ...common, querystring: pageQuery, response: { 200: pageSchema, ...refusals } };
  app.get(url, { config, schema: { summary: 'A page of the log', ...pull } }, async (request) => {
    const { after, limit = mostEntries } = request.query;
    const page = await readPage(storage, request.params.unit, { after, limit }, signingKey, clock);
    request.counts = { entries: page.entries.length };
    return page;
  });

  const push = { ...common, body: pushSchema, response: { 200: pushReplySchema, ...refusals } };
  app.post(url, { config, schema: { summary: 'Append entries: all or none', ...push }, bodyLimit }, async (request) => {
    const { entries } = request.body;
    request.counts = { entries: entries.length };
    return { accepted: await pushEntries(storage, request.params.unit, signingKey.author, entries) };
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
