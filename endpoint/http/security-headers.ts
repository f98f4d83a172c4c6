import type { App } from './app.ts';

/** For programs only: no page may frame, sniff, cache or, lacking CORS headers, read an answer. */
const headers = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000',
  'x-content-type-options': 'nosniff',
} as const;

export function setSecurityHeaders(app: App): void {
  app.addHook('onRequest', async (_, reply) => {
    reply.headers(headers);
  });
}
