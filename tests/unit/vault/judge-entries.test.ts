import { v4 } from 'uuid';
import { expect, test } from 'vitest';
import { judgeEntries } from '#renderer/vault/log/judge-entries.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import type { AuthorKey, Position, StreamId } from '#shared/kernel/ids.ts';
import type { AuthorTip, Entry } from '#shared/log/entry.ts';
import { hashEntry } from '#shared/log/entry.ts';
import { makeGeneration } from '#shared/log/generation.ts';
import type { Seen } from '#shared/log/seen.ts';
import { aKey, newEvent, sealedAsMember } from '#tests/support/attacked-unit.ts';
import { bodyChanged } from '#tests/support/damage.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';

/* Whether an entry counts is found once, when it comes; a replica that folds its stored log again must find the same. */

const at = '2026-11-20T10:00:00.000Z';

async function authored() {
  const [endpoint, key, generation] = [await createMemoryEndpoint(), await aKey(), await makeGeneration()];
  const sizes: Seen[] = [];
  const write = async (claim: Seen, by: SigningKey = key) => {
    const event = newEvent({ type: 'case.taken', at, data: {} });
    const entry = await sealedAsMember(endpoint, generation, event, by, { stream: v4() as StreamId, seen: claim });
    await endpoint.inject(entry);
    sizes.push(endpoint.seen());
    return entry;
  };
  return { endpoint, key, write, seenAfter: (count: number) => sizes[count - 1] as Seen };
}

const placed = (entries: readonly Entry[]) =>
  entries.map((entry, index) => ({ entry, position: (index + 1) as Position, hash: hashEntry(entry) }));
const endpointKey = 'nobody here' as AuthorKey;

async function judge(entries: readonly Entry[], unproved: readonly number[] = [], by = endpointKey) {
  const first = await judgeEntries(placed(entries), new Map<AuthorKey, AuthorTip>(), () => by, new Set(unproved));
  const again = await judgeEntries(first, new Map<AuthorKey, AuthorTip>(), () => by);
  const codesIn = (judged: readonly { readonly voidCode: unknown }[]) => judged.map(({ voidCode }) => voidCode);
  expect(codesIn(again)).toEqual(codesIn(first));
  return codesIn(first);
}

test('an entry that is void for two reasons is void for them when it is read again, and so is what comes after', async () => {
  const { write, seenAfter, endpoint } = await authored();
  const one = await write(endpoint.seen());
  const two = await write(seenAfter(1));
  const three = await write(endpoint.seen(0));
  // Its parts are not those of its header, and what it claims to have seen was never signed.
  expect(await judge([one, bodyChanged(two), three], [2])).toEqual([null, 'entry-parts', null]);
  expect(await judge([one, three, two], [2])).toEqual([null, 'author-chain', 'author-chain']);
});

test('what the endpoint wrote has the tree’s order, whatever it says to follow', async () => {
  const { write, endpoint, key } = await authored();
  const one = await write(endpoint.seen(0));
  const two = await write(endpoint.seen(0));
  expect(await judge([two, one])).toEqual(['author-chain', 'author-chain']);
  expect(await judge([two, one], [], key.author)).toEqual([null, null]);
});
