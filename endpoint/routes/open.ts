import { z } from 'zod';
import type { App } from '../http/app.ts';
import { refusals } from '../http/openapi.ts';
import { byAddress } from '../http/rate-limits.ts';
import type { Service } from '../http/service.ts';

const response = { 200: z.strictObject({ status: z.literal('ok') }), ...refusals };

/** For whoever watches the process: that it lives, and that it can do its work. */
export function healthRoutes(app: App, { storage }: Service): void {
  app.get('/healthz', { schema: { summary: 'The process lives', response } }, () => ({ status: 'ok' as const }));
  app.get('/readyz', { schema: { summary: 'The storage answers', response } }, async () => {
    await storage.ping();
    return { status: 'ok' as const };
  });
}

export function openapiRoute(app: App, { limits }: Service): void {
  const config = { rateLimit: byAddress(limits.open) };
  app.get('/openapi.json', { config, schema: { summary: 'This description' } }, (_, reply) =>
    reply.type('application/json').send(JSON.stringify(app.swagger())),
  );
}
