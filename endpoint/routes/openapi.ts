import type { App } from '../http/app.ts';
import { byAddress } from '../http/rate-limits.ts';
import type { Service } from '../http/service.ts';

export function openapiRoute(app: App, { limits }: Service): void {
  const config = { rateLimit: byAddress(limits.open) };
  app.get('/openapi.json', { config, schema: { summary: 'This description' } }, (_, reply) =>
    reply.type('application/json').send(JSON.stringify(app.swagger())),
  );
}
