import rateLimit, { type RateLimitOptions } from '@fastify/rate-limit';
import type { App } from './app.ts';
import { Refusal } from './problems.ts';

/** Requests a minute, counted for each route and in each process by itself. */
export interface RateLimits {
  /** By a workstation. */
  readonly workstation: number;
  /** By an intake device: a contact centre sends in bulk. */
  readonly intake: number;
  /** Attempts to enrol from one address: what makes a code of 80 bits beyond guessing also cheap to refuse. */
  readonly enrolment: number;
  /** From one address, where nobody has to sign. */
  readonly open: number;
}

export const defaultLimits: RateLimits = { workstation: 600, intake: 3_000, enrolment: 10, open: 120 };
export const demoLimits: RateLimits = { workstation: 60_000, intake: 60_000, enrolment: 600, open: 6_000 };

export async function limitRates(app: App): Promise<void> {
  const quiet = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false };
  await app.register(rateLimit, {
    global: false,
    timeWindow: 60_000,
    // Runs after the request has been identified, and before the database is asked or the body is read.
    hook: 'onRequest',
    keyGenerator: (request) => request.proof?.device ?? request.ip,
    addHeaders: { ...quiet, 'retry-after': true },
    addHeadersOnExceeding: quiet,
    errorResponseBuilder: (_, { ttl }) =>
      new Refusal('rate-limited', `Too many requests. Try again in ${Math.ceil(ttl / 1000)} s.`),
  });
}

/** By address also where requests are signed: a key that is not enrolled yet costs its maker nothing. */
export const byAddress = (max: number): RateLimitOptions => ({ max, keyGenerator: (request) => request.ip });
