import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { subprotocol } from './wire.ts';

/**
 * Who may speak to the browser host. Any page in any browser on this computer can reach a loopback port: the Host header
 * stops a page that rebound its own name to 127.0.0.1, the Origin header one from elsewhere, the token everyone else.
 */
export function createGuard(authority: string, token: string) {
  const expected = digest(token);
  return {
    isOwnHost: ({ headers }: IncomingMessage): boolean => headers.host === authority,
    isOwnOrigin: ({ headers }: IncomingMessage): boolean => headers.origin === `http://${authority}`,
    /** Digests have one length, and comparing them takes one time, whatever was offered. */
    hasToken({ headers }: IncomingMessage): boolean {
      const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((part) => part.trim());
      const [, given = ''] = offered[0] === subprotocol ? offered : [];
      return timingSafeEqual(digest(given), expected);
    },
  };
}
export type Guard = ReturnType<typeof createGuard>;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
