import { z } from 'zod';
import { signedHeadSchema } from '#shared/log/head.ts';
import type { App } from '../http/app.ts';
import { refusals, signed } from '../http/openapi.ts';
import type { Service } from '../http/service.ts';
import { headOf } from '../unit-log/read-page.ts';
import { unitParams } from './params.ts';

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
