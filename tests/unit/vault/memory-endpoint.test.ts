import { expect, test } from 'vitest';
import type { Entry } from '#shared/log/entry.ts';
import { formatPush } from '#shared/sync/wire.ts';
import { makeFounding } from '#tests/support/made-roster.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';

test('the twin of the endpoint takes a founding once, and the same one again', async () => {
  const endpoint = await createMemoryEndpoint();
  const [one, other] = [endpoint.host(), endpoint.host()];
  const push = (host: typeof one, { wire }: Entry) => host.call('log.push', { push: formatPush({ entries: [wire] }) });
  const [first, second] = [
    await makeFounding(endpoint.unit, endpoint.keys),
    await makeFounding(endpoint.unit, endpoint.keys),
  ];
  const elsewhere = await makeFounding(endpoint.unit, { ...endpoint.keys, endpointKey: second.founder.key.author });
  expect(await push(one, elsewhere.entry)).toMatchObject({ ok: false, failure: { code: 'founding-refused' } });
  const accepted = [{ id: first.entry.header.id, position: 1 }];
  expect(await push(one, first.entry)).toEqual({ ok: true, reply: { accepted } });
  expect(await push(one, first.entry)).toEqual({ ok: true, reply: { accepted } });
  expect(await push(other, second.entry)).toMatchObject({ ok: false, failure: { code: 'unit-founded', retry: false } });
  expect(await other.call('host.describe', {})).toMatchObject({ reply: { enrolment: { unit: { founded: true } } } });
  expect(endpoint.publicKey()).toBe(first.generation.sealing.publicKey);
});
