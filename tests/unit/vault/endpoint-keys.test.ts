import { v7 } from 'uuid';
import { beforeEach, describe, expect, test } from 'vitest';
import { leadsToPinned, signerOfCheckpoint } from '#renderer/vault/log/endpoint-keys.ts';
import { ledgerKey } from '#renderer/vault/log/ledger.ts';
import { replaceEndpointKeys } from '#renderer/vault/replace-endpoint-keys.ts';
import { toBase64url } from '#shared/crypto/encoding.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import type { Digest, EntryId, StreamId } from '#shared/kernel/ids.ts';
import { type EndpointSigningKeys, makeReplacement, publicKeysOf } from '#shared/log/endpoint-keys-proof.ts';
import type { Entry } from '#shared/log/entry.ts';
import type { Seen } from '#shared/log/seen.ts';
import { streamOfTransfer } from '#shared/sync/transfer.ts';
import { newEvent, placeIn, sealedAsMember } from '#tests/support/attacked-unit.ts';
import { newEndpointKeys, signAct } from '#tests/support/made-roster.ts';
import { createMemoryEndpoint, type MemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { makeCheckpoint } from '#tests/support/memory-log-tree.ts';
import { publishDirectory } from '#tests/support/memory-network.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { sealedToUnit } from '#tests/support/sealed-to-unit.ts';
import { type Side, side, twoUnits } from '#tests/support/two-units.ts';

/* A workstation whose endpoint has its keys replaced, and what whoever has the old ones can do. */

const at = '2026-11-20T10:00:00.000Z';
let weather: 'fair' | 'requestLost';
let unit: Side;

beforeEach(async () => {
  weather = 'fair';
  unit = await side(await createMemoryEndpoint(), () => weather);
});

const keysOf = ({ key, checkpointKey }: MemoryEndpoint): EndpointSigningKeys => ({
  entries: key,
  checkpoints: checkpointKey,
});

/** The entry by which keys follow others, as the endpoint signs it. */
async function rekeying(
  old: EndpointSigningKeys,
  next: EndpointSigningKeys,
  consent: SigningKey | null,
  { endpoint }: Side = unit,
): Promise<Entry> {
  const data = await makeReplacement(endpoint.unit, publicKeysOf(old), next, consent);
  const place = placeIn(endpoint, old.entries.author, { stream: endpoint.roster()?.stream as StreamId });
  return signAct(place, { type: 'endpoint.rekeyed', at, data }, old.entries);
}

/** The endpoint replaces both its keys. @returns those of before */
async function replaced(of: Side = unit, by?: EndpointSigningKeys): Promise<EndpointSigningKeys> {
  const { endpoint } = of;
  const [old, next] = [keysOf(endpoint), by ?? (await newEndpointKeys())];
  const entry = await rekeying(old, next, old.checkpoints, of);
  endpoint.signWith(next);
  await endpoint.inject(entry);
  return old;
}

const troubleNow = async () => {
  await unit.station.sync();
  return unit.station.session.sync.state.trouble;
};
const warnings = () => [
  ...unit.station.vault.findings.warnings.map(({ code }) => code),
  ...unit.station.vault.log.view.faults.map(({ code }) => code),
];
const take = (id: StreamId) => unit.station.prepare(id);

test('a workstation goes on through replacements: connected, offline through two, and with entries that wait', async () => {
  const { endpoint } = unit;
  const ids = [await endpoint.deliver(referralWith())];
  expect(await troubleNow()).toBeNull();
  await replaced();
  ids.push(await endpoint.deliver(referralWith()));
  expect(await troubleNow()).toBeNull();
  await take(ids[1] as StreamId);
  weather = 'requestLost';
  await take(ids[0] as StreamId);
  await replaced();
  ids.push(await endpoint.deliver(referralWith()));
  await replaced();
  ids.push(await endpoint.deliver(referralWith()));
  expect(await troubleNow()).not.toBeNull();
  weather = 'fair';
  expect(await troubleNow()).toBeNull();
  await take(ids[3] as StreamId);
  expect(await troubleNow()).toBeNull();
  expect(unit.station.vault.log.outbox).toEqual([]);
  expect(unit.station.cases().sort()).toEqual(ids.sort());
  expect(warnings()).toEqual([]);
  expect(unit.station.vault.log.ledger.endpointKeys).toHaveLength(4);
});

test('what is folded is the same in any pages, and made again from the log', async () => {
  const { endpoint } = unit;
  for (let count = 0; count < 2; count += 1) {
    await take(await delivered());
    await replaced();
  }
  await take(await delivered());
  expect(await troubleNow()).toBeNull();
  const { roster, endpointKeys, tips, log } = unit.station.vault.log.ledger;
  unit.station.stop();
  await unit.store.commit([{ table: 'meta', remove: [ledgerKey] }]);
  await unit.restart();
  expect(unit.station.vault.log.ledger).toMatchObject({ roster, endpointKeys });
  expect(new Map(unit.station.vault.log.ledger.tips)).toEqual(new Map(tips));
  expect(unit.station.vault.log.ledger.log.size).toBe(log.size);
  const noted = unit.station.vault.log.ledger.log.checkpoint;
  expect(noted.size).toBeGreaterThan(endpointKeys.at(-1)?.from ?? 0);
  expect(await troubleNow()).toBeNull();
  await take(await delivered());
  expect(await troubleNow()).toBeNull();
  expect(endpoint.log.length).toBe(unit.station.vault.log.ledger.log.size);
});

async function delivered(): Promise<StreamId> {
  const id = await unit.endpoint.deliver(referralWith());
  await unit.station.sync();
  return id;
}

describe('whoever has the old keys', () => {
  test('signs no entry that counts', async () => {
    const old = await replaced();
    const { endpoint } = unit;
    const place = { ...placeIn(endpoint, old.entries.author), id: v7() as EntryId };
    const referral = newEvent({ type: 'referral.received', at, data: referralWith() });
    await endpoint.inject(await sealedToUnit(endpoint.publicKey(), old.entries, place, referral));
    expect(await troubleNow()).toBeNull();
    expect(unit.station.cases()).toEqual([]);
    expect(warnings()).toEqual(['unknown-author']);
  });

  test('signs no page of the log that is believed', async () => {
    const old = await replaced();
    expect(await troubleNow()).toBeNull();
    unit.endpoint.signWith(old);
    await unit.endpoint.deliver(referralWith());
    expect((await troubleNow())?.params).toMatchObject({ because: 'checkpoint-signature' });
  });

  test('signs nothing that an entry can say to have seen of the log since', async () => {
    const old = await replaced();
    const id = await delivered();
    await claim(id, await forged(old, unit.endpoint.log.length));
    await claim(id, await forged(old, unit.endpoint.log.length + 9));
    expect(await troubleNow()).toBeNull();
    expect(warnings()).toEqual(['seen-unproved', 'entry-seen']);
  });

  test('shows that there were two logs of before, unless members gave that key up', async () => {
    const old = await replaced();
    const id = await delivered();
    await claim(id, await forged(old, lastOfOld()));
    expect((await troubleNow())?.code).toBe('log-forked');
  });

  test('halts nobody with a log of before once members gave that key up', async () => {
    const old = await givenUp();
    const id = await delivered();
    await claim(id, await forged(old, lastOfOld()));
    expect(await troubleNow()).toBeNull();
    expect(warnings()).toEqual(['seen-unproved']);
  });
});

test('with the key for entries alone, nobody comes by the one for checkpoints', async () => {
  const { endpoint } = unit;
  const [old, next] = [keysOf(endpoint), await newEndpointKeys()];
  const entry = await rekeying(old, next, null);
  endpoint.signWith(next);
  await endpoint.inject(entry);
  expect((await troubleNow())?.params).toMatchObject({ because: 'checkpoint-signature' });
});

test('a replacement that its author never signed brings no key', async () => {
  const { endpoint } = unit;
  const [old, next] = [keysOf(endpoint), await newEndpointKeys()];
  const entry = await rekeying(old, next, old.checkpoints);
  endpoint.signWith(next);
  const signature = new Uint8Array(entry.wire.signature).fill(7);
  await endpoint.inject({ ...entry, wire: { ...entry.wire, signature } });
  expect((await troubleNow())?.params).toMatchObject({ because: 'checkpoint-signature' });
});

test('the keys that are pinned are those of then: the log leads to them, or is not believed', async () => {
  await replaced();
  await unit.station.sync();
  const { vault } = unit.station;
  const { endpointKeys } = vault.log.ledger;
  const pinning = (keys: EndpointSigningKeys) => ({
    ...vault,
    member: { ...vault.member, slot: { ...vault.member.slot, ...publicKeysOf(keys) } },
  });
  const now = pinning(keysOf(unit.endpoint));
  expect(leadsToPinned(now, endpointKeys)).toBe(true);
  expect(leadsToPinned(now, endpointKeys.slice(0, 1))).toBe(false);
  expect(leadsToPinned(pinning(await newEndpointKeys()), endpointKeys)).toBe(false);
  expect(signerOfCheckpoint(now, endpointKeys, 1).key).toBe(endpointKeys[0]?.checkpointKey);
});

test('what another unit states is believed under the keys of then and of now, whoever is told first', async () => {
  const { a, b, id, toB, network } = await twoUnits();
  const sendOne = async (referral = id) => {
    const sent = await a.station.decide(referral, toB);
    await a.station.sync();
    await b.station.sync();
    await b.station.sync();
    return b.station.cases().includes(streamOfTransfer(sent));
  };
  expect(await sendOne()).toBe(true);
  for (const tellFirst of [a, b]) {
    const next = await newEndpointKeys();
    await replaced(tellFirst, next);
    const referral = await a.endpoint.deliver(referralWith({ force: 'test' }));
    await a.station.sync();
    await a.station.prepare(referral);
    expect(await sendOne(referral)).toBe(true);
    await replaced(tellFirst === a ? b : a, next);
    network.keys = publicKeysOf(next);
    await publishDirectory(network);
  }
  // Folded again from the log alone, with the directory of today.
  await b.station.sync();
  const cases = b.station.cases().sort();
  await b.restart();
  await b.station.sync();
  expect(b.station.cases().sort()).toEqual(cases);
  expect(b.station.vault.findings.warnings).toEqual([]);
  a.station.stop();
  b.station.stop();
});

/** Members put other keys in the place of the endpoint's. @returns those of before */
async function givenUp(): Promise<EndpointSigningKeys> {
  const { endpoint, station } = unit;
  const [old, next] = [keysOf(endpoint), await newEndpointKeys()];
  const data = await makeReplacement(endpoint.unit, publicKeysOf(old), next, null);
  const done = await replaceEndpointKeys(station.vault, data, null);
  expect(done.ok).toBe(true);
  endpoint.signWith(next);
  expect(await troubleNow()).toBeNull();
  expect(station.vault.log.ledger.roster).toMatchObject({ ...publicKeysOf(next), formerKeys: [{ wereLost: true }] });
  return old;
}

/** The last size whose checkpoint is signed with the old key. */
const lastOfOld = () => (unit.station.vault.log.ledger.endpointKeys[1]?.from ?? 0) - 1;

/** A checkpoint of no log, with a good signature. */
async function forged({ checkpoints: key }: EndpointSigningKeys, size: number): Promise<Seen> {
  const root = new Uint8Array(32).fill(1);
  expect(toBase64url(root) as Digest).not.toBe(unit.endpoint.seen().root);
  return (await makeCheckpoint({ unit: unit.endpoint.unit, key }, { size, root, at: Date.now() })).seen;
}

/** An entry of a device of a member's own, which says to have seen what it is given. */
async function claim(stream: StreamId, seen: Seen): Promise<void> {
  const { endpoint, station } = unit;
  const [generation] = station.vault.member.keyring.all();
  if (!generation) throw new Error('no keys');
  const event = newEvent({ type: 'case.taken', at, data: {} });
  const key = station.vault.member.signing;
  await endpoint.inject(await sealedAsMember(endpoint, generation, event, key, { stream, seen }));
}
