import { v4, v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestOf } from '#shared/crypto/hash.ts';
import type { EntryId, UnitId } from '#shared/kernel/ids.ts';
import { type Generation, makeGeneration } from '#shared/log/generation.ts';
import { toSeen } from '#shared/log/seen.ts';
import { verifySignedCheckpoint } from '#shared/log/tree/signed-checkpoint.ts';
import { signSaid } from '#shared/sync/said-by.ts';
import { streamOfTransfer } from '#shared/sync/transfer.ts';
import { StaffedUnit } from '../support/endpoint-cases.ts';
import type { EndpointClient, Reply } from '../support/endpoint-client.ts';
import { type EndpointFixture, startTestEndpoint } from '../support/endpoint-fixture.ts';
import { intakeOf } from '../support/endpoint-reports.ts';
import {
  Author,
  type FoundedUnit,
  openSealed,
  postAnswer,
  postTransfer,
  pullAll,
  putOutcome,
  type Speaker,
} from '../support/endpoint-unit.ts';
import { expectProblem, type ProblemCode } from '../support/expect-problem.ts';

interface Party {
  readonly unit: UnitId;
  readonly client: EndpointClient;
  readonly author: Author;
  readonly generation: Generation;
}

let fixture: EndpointFixture;
let sender: Party;
let receiver: Party;
let receiverFounded: FoundedUnit;
let unfounded: { unit: UnitId; client: EndpointClient; author: Author };

beforeAll(async () => {
  fixture = await startTestEndpoint();
  const { founder: author, generation } = fixture.founded;
  sender = { unit: fixture.unit, client: fixture.workstation, author, generation };
  const { founded, ...other } = await fixture.newFoundedUnit('receiving');
  receiverFounded = founded;
  receiver = { ...other, author: founded.founder, generation: founded.generation };
  sealed = sealedTo(receiver);
  const added = await fixture.newUnit('not-yet');
  unfounded = { ...added, author: await Author.of(added.unit) };
}, 60_000);
afterAll(() => fixture.close());

/** The reply key that the sender made for the answer. */
const replyKey = 'R'.repeat(42).concat('A');
const noteOf = (key = replyKey) => ({ key, box: 'bm90ZQ' });
const sealedTo = ({ generation }: Pick<Party, 'generation'>) => ({ key: generation.id as string, box: 'c2VhbGVk' });
let sealed: ReturnType<typeof sealedTo>;
const transferTo = (to: UnitId, changes: object = {}) => ({
  ...{ id: v7() as EntryId, to, package: sealed, blobs: [] as string[] },
  reply: { stream: v4(), key: replyKey },
  ...changes,
});
const send = (body: object, from: Speaker = sender) => postTransfer(from, body);
const answer = (id: string, body: object, by: Speaker = receiver) => postAnswer(by, id, body);

/** The log of a unit, with the bodies of the entries that the endpoint sealed to it. */
async function opened({ client, unit, generation }: Party, after = 0) {
  const { entries } = await pullAll(client, unit, fixture.endpoint);
  const ours = entries.slice(after).filter(({ entry }) => entry.header.author === fixture.endpoint.endpointKey);
  return Promise.all(ours.map(async ({ entry }) => ({ entry, body: await openSealed(entry, generation) })));
}
/** What stands beside what a unit sends: a checkpoint of its own log, with the time at which it was signed. */
async function seenNow({ client, unit }: Pick<Party, 'unit' | 'client'>) {
  const { end, checkpoint } = await client.pull(unit, 0);
  const signed = await verifySignedCheckpoint(checkpoint, { unit, key: fixture.endpoint.checkpointKey });
  if (!signed.ok) throw new Error(signed.error.code);
  const { root } = toSeen(signed.value);
  return { size: end, root, time: expect.any(Number), signature: expect.any(String) };
}
const ends = async () =>
  Promise.all([sender, receiver].map(async ({ client, unit }) => (await client.pull(unit, 0)).end));

async function expectRefusal(request: () => Promise<Reply>, code: ProblemCode): Promise<void> {
  const before = await ends();
  expectProblem(await request(), code);
  expect(await ends()).toEqual(before);
}

describe('a transfer', () => {
  test('stands in the receiving unit’s log, as it was sealed, under its own id', async () => {
    const transfer = transferTo(receiver.unit);
    expect((await send(transfer)).status).toBe(204);
    const last = (await opened(receiver)).at(-1);
    expect(last?.entry.header).toMatchObject({
      ...{ id: transfer.id, unit: receiver.unit, stream: streamOfTransfer(transfer.id) },
      author: fixture.endpoint.endpointKey,
    });
    expect(last?.body).toMatchObject({ type: 'referral.transferred', v: 1 });
    expect(last?.body.data).toEqual({ from: sender.unit, package: sealed, roster: await seenNow(sender) });
    expect(last?.body.id).not.toBe(transfer.id);
  });

  test('stands there once, however often and at the same time it is sent', async () => {
    const transfer = transferTo(receiver.unit);
    const [, before] = await ends();
    const replies = await Promise.all([1, 2, 3].map(() => send(transfer)));
    replies.push(await send({ ...transfer, package: { ...sealed, box: 'b3RoZXI' } }));
    expect(replies.map(({ status }) => status)).toEqual([204, 204, 204, 204]);
    expect((await ends())[1]).toBe((before ?? 0) + 1);
  });

  test('takes the sealed chunks of its attachments along, from the sender’s store only', async () => {
    const chunk = new Uint8Array([1, 2, 3]);
    const digest = await digestOf(chunk);
    await sender.client.putBlob(sender.unit, digest, chunk);
    const get = () => receiver.client.send('GET', `/v1/units/${receiver.unit}/blobs/${digest}`);
    expect((await get()).status).toBe(404);
    expect((await send(transferTo(receiver.unit, { blobs: [digest] }))).status).toBe(204);
    expect([...(await get()).bytes]).toEqual([1, 2, 3]);
    const theirs = new Uint8Array([9]);
    await receiver.client.putBlob(receiver.unit, await digestOf(theirs), theirs);
    const reaching = transferTo(receiver.unit, { blobs: [digest, await digestOf(theirs)] });
    await expectRefusal(() => send(reaching), 'blob-unknown');
  });

  test('goes to another unit that is there and founded, from one that is', async () => {
    await expectRefusal(() => send(transferTo(sender.unit)), 'transfer-to-self');
    await expectRefusal(() => send(transferTo(v4() as UnitId)), 'unit-unknown');
    await expectRefusal(() => send(transferTo(unfounded.unit)), 'unit-not-ready');
    await expectRefusal(() => send(transferTo(receiver.unit), { ...sender, ...unfounded }), 'unit-not-ready');
  });

  test('is sealed to the key that the receiving unit has now, and to no other', async () => {
    const other = { package: sealedTo({ generation: await makeGeneration() }) };
    await expectRefusal(() => send(transferTo(receiver.unit, other)), 'generation-replaced');
    await expectRefusal(() => send(transferTo(receiver.unit, { package: sealedTo(sender) })), 'generation-replaced');
  });

  test('is sealed to the unit, within what is for whoever looks first at what comes from outside', async () => {
    const unit = await StaffedUnit.of(await fixture.newFoundedUnit('looks-first'));
    const generation = await unit.openIntake();
    const to = { unit: unit.unit, client: unit.client, author: unit.founder, generation };
    await expectRefusal(() => send(transferTo(to.unit, { package: sealedTo({ generation }) })), 'generation-replaced');
    const transfer = transferTo(to.unit, { package: sealedTo(unit.all) });
    expect((await send(transfer)).status).toBe(204);
    expect((await opened(to)).at(-1)).toMatchObject({
      entry: { header: { id: transfer.id } },
      body: { type: 'referral.transferred' },
    });
  });

  test('cannot take the id of another, nor of an entry', async () => {
    const transfer = transferTo(receiver.unit);
    await send(transfer);
    await expectRefusal(() => send({ ...transfer, to: sender.unit }, receiver), 'transfer-id-reused');
    const third = await fixture.newFoundedUnit();
    await expectRefusal(() => send({ ...transfer, to: third.unit }), 'transfer-id-reused');
    const { entries } = await receiver.client.pull(receiver.unit, 0);
    expect(entries.length).toBeGreaterThan(0);
    await fixture.intake.postReport(intakeOf({ force: 'receiving' }));
    const report = (await opened(receiver)).at(-1)?.entry.header.id;
    await expectRefusal(() => send(transferTo(receiver.unit, { id: report })), 'transfer-id-reused');
  });

  test('comes from a workstation of its own unit, in the form that it has', async () => {
    const path = `/v1/units/${sender.unit}/transfers`;
    await expectRefusal(() => receiver.client.send('POST', path, transferTo(receiver.unit)), 'device-not-allowed');
    await expectRefusal(() => fixture.intake.send('POST', path, transferTo(receiver.unit)), 'device-not-allowed');
    const capitals = transferTo(receiver.unit);
    for (const wrong of [
      ...[{ note: 'x' }, { id: v4() }, { reply: { stream: v7(), key: replyKey } }, { package: 'x' }, { blobs: ['x'] }],
      ...[
        { id: capitals.id.toUpperCase() },
        { reply: { ...capitals.reply, stream: capitals.reply.stream.toUpperCase() } },
      ],
    ]) {
      await expectRefusal(() => send(transferTo(receiver.unit, wrong)), 'request-malformed');
    }
    const large = { ...sealed, box: 'A'.repeat(770_000) };
    expect((await send(transferTo(receiver.unit, { package: large }))).status).toBe(204);
    const tooLarge = { ...sealed, box: 'A'.repeat(770_001) };
    await expectRefusal(() => send(transferTo(receiver.unit, { package: tooLarge })), 'request-malformed');
  });
});

describe('an answer', () => {
  test('stands in the sender’s log, in the stream that the sender named, each once', async () => {
    const transfer = transferTo(receiver.unit);
    await send(transfer);
    const [before] = await ends();
    for (const each of ['acknowledged', 'acknowledged', 'sentBack', 'sentBack', 'acknowledged']) {
      expect((await answer(transfer.id, { answer: each, note: noteOf() })).status).toBe(204);
    }
    const carried = await opened(sender, before);
    const roster = await seenNow(receiver);
    expect(carried.map(({ body }) => body.data)).toEqual(
      ['acknowledged', 'sentBack'].map((each) => ({
        ...{ from: receiver.unit, transfer: transfer.id, answer: each, note: noteOf(), roster },
      })),
    );
    for (const { entry, body } of carried) {
      expect(entry.header).toMatchObject({ unit: sender.unit, stream: transfer.reply.stream });
      expect(body.type).toBe('answer.transferred');
    }
  });

  test('is the receiving unit’s to give, and no one learns of a transfer that is not theirs', async () => {
    const transfer = transferTo(receiver.unit);
    await send(transfer);
    const body = { answer: 'acknowledged', note: noteOf() };
    await expectRefusal(() => answer(transfer.id, body, sender), 'transfer-unknown');
    await expectRefusal(() => answer(transfer.id, body, unfounded), 'unit-not-ready');
    await expectRefusal(() => answer(v7(), body), 'transfer-unknown');
    const path = `/v1/units/${receiver.unit}/transfers/${transfer.id}/answer`;
    await expectRefusal(() => sender.client.send('POST', path, body), 'device-not-allowed');
    for (const wrong of [{ answer: 'lost' }, { why: 'x' }, { note: null }]) {
      await expectRefusal(() => answer(transfer.id, { ...body, ...wrong }), 'request-malformed');
    }
  });
});

describe('what is said in a unit’s name', () => {
  type Say = (by: Speaker) => Promise<Reply>;
  let said: readonly [what: string, say: Say, as: Party][];
  beforeAll(async () => {
    const [reference, transfer] = [await fixture.intake.postReport(intakeOf()), transferTo(receiver.unit)];
    expect((await send(transfer)).status).toBe(204);
    const body = { answer: 'acknowledged', note: noteOf() };
    said = [
      ['a transfer', (by) => postTransfer(by, transferTo(receiver.unit)), sender],
      ['an answer', (by) => postAnswer(by, transfer.id, body), receiver],
      ['an outcome', (by) => putOutcome(by, reference, { class: 'recorded' }), sender],
    ];
  });

  test('is said by a member in force who decides on cases, just now, and by nobody else', async () => {
    for (const [, say, as] of said) {
      const founded = as === sender ? fixture.founded : receiverFounded;
      const reviewer = await Author.of(as.unit);
      const admission = await founded.admission(reviewer, 'reviewer');
      await as.client.push(as.unit, [admission.wire]);
      const other = as === sender ? receiver : sender;
      const suspended = await founded.member();
      const act = await founded.founder.act(founded.stream, {
        type: 'membership.suspended',
        data: { device: suspended.key.author },
      });
      await as.client.push(as.unit, [act.wire]);
      const refused: Speaker[] = [
        { ...as, author: suspended },
        { ...as, author: await Author.of(as.unit) },
        { ...as, author: reviewer },
        { ...as, author: { unit: as.unit, key: other.author.key } },
        { ...as, now: () => Date.now() - 120_000 },
        { ...as, now: () => Date.now() + 120_000 },
      ];
      for (const by of refused) await expectRefusal(() => say(by), 'not-of-a-member');
      expect((await say(as)).status).toBe(204);
    }
  });

  test('is what they signed, in the name of that unit', async () => {
    const transfer = transferTo(receiver.unit);
    const by = await signSaid({ what: 'transfer', unit: sender.unit, body: transfer }, sender.author.key, Date.now());
    const path = `/v1/units/${sender.unit}/transfers`;
    const post = (body: object) => sender.client.send('POST', path, body);
    const wrong = [
      { ...transfer, id: v7(), by },
      { ...transfer, reply: { ...transfer.reply, stream: v4() }, by },
      { ...transfer, by: { ...by, at: by.at + 1 } },
      {
        ...transfer,
        by: await signSaid({ what: 'answer', unit: sender.unit, body: transfer }, sender.author.key, by.at),
      },
      {
        ...transfer,
        by: await signSaid({ what: 'transfer', unit: receiver.unit, body: transfer }, sender.author.key, by.at),
      },
    ];
    for (const body of wrong) await expectRefusal(() => post(body), 'not-of-a-member');
    await expectRefusal(() => post(transfer), 'request-malformed');
    expect((await post({ ...transfer, by })).status).toBe(204);
  });
});

describe('the outcome of a report', () => {
  const put = (reference: string, body: object, by: Speaker = sender) => putOutcome(by, reference, body);

  test('is one word, said by the unit that received it, and said anew as it changes', async () => {
    const reference = await fixture.intake.postReport(intakeOf());
    for (const outcome of ['recorded', 'recorded', 'passedOn']) {
      expect((await put(reference, { class: outcome })).status).toBe(204);
    }
    await expectRefusal(() => put(reference, { class: 'closed' }, receiver), 'reference-unknown');
    await expectRefusal(() => put('PA-999999', { class: 'closed' }), 'reference-unknown');
    for (const wrong of [{ class: 'guilty' }, { class: 'closed', why: 'x' }, { class: 'closed', subject: 'x' }, {}]) {
      await expectRefusal(() => put(reference, wrong), 'request-malformed');
    }
    await expectRefusal(() => put('nonsense', { class: 'closed' }), 'request-malformed');
  });
});

test('nothing of a transfer is in the log of requests', () => {
  expect(fixture.logged()).not.toContain(sealed.box);
});
