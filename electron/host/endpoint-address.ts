import type { CallFailure } from '#shared/bridge/contract.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { refuse } from './failures.ts';

const badAddress = (why: 'none' | 'not-secure' | 'more-than-host') => refuse('endpoint-address', { params: { why } });

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The origin of an endpoint: `https://host[:port]`, or http on this computer itself. No path, because requests are
 * signed with the path that they travel under, and no user name or query, which would end up in logs.
 */
export function parseEndpointAddress(address: string): Result<string, CallFailure> {
  const url = URL.parse(address);
  if (!url) return badAddress('none');
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname));
  if (!secure) return badAddress('not-secure');
  if (`${url.origin}/` !== url.href) return badAddress('more-than-host');
  return ok(url.origin);
}
