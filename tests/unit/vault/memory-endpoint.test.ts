import { expect, test } from 'vitest';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';

test('the twin of the endpoint takes a sealing key once, and the same one again', async () => {
  const endpoint = await createMemoryEndpoint();
  const [one, other] = [endpoint.host(), endpoint.host()];
  expect(await one.call('unit.publishKey', { statement: 'a.b.c' })).toEqual({ ok: true, reply: {} });
  expect(await one.call('unit.publishKey', { statement: 'a.b.c' })).toEqual({ ok: true, reply: {} });
  expect(await other.call('unit.publishKey', { statement: 'd.e.f' })).toMatchObject({
    ok: false,
    failure: { code: 'sealing-key-set', retry: false },
  });
  const described = await other.call('host.describe', {});
  expect(described).toMatchObject({ reply: { enrolment: { unit: { sealingKey: 'a.b.c' } } } });
});
