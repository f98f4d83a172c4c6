import type { Writable } from 'node:stream';
import { type FastifyServerOptions, LogController } from 'fastify';
import type { App } from './app.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Numbers worth a log line, such as how many entries were taken. */
    counts: Readonly<Record<string, number>>;
  }
}

/** One line for each request. What it may hold: `logOptions`. */
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

/** Everything that a log line may hold, besides its level, time, message and request number. */
const allowed: ReadonlySet<string> = new Set(['method', 'route', 'status', 'ms', 'entries', 'error', 'errorCode']);

/**
 * No address, user agent, header, body, query or path that was asked, only the route's pattern. It is the logger that
 * sees to it: fields that are not listed are dropped, and an error that anything logs by itself shows its class only,
 * as its message may quote what was sent.
 */
export function logOptions(log: Writable | 'silent'): Pick<FastifyServerOptions, 'logger' | 'logController'> {
  const logController = new LogController({ disableRequestLogging: true });
  if (log === 'silent') return { logController, logger: false };
  const hooks: NonNullable<LoggerOptions['hooks']> = {
    logMethod([fields, message]: unknown[], method) {
      if (typeof fields === 'string') method.call(this, fields);
      else method.call(this, allowedOf(fields), typeof message === 'string' ? message : undefined);
    },
  };
  return { logController, logger: { level: 'info', base: null, stream: log, hooks } };
}

type LoggerOptions = Extract<NonNullable<FastifyServerOptions['logger']>, object>;

function allowedOf(fields: unknown): Record<string, unknown> {
  if (fields instanceof Error) return { error: fields.name };
  return Object.fromEntries(Object.entries(fields ?? {}).filter(([name]) => allowed.has(name)));
}
