import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callFailureSchema, callNames, contract } from '#shared/bridge/contract.ts';
import { sample } from '#tests/support/effort.ts';
import { testHost } from '#tests/support/host.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

test('whatever the window sends, the host answers with a reply or a failure of the contract, and never throws', async () => {
  const host = testHost({
    profile: await temporaryFolder(),
    endpoint: 'http://127.0.0.1:9',
    fetch: () => Promise.reject(new TypeError('no network in this test')),
  });
  const names = fc.oneof(fc.constantFrom(...callNames), fc.anything({ withNullPrototype: true }));
  const known = {
    endpoint: fc.anything(),
    code: fc.string(),
    digest: fc.string(),
    bytes: fc.oneof(fc.string(), fc.uint8Array()),
    page: fc.uint8Array(),
    push: fc.oneof(fc.string(), fc.uint8Array(), fc.array(fc.nat(255))),
    after: fc.integer(),
  };
  const requests = fc.oneof(
    fc.anything({ withBigInt: true, withMap: true, withDate: true }),
    fc.record(known),
    fc.constant({}),
  );
  await fc.assert(
    fc.asyncProperty(names, requests, async (name, request) => {
      const result = await host.handle(name, request);
      const schema = result.ok ? contract[name as 'host.describe'].reply : callFailureSchema;
      expect(schema.safeParse(result.ok ? result.reply : result.failure).success).toBe(true);
    }),
    sample(500),
  );
});
