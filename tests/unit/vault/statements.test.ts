import { v4, v7 } from 'uuid';
import { beforeEach, describe, expect, test } from 'vitest';
import { keysOfStream } from '#renderer/vault/cases/current-case.ts';
import { replySeed } from '#renderer/vault/transfer/reply-keys.ts';
import { toBase64url } from '#shared/crypto/encoding.ts';
import { generateSealingKey, sealingKeyOf } from '#shared/crypto/public-box.ts';
import { sealingKeyIdOf } from '#shared/crypto/sealing-key.ts';
import { generateSigningKey, importSigningKey, type SigningKey } from '#shared/crypto/signing.ts';
import type { Digest, EntryId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import { type Said, signSaid } from '#shared/sync/said-by.ts';
import { sealStatement, streamOfTransfer } from '#shared/sync/transfer.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { inventUnit, type MemoryUnit } from '#tests/support/memory-unit.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { act, asha, ben, morgan, secretsOf, signingKeyOf } from '#tests/support/rotating-unit.ts';
import { type Side, side } from '#tests/support/two-units.ts';

/* Who may speak for another unit: its roster says, as it was when the endpoint carried what they signed. */

const at = new Date().toISOString();
let sender: MemoryUnit;
let receiver: Side;

beforeEach(async () => {
  sender = await inventUnit(1);
  receiver = await side(await createMemoryEndpoint(sender.endpoint));
});

/** A member in force has the endpoint carry it: what it says is signed with any key. */
const signedByInsider = async (what: Said['what'], body: object) =>
  signSaid({ what, unit: sender.endpoint.unit, body }, await signingKeyOf(sender, morgan), Date.now());

/** Sends a referral, signed with any key, as a program of its own would. */
async function send(key: SigningKey): Promise<StreamId> {
  const id = v7() as EntryId;
  const { unit } = sender.endpoint;
  const to = receiver.endpoint;
  const from = { unit, unitName: 'Test', force: 'test', member: 'Somebody', author: key.author };
  const statement = {
    ...{ transfer: id, from, to: { unit: to.unit, force: 'test-b' }, at },
    ...{ referral: referralWith({ force: 'test' }), tests: [], note: 'They serve there.' },
    reply: { stream: v4() as StreamId, publicKey: (await generateSealingKey()).publicKey, scope: 'unit' as const },
  };
  const sealed = await sealStatement('transfer', statement, key, to.publicKey());
  const transfer = {
    ...{ id, to: to.unit, package: sealed, blobs: [] },
    reply: { stream: statement.reply.stream, key: sealingKeyIdOf(statement.reply.publicKey) },
  };
  const by = await signedByInsider('transfer', transfer);
  const sent = await sender.endpoint.host().call('transfer.send', { ...transfer, by });
  if (!sent.ok) throw new Error(sent.failure.code);
  return streamOfTransfer(id);
}

async function freshKey(): Promise<SigningKey> {
  const { author, pkcs8 } = await generateSigningKey();
  return importSigningKey(author, pkcs8);
}
const memberOf = async (name: string): Promise<MemberId> => (await secretsOf(sender, name)).member.id;
const warnings = () => receiver.station.session.status().warnings.map(({ code }) => code);
/** What the receiver has of it once it read its log. */
async function outcome(stream: StreamId) {
  await receiver.station.sync();
  return { cases: receiver.station.cases().filter((id) => id === stream).length, warnings: warnings() };
}
const refused = { cases: 0, warnings: ['statement-unauthorised'] };
const believed = { cases: 1, warnings: [] };

describe('a referral from another unit makes a case', () => {
  test.each([ben, asha, morgan])('signed by %s, who is a member there', async (name) => {
    expect(await outcome(await send(await signingKeyOf(sender, name)))).toEqual(believed);
  });

  test('also where its signer was shut out after it was carried', async () => {
    const stream = await send(await signingKeyOf(sender, ben));
    await act(sender, morgan, { type: 'membership.suspended', at, data: { member: await memberOf(ben) } });
    expect(await outcome(stream)).toEqual(believed);
  });

  test('from the log alone, without a connection, as it was at first', async () => {
    const stream = await send(await signingKeyOf(sender, ben));
    await receiver.station.sync();
    const before = await receiver.station.state(stream);
    sender.endpoint.network.peers.delete(sender.endpoint.unit);
    receiver.store.rows.cases.clear();
    receiver.store.rows.summaries.clear();
    await receiver.restart();
    expect(await receiver.station.state(stream)).toEqual(before);
  });
});

describe('it makes none, and is named', () => {
  test('signed with a key that was never bound to that unit', async () => {
    expect(await outcome(await send(await freshKey()))).toEqual(refused);
  });

  test('signed by a member of the unit that it came to', async () => {
    expect(await outcome(await send(receiver.station.vault.member.signing))).toEqual(refused);
  });

  test('signed by a member who was shut out by then', async () => {
    await act(sender, morgan, { type: 'membership.suspended', at, data: { member: await memberOf(ben) } });
    expect(await outcome(await send(await signingKeyOf(sender, ben)))).toEqual(refused);
  });

  test('signed by one whose role decides nothing', async () => {
    await act(sender, morgan, { type: 'role.changed', at, data: { member: await memberOf(ben), role: 'reviewer' } });
    expect(await outcome(await send(await signingKeyOf(sender, ben)))).toEqual(refused);
  });

  test('beside a checkpoint that the endpoint did not sign', async () => {
    await act(sender, morgan, { type: 'membership.suspended', at, data: { member: await memberOf(ben) } });
    const { network } = sender.endpoint;
    const before = sender.endpoint.seen(sender.endpoint.log.length - 1);
    network.tamperSeen = (seen) => ({ ...seen, size: before.size, root: before.root });
    expect(await outcome(await send(await signingKeyOf(sender, ben)))).toEqual(refused);
  });
});

describe('it waits, and is named, while that unit cannot be verified', () => {
  const waits = { cases: 0, warnings: ['roster-unverified'] };
  const flipped = (bytes: Uint8Array) => bytes.map((byte, index) => (index === bytes.length - 1 ? byte ^ 1 : byte));

  test.each<[string, (network: MemoryUnit['endpoint']['network']) => void]>([
    [
      'a roster without its last act',
      (network) => {
        network.tamperRoster = (roster) => ({ ...roster, entries: roster.entries.slice(0, -1) });
      },
    ],
    [
      'another signature in it',
      (network) => {
        network.tamperRoster = ({ entries: [first, ...rest], proof }) => ({
          entries: first ? [{ ...first, signature: flipped(first.signature) }, ...rest] : [],
          proof,
        });
      },
    ],
    [
      'a proof that is none',
      (network) => {
        network.tamperRoster = (roster) => ({ ...roster, proof: 'none' });
      },
    ],
    [
      'no such unit',
      (network) => {
        const unit = sender.endpoint.unit;
        const peer = network.peers.get(unit);
        if (peer) network.peers.set(unit, { ...peer, roster: () => [] });
      },
    ],
  ])('%s', async (_, tamper) => {
    // Something that must not be left out.
    await act(sender, morgan, { type: 'membership.suspended', at, data: { member: await memberOf(ben) } });
    const stream = await send(await signingKeyOf(sender, asha));
    const { network } = sender.endpoint;
    const before = { ...network, peers: new Map(network.peers) };
    await receiver.station.session.matchable();
    tamper(network);
    expect(await outcome(stream)).toEqual(waits);
    // Nobody is told that it arrived.
    expect(network.transfers.get([...network.transfers.keys()].at(-1) as EntryId)?.answers.size).toBe(0);
    Object.assign(network, { tamperRoster: before.tamperRoster });
    for (const [unit, peer] of before.peers) network.peers.set(unit, peer);
    expect((await outcome(stream)).cases).toBe(1);
    await receiver.station.prepare(stream);
    await receiver.station.sync();
    expect(network.transfers.get([...network.transfers.keys()].at(-1) as EntryId)?.answers).toEqual(
      new Set(['acknowledged']),
    );
  });

  test('the roster of another log of that unit', async () => {
    await receiver.station.sync();
    const stream = await send(await signingKeyOf(sender, ben));
    await receiver.station.sync();
    expect(receiver.station.cases()).toContain(stream);
    const { network } = sender.endpoint;
    const root = toBase64url(new Uint8Array(32)) as Digest;
    network.tamperSeen = (seen) => ({ ...seen, root });
    const other = await send(await signingKeyOf(sender, asha));
    await receiver.station.sync();
    expect(receiver.station.cases()).not.toContain(other);
    // Which key signs there, only that roster could say.
    expect(warnings()).toEqual(['roster-unverified']);
  });
});

test('an answer that nobody of the other unit signed changes nothing, and is named', async () => {
  const id = await receiver.endpoint.deliver(referralWith({ force: 'test-b' }));
  const { station } = receiver;
  await station.sync();
  await station.prepare(id);
  const decided = await station.decide(id, { kind: 'otherForce', force: 'test', unit: sender.endpoint.unit });
  await station.sync();
  const answer = async (key: SigningKey) => {
    const from = { unit: sender.endpoint.unit, unitName: 'Test', force: 'test', member: 'Ben', author: key.author };
    const to = { unit: receiver.endpoint.unit, force: 'test-b' };
    const statement = { transfer: decided, from, to, at, answer: 'sentBack', why: 'It is not ours.' } as const;
    const seed = await replySeed(station.vault, id, decided, await keysOfStream(station.vault, id));
    if (!seed) throw new Error('Nothing was asked.');
    const note = await sealStatement('answer', statement, key, (await sealingKeyOf(seed)).publicKey);
    const body = { id: decided, answer: 'sentBack' as const, note };
    const by = await signedByInsider('answer', body);
    await sender.endpoint.host().call('transfer.answer', { ...body, by });
    await station.sync();
    return (await station.state(id)).dispositions[0]?.answers.length;
  };
  expect(await answer(await freshKey())).toBe(0);
  expect(warnings()).toEqual(['statement-unauthorised']);
  // It was answered once: that answer is the one that is wrong, and the endpoint takes no other. So said, a person can act.
  expect(await answer(await signingKeyOf(sender, ben))).toBe(0);
});
