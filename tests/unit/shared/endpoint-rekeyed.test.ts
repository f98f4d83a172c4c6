import { v4 } from 'uuid';
import { expect, test } from 'vitest';
import { toCanonicalBytes } from '#shared/crypto/canonical-json.ts';
import { concat, toBase64url, utf8 } from '#shared/crypto/encoding.ts';
import type { EndpointRekeying } from '#shared/domain/membership/endpoint-rekeyed.ts';
import { isGivenUp, type KeysFrom, keysAfter } from '#shared/domain/unit/endpoint-keys.ts';
import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';
import { type EndpointSigningKeys, makeReplacement, publicKeysOf } from '#shared/log/endpoint-keys-proof.ts';
import { countsIn } from '#shared/log/roster-entry.ts';
import { keyWithPart, signWithPart } from '#tests/support/key-with-part.ts';
import { newEndpointKeys } from '#tests/support/made-roster.ts';
import { foundedRosterUnit, type RosterUnit, staffedRosterUnit } from '#tests/support/roster-unit.ts';

/* Other keys of the endpoint: who may put them in the place of those that the roster names, and which ones. */

const rekeyed = (data: EndpointRekeying) => ({ type: 'endpoint.rekeyed' as const, data });
const dataOf = (unit: RosterUnit, next: EndpointSigningKeys, old = unit.signing): Promise<EndpointRekeying> =>
  makeReplacement(unit.unit, publicKeysOf(old), next, old.checkpoints);
const byEndpoint = (unit: RosterUnit, data: EndpointRekeying, { entries } = unit.signing) =>
  unit.act({ key: entries }, rekeyed(data));

test('the endpoint replaces its keys, both or one of them, as often as it likes', async () => {
  const unit = await foundedRosterUnit();
  const [second, third] = [await newEndpointKeys(), await newEndpointKeys()];
  expect(await byEndpoint(unit, await dataOf(unit, second))).toBe('counts');
  const first = { ...unit.keys, replacedBy: unit.last, wereLost: false };
  expect(unit.now).toMatchObject({ ...publicKeysOf(second), formerKeys: [first] });
  const mixed = { entries: second.entries, checkpoints: third.checkpoints };
  expect(await byEndpoint(unit, await dataOf(unit, mixed, second), second)).toBe('counts');
  const next = { entries: third.entries, checkpoints: third.checkpoints };
  expect(await byEndpoint(unit, await dataOf(unit, next, mixed), mixed)).toBe('counts');
  expect(unit.now).toMatchObject(publicKeysOf(third));
  expect(unit.now.formerKeys.map(({ checkpointKey }) => checkpointKey)).toEqual([
    ...[unit.keys.checkpointKey, second.checkpoints.author, third.checkpoints.author],
  ]);
});

test('its old key signs no further replacement', async () => {
  const unit = await foundedRosterUnit();
  const [second, third] = [await newEndpointKeys(), await newEndpointKeys()];
  await byEndpoint(unit, await dataOf(unit, second));
  expect(await byEndpoint(unit, await dataOf(unit, third, second))).toBe('not-allowed');
  // Nor once more from where it was.
  expect(await byEndpoint(unit, await dataOf(unit, third))).toBe('endpoint-keys-stale');
});

const refused: [string, string, (unit: RosterUnit, next: EndpointSigningKeys) => Promise<EndpointRekeying>][] = [
  [
    'by the key for entries alone, the other one',
    'endpoint-keys-unproved',
    async (unit, next) => ({ ...(await dataOf(unit, next)), consent: null }),
  ],
  [
    'with a consent of somebody else',
    'binding-unproved',
    async (unit, next) => ({ ...(await dataOf(unit, next)), consent: (await dataOf(unit, next)).proofs.endpointKey }),
  ],
  [
    'with a consent to other keys',
    'binding-unproved',
    async (unit, next) => ({
      ...(await dataOf(unit, next)),
      consent: (await dataOf(unit, await newEndpointKeys())).consent,
    }),
  ],
  [
    'without the proof of a new key',
    'endpoint-keys-unproved',
    async (unit, next) => {
      const data = await dataOf(unit, next);
      return { ...data, proofs: { ...data.proofs, checkpointKey: null } };
    },
  ],
  [
    'with a proof of another unit',
    'binding-unproved',
    async ({ keys, signing }, next) => makeReplacement(v4() as UnitId, keys, next, signing.checkpoints),
  ],
  [
    'with a key that has a part of small order, though its signature verifies',
    'binding-unproved',
    async ({ unit, signing }, { checkpoints }) => {
      const entries = { ...checkpoints, author: keyWithPart };
      const data = await makeReplacement(unit, publicKeysOf(signing), { entries, checkpoints }, signing.checkpoints);
      const { replaces, endpointKey, checkpointKey } = data;
      const signed = toCanonicalBytes({ unit, replaces, keys: { endpointKey, checkpointKey } });
      const proof = signWithPart(concat(utf8('probity-endpoint-keys/1\n'), signed));
      return { ...data, proofs: { ...data.proofs, endpointKey: toBase64url(proof) } };
    },
  ],
  [
    'with one key for both',
    'endpoint-keys-used',
    async (unit, { entries }) => dataOf(unit, { entries, checkpoints: entries }),
  ],
  [
    'with the key of a device',
    'endpoint-keys-used',
    async (unit, { checkpoints }) => dataOf(unit, { entries: unit.founder.key, checkpoints }),
  ],
  [
    'with a recovery key',
    'endpoint-keys-used',
    async (unit, { entries, checkpoints }) => {
      unit.roster = {
        ...unit.now,
        formerRecovery: [{ author: entries.author, sealingKey: unit.founder.device.sealingKey }],
      };
      return dataOf(unit, { entries, checkpoints });
    },
  ],
  [
    'with its keys the other way round',
    'endpoint-keys-used',
    async (unit) => dataOf(unit, { entries: unit.signing.checkpoints, checkpoints: unit.signing.entries }),
  ],
  ['with the same keys', 'nothing-changes', async (unit) => dataOf(unit, unit.signing)],
  [
    'of keys that it does not have',
    'endpoint-keys-stale',
    async (unit, next) => dataOf(unit, next, await newEndpointKeys()),
  ],
];
test.each(refused)('the endpoint replaces nothing %s: %s', async (_, code, make) => {
  const unit = await foundedRosterUnit();
  const data = await make(unit, await newEndpointKeys());
  const before = unit.now;
  expect(await byEndpoint(unit, data)).toBe(code);
  expect(unit.now).toBe(before);
});

test('a key that was replaced is taken by nobody again', async () => {
  const unit = await foundedRosterUnit();
  const second = await newEndpointKeys();
  await byEndpoint(unit, await dataOf(unit, second));
  expect(await byEndpoint(unit, await dataOf(unit, unit.signing, second), second)).toBe('endpoint-keys-used');
  const person = await unit.stranger();
  const former = { ...unit.keys, endpointKey: person.key.author, replacedBy: unit.last, wereLost: false };
  unit.roster = { ...unit.now, formerKeys: [former] };
  const admission = { member: person.id, role: 'analyst' as const, device: person.device };
  expect(await unit.act(unit.founder, { type: 'member.admitted', data: admission })).toBe('key-of-endpoint');
});

test('two supervisors replace keys that are lost, and no one member alone', async () => {
  const { unit, founder, sue, ann } = await staffedRosterUnit(2);
  const next = await newEndpointKeys();
  const data = await makeReplacement(unit.unit, unit.keys, next, null);
  expect(await unit.act(ann, rekeyed(data))).toBe('not-allowed');
  expect(await unit.act(founder, rekeyed(data))).toBe('waits');
  const proposal = unit.last;
  expect(unit.now).toMatchObject(unit.keys);
  expect(await unit.second(founder, proposal)).toBe('same-member-twice');
  expect(await unit.second(ann, proposal)).toBe('not-allowed-as-second');
  expect(await unit.second(sue, proposal)).toBe('counts');
  const before = { ...unit.keys, replacedBy: unit.last, wereLost: true };
  expect(unit.now).toMatchObject({ ...publicKeysOf(next), formerKeys: [before] });
});

test('what waits for a second supervisor is nothing any more once the endpoint has replaced them', async () => {
  const { unit, founder, sue } = await staffedRosterUnit(2);
  await unit.act(founder, rekeyed(await makeReplacement(unit.unit, unit.keys, await newEndpointKeys(), null)));
  const proposal = unit.last;
  await byEndpoint(unit, await dataOf(unit, await newEndpointKeys()));
  expect(await unit.second(sue, proposal)).toBe('endpoint-keys-stale');
});

test('the founder alone replaces them until there have been two supervisors; the new keys must want it', async () => {
  const unit = await foundedRosterUnit();
  const next = await newEndpointKeys();
  const data = await makeReplacement(unit.unit, unit.keys, next, null);
  const unproved = { ...data, proofs: { ...data.proofs, endpointKey: null } };
  expect(await unit.act(unit.founder, rekeyed(unproved))).toBe('endpoint-keys-unproved');
  expect(await unit.act(unit.founder, rekeyed(data))).toBe('counts');
});

test('nobody else replaces them', async () => {
  const unit = await foundedRosterUnit();
  const next = await newEndpointKeys();
  const { entries } = next;
  expect(await byEndpoint(unit, await dataOf(unit, next), { ...next, entries })).toBe('not-allowed');
  const { checkpoints } = unit.signing;
  expect(await unit.act({ key: checkpoints }, rekeyed(await dataOf(unit, next)))).toBe('not-allowed');
});

test('an act of the endpoint that is not known here may count', async () => {
  const unit = await foundedRosterUnit();
  await byEndpoint(unit, await dataOf(unit, await newEndpointKeys()));
  const entry = unit.entries.at(-1);
  if (!entry) throw new Error('no entry');
  expect(countsIn(unit.now, entry)).toBe(false);
  expect(countsIn({ ...unit.now, ...unit.keys }, entry)).toBe(true);
});

test('which keys count where follows from the positions of the acts', () => {
  const keys = (name: string) => ({ endpointKey: `e${name}` as AuthorKey, checkpointKey: `c${name}` as AuthorKey });
  const named: readonly KeysFrom[] = [
    { from: 1, ...keys('1'), byMembers: false },
    { from: 5, ...keys('2'), byMembers: true },
    { from: 9, ...keys('2'), endpointKey: 'e3' as AuthorKey, byMembers: false },
  ];
  expect([0, 1, 4, 5, 8, 9].map((size) => keysAfter(named, size)?.endpointKey ?? null)).toEqual([
    ...[null, 'e1', 'e1', 'e2', 'e2', 'e3'],
  ]);
  // Until the act, what was signed with them holds against the endpoint.
  expect(isGivenUp(named, 4, 5)).toBe(false);
  expect(isGivenUp(named, 4, 6)).toBe(true);
  expect(isGivenUp(named, 5, 20)).toBe(false);
  expect(isGivenUp(named, 9, 20)).toBe(false);
});
