import { z } from 'zod';
import { sealingKeyRequestSchema } from '#shared/sync/enrolment.ts';
import { foundUnit } from '../enrolment/found-unit.ts';
import type { App } from '../http/app.ts';
import { refusals, signed } from '../http/openapi.ts';
import type { Service } from '../http/service.ts';
import { unitParams } from './params.ts';

export function sealingKeyRoute(app: App, { storage, limits }: Service): void {
  const config = { access: 'workstation', rateLimit: { max: limits.workstation } } as const;
  const schema = {
    summary: "Publish the unit's public sealing key, once",
    security: signed,
    params: unitParams,
    body: sealingKeyRequestSchema,
    response: { 204: z.undefined().describe('Published'), ...refusals },
  };
  app.put('/v1/units/:unit/sealing-key', { config, schema }, async ({ params, body }, reply) => {
    await foundUnit(storage, params.unit, body.statement);
    return reply.code(204).send();
  });
}
