import { z } from 'zod';
import { cborType, formatRoster } from '#shared/sync/wire.ts';
import type { App } from '../http/app.ts';
import { refusals, signed } from '../http/openapi.ts';
import type { Service } from '../http/service.ts';
import { readWholeRoster } from '../unit-log/whole-roster.ts';
import { unitParams, wholeNumber } from './params.ts';

const roster = {
  description: 'CBOR (docs/protocol.md): entries, proof',
  content: { [cborType]: { schema: z.string().meta({ format: 'binary' }) } },
};

/**
 * Who is who in a unit, now or as of an earlier checkpoint, for the workstations of other units too: they fold it themselves, for
 * the key to seal to, and to see who could speak for the unit then.
 */
export function rosterRoute(app: App, service: Service): void {
  const config = { access: 'anyWorkstation', rateLimit: { max: service.limits.workstation } } as const;
  const schema = {
    summary: 'The roster of a unit, whole',
    security: signed,
    params: unitParams,
    querystring: z.strictObject({ at: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional() }),
    response: { 200: roster, ...refusals },
  };
  app.get('/v1/units/:unit/roster', { config, schema }, async (request, reply) => {
    const read = await readWholeRoster(service, request.params.unit, request.query.at);
    request.counts = { entries: read.entries.length };
    return reply.type(cborType).send(formatRoster(read) as never);
  });
}
