import { z } from 'zod';
import { cborType, formatRoster } from '#shared/sync/wire.ts';
import type { App } from '../http/app.ts';
import { refusals, signed } from '../http/openapi.ts';
import type { Service } from '../http/service.ts';
import { readWholeRoster } from '../unit-log/whole-roster.ts';
import { unitParams } from './params.ts';

const roster = {
  description: 'CBOR (docs/protocol.md): entries, proof',
  content: { [cborType]: { schema: z.string().meta({ format: 'binary' }) } },
};

/** Who is who in a unit, for the workstations of other units too: they fold it themselves, for the key to seal to. */
export function rosterRoute(app: App, service: Service): void {
  const config = { access: 'anyWorkstation', rateLimit: { max: service.limits.workstation } } as const;
  const schema = {
    summary: 'The roster of a unit, whole',
    security: signed,
    params: unitParams,
    response: { 200: roster, ...refusals },
  };
  app.get('/v1/units/:unit/roster', { config, schema }, async (request, reply) => {
    const read = await readWholeRoster(service, request.params.unit);
    request.counts = { entries: read.entries.length };
    return reply.type(cborType).send(formatRoster(read) as never);
  });
}
