import rateLimit, { normalizeIP, type RateLimitOptions } from '@fastify/rate-limit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import { Refusal } from './problems.ts';

/** Requests a minute, counted for each route and in each process by itself. */
export interface RateLimits {
  /** By a workstation. */
  readonly workstation: number;
  /** By an intake device: a contact centre sends in bulk. */
  readonly intake: number;
  /** Wrong codes from one address. A right one is never refused for them, whoever shares that address. */
  readonly wrongCodes: number;
  /** From one address, where anybody may ask: also with a code, which spares the database a flood of them. */
  readonly open: number;
}

export const defaultLimits: RateLimits = { workstation: 600, intake: 3_000, wrongCodes: 10, open: 120 };
export const demoLimits: RateLimits = { workstation: 60_000, intake: 60_000, wrongCodes: 600, open: 6_000 };

export async function limitRates(app: App): Promise<void> {
  const quiet = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false };
  await app.register(rateLimit, {
    global: false,
    timeWindow: 60_000,
    // Runs after the request has been identified, and before the database is asked or the body is read.
    hook: 'onRequest',
    keyGenerator: (request) => request.proof?.device ?? addressOf(request),
    addHeaders: { ...quiet, 'retry-after': true },
    addHeadersOnExceeding: quiet,
    errorResponseBuilder: (_, { ttl }) => tooMany(ttl),
  });
}

const tooMany = (ttl: number): Refusal =>
  new Refusal('rate-limited', `Too many requests. Try again in ${Math.ceil(ttl / 1000)} s.`);

/**
 * Of whoever asks, or of the proxy that speaks for them where that is not trusted (`--trusted-proxy`). Of IPv6 the first
 * 64 bits, as one household has them all; without the port that some proxies write with it.
 */
function addressOf({ ip }: FastifyRequest): string {
  const [, bracketed, dotted] = /^(?:\[([^\]]*)\](?::\d+)?|([\d.]+):\d+)$/.exec(ip) ?? [];
  return normalizeIP(bracketed ?? dotted ?? ip);
}

/** By address also where requests are signed: a key that is not enrolled yet costs its maker nothing. */
export const byAddress = (max: number): RateLimitOptions => ({ max, keyGenerator: addressOf });

/** Counts what was tried in vain from one address. The returned function throws a refusal when that was too often. */
export function countFailures(app: App, max: number): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const count = app.createRateLimit({ max, keyGenerator: addressOf });
  return async (request, reply) => {
    const counted = await count(request);
    if (counted.isAllowed || !counted.isExceeded) return;
    reply.header('retry-after', counted.ttlInSeconds);
    throw tooMany(counted.ttl);
  };
}
