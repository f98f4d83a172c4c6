import { directorySchema } from '#shared/sync/enrolment.ts';
import type { App } from '../http/app.ts';
import { refusals } from '../http/openapi.ts';
import { byAddress } from '../http/rate-limits.ts';
import type { Service } from '../http/service.ts';

/** Which forces' units are here, with the keys to seal to them. */
export function directoryRoute(app: App, { storage, signingKey, limits }: Service): void {
  const config = { rateLimit: byAddress(limits.open) };
  const schema = { summary: 'Forces, units and public keys', response: { 200: directorySchema, ...refusals } };
  app.get('/v1/directory', { config, schema }, async () => ({
    endpointKey: signingKey.author,
    units: await storage.units(),
  }));
}
