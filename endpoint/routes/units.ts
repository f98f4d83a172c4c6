import { directoryReplySchema } from '#shared/sync/directory.ts';
import { enrolmentReplySchema, enrolmentSchema } from '#shared/sync/enrolment.ts';
import { enrol } from '../enrolment/enrol.ts';
import type { App } from '../http/app.ts';
import { proofOf } from '../http/authenticate.ts';
import { refusals, signed } from '../http/openapi.ts';
import { Refusal } from '../http/problems.ts';
import { byAddress, countFailures } from '../http/rate-limits.ts';
import type { Service } from '../http/service.ts';

/** A device presents a one-time code. That it signs with its new key proves that it holds it. */
export function enrolmentRoute(app: App, service: Service): void {
  const { limits } = service;
  const config = { access: 'newDevice', rateLimit: byAddress(limits.open) } as const;
  const countWrongCode = countFailures(app, limits.wrongCodes);
  const schema = {
    summary: 'Enrol a device with a one-time code',
    security: signed,
    body: enrolmentSchema,
    response: { 200: enrolmentReplySchema, ...refusals },
  };
  app.post('/v1/enrolments', { config, schema }, async (request, reply) => {
    try {
      return await enrol(service, proofOf(request).device, request.body.code);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'code-refused') await countWrongCode(request, reply);
      throw error;
    }
  });
}

/** The directory as the operator signed it. The endpoint is not asked to be believed. */
export function directoryRoute(app: App, { directory, limits }: Service): void {
  const config = { rateLimit: byAddress(limits.open) };
  const schema = { summary: 'Forces, their units and founders', response: { 200: directoryReplySchema, ...refusals } };
  app.get('/v1/directory', { config, schema }, async () => ({
    directory: (await directory.read())?.document ?? null,
  }));
}
