import type { App } from './app.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Numbers worth a log line, such as how many entries were taken. */
    counts: Readonly<Record<string, number>>;
  }
}

/** One line for each request. What it may hold: log-options.ts. */
export function logRequests(app: App): void {
  app.decorateRequest('counts');
  app.addHook('onRequest', async (request) => {
    request.counts = {};
  });
  app.addHook('onResponse', async ({ log, method, routeOptions, counts }, reply) => {
    const route = routeOptions.url ?? 'unknown';
    log.info({ method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), ...counts }, 'answered');
  });
}
