import type { Writable } from 'node:stream';
import { fastify } from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { addRoutes } from '../routes/routes.ts';
import type { App } from './app.ts';
import { authenticate } from './authenticate.ts';
import { parseJsonBodies } from './body-parsers.ts';
import { answerClientError, answerError, handleErrors } from './error-handler.ts';
import { describeApi } from './openapi.ts';
import { watchMethods } from './other-methods.ts';
import { limitRates } from './rate-limits.ts';
import { logOptions, logRequests } from './request-log.ts';
import type { Service } from './service.ts';

/** For programs only: no page may frame, sniff, cache or, lacking CORS headers, read an answer. */
const headers = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000',
  'x-content-type-options': 'nosniff',
} as const;

function setSecurityHeaders(app: App): void {
  app.addHook('onRequest', async (_, reply) => {
    reply.headers(headers);
  });
}

/** Bytes of a body where a route does not say otherwise. */
const usualBody = 64 * 1024;
/** Milliseconds for a whole request to arrive: 140 MB of attachments over a slow line. */
const requestTimeout = 120_000;

export interface AppOptions {
  readonly log: Writable | 'silent';
  /** Addresses and networks whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
}

/** The order matters: hooks run in the order in which they are added here. */
export async function buildApp(service: Service, { log, trustedProxies }: AppOptions): Promise<App> {
  const app = fastify({
    ...logOptions(log),
    bodyLimit: usualBody,
    requestTimeout,
    http: { headersTimeout: 10_000 },
    // What was asked on an open connection is still answered, as usual.
    return503OnClosing: false,
    exposeHeadRoutes: false,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
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

/** Milliseconds that requests under way have to be answered. */
const patience = 10_000;
const sweepEvery = 50;

/** Takes no new connections, answers what was asked, and closes each connection when it falls idle. */
export async function closeApp(app: App): Promise<void> {
  // Fastify closes what is idle once; a connection that was busy then would be kept open for its next request.
  const sweeping = setInterval(() => app.server.closeIdleConnections(), sweepEvery);
  const giveUp = setTimeout(() => app.server.closeAllConnections(), patience);
  try {
    await app.close();
  } finally {
    clearInterval(sweeping);
    clearTimeout(giveUp);
  }
}
