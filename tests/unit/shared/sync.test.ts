import { describe, expect, test } from 'vitest';
import { generateSigningKey, importSigningKey } from '#shared/crypto/signing.ts';
import { backoff } from '#shared/sync/backoff.ts';
import { signRequest, verifyRequest } from '#shared/sync/request-token.ts';
import { mostEntries, planPush } from '#shared/sync/wire.ts';

describe('a request token', () => {
  const now = Date.parse('2026-11-20T10:00:00.000Z');
  const request = { method: 'POST' as const, path: '/v1/units/u/entries?x=1', body: new Uint8Array([1, 2]) };

  test('is believed for the request that it was signed for, and no other', async () => {
    const made = await generateSigningKey();
    const token = await signRequest(await importSigningKey(made.author, made.pkcs8), request, crypto.randomUUID(), now);
    expect(await verifyRequest(token, request, now)).toMatchObject({ ok: true, value: { device: made.author } });
    const others = [
      { ...request, method: 'PUT' as const },
      { ...request, path: '/v1/units/u/entries?x=2' },
      { ...request, body: new Uint8Array([1, 3]) },
    ];
    for (const other of others) expect((await verifyRequest(token, other, now)).ok).toBe(false);
    for (const later of [now + 300_000, now - 300_000])
      expect((await verifyRequest(token, request, later)).ok).toBe(false);
    expect((await verifyRequest(`${token.slice(0, -4)}AAAA`, request, now)).ok).toBe(false);
    expect((await verifyRequest('garbage', request, now)).ok).toBe(false);
  });
});

describe('what is pushed together', () => {
  const entry = (body: number) => ({
    header: new Uint8Array(300),
    signature: new Uint8Array(64),
    body: new Uint8Array(body),
    boxes: [],
  });

  test('is the front of the outbox, bounded in count and size, never empty', () => {
    expect(planPush([])).toEqual([]);
    expect(planPush([entry(5_000_000), entry(1)])).toHaveLength(1);
    expect(planPush(Array.from({ length: 900 }, () => entry(10)))).toHaveLength(mostEntries);
    expect(planPush([entry(1_000_000), entry(1_000_000), entry(1_000_000)])).toHaveLength(2);
  });
});

test('the wait grows with failures, between half a second and a minute and a half', () => {
  expect(backoff(1, 0)).toBe(500);
  expect(backoff(3, 0.999)).toBeGreaterThan(backoff(1, 0.999));
  for (let failures = 1; failures < 100; failures += 1) expect(backoff(failures, 0.999)).toBeLessThanOrEqual(60_500);
});
