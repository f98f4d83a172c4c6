import { z } from 'zod';
import type { App } from '../http/app.ts';
import { refusals } from '../http/openapi.ts';
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
