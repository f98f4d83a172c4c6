import type { Writable } from 'node:stream';
import { fastify } from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { addRoutes } from '../routes/routes.ts';
import { logRequests } from './access-log.ts';
import type { App } from './app.ts';
import { authenticate } from './authenticate.ts';
import { parseJsonBodies } from './body-parsers.ts';
import { answerClientError } from './client-error.ts';
import { answerError, handleErrors } from './error-handler.ts';
import { logOptions } from './log-options.ts';
import { describeApi } from './openapi.ts';
import { watchMethods } from './other-methods.ts';
import { limitRates } from './rate-limits.ts';
import { setSecurityHeaders } from './security-headers.ts';
import type { Service } from './service.ts';

/** Bytes of a body where a route does not say otherwise. */
const usualBody = 64 * 1024;
/** Milliseconds for a whole request to arrive: 140 MB of attachments over a slow line. */
const requestTimeout = 120_000;

/** The order matters: hooks run in the order in which they are added here. */
export async function buildApp(service: Service, log: Writable | 'silent'): Promise<App> {
  const app = fastify({
    ...logOptions(log),
    bodyLimit: usualBody,
    requestTimeout,
    http: { headersTimeout: 10_000 },
    // What was asked on an open connection is still answered, as usual.
    return503OnClosing: false,
    exposeHeadRoutes: false,
    trustProxy: false,
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => answerError(error, request, reply),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(
    ({ schema }) =>
      (data) =>
        JSON.stringify((schema as z.ZodType).parse(data)),
  );
  handleErrors(app);
  logRequests(app);
  setSecurityHeaders(app);
  parseJsonBodies(app);
  authenticate(app, service);
  await limitRates(app);
  await describeApi(app);
  const refuseOtherMethods = watchMethods(app);
  await addRoutes(app, service);
  refuseOtherMethods();
  app.addHook('preClose', async () => service.positions.close());
  return app;
}
