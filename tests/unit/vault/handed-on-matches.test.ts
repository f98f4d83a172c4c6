import { v4 } from 'uuid';
import { expect, test, vi } from 'vitest';
import { selectMatches } from '#renderer/vault/cases/matches.ts';
import { execute } from '#renderer/vault/execute.ts';
import { handOnCase } from '#renderer/vault/hand-on-case.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import type { Report } from '#shared/domain/report/report.ts';
import type { Roster } from '#shared/domain/unit/roster.ts';
import type { CircleId, StreamId } from '#shared/kernel/ids.ts';
import { makeGeneration } from '#shared/log/generation.ts';
import { boxGeneration } from '#shared/log/generation-box.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { actAs } from '#tests/support/slot-acts.ts';
import { slotSecretsOf } from '#tests/support/slot-secrets.ts';
import { foundStation, type Station, startStation } from '#tests/support/transfer-station.ts';
import { passphrase } from '#tests/support/workstation.ts';

/*
 * What is known of one case and another (that its subject appears again, a link, a rejected match) goes with a case that is
 * handed on: it is named by the stream in which it began, whichever it is in.
 */

const at = new Date().toISOString();
const name = 'Sal Penrose';
const subjects: Report['subjects'] = [
  {
    ...{ kind: 'officer', name: 'Ellis Marlow', rankOrRole: 'PC', collarNumber: '4471' },
    ...{ station: 'Harrowmere', description: null },
  },
];

/** A unit with a case recorded for intelligence, a later referral about the same officer, and a circle. */
async function recordedAndLater() {
  const endpoint = await createMemoryEndpoint();
  const store = createMemoryStore();
  const host = endpoint.host();
  const { slotId, ...founded } = await foundStation(store, host);
  let station: Station = founded;
  const circle = v4() as CircleId;
  const { stream } = endpoint.roster() as Roster;
  const made = await makeGeneration();
  const { own } = await slotSecretsOf(store, host, name, passphrase);
  const boxes = [await boxGeneration(made, stream, { author: own.author, sealingKey: own.sealingPublicKey })];
  const data = { scope: circle, generation: { id: made.id, publicKey: made.sealing.publicKey } };
  const signer = { endpoint, store, host, passphraseOf: () => passphrase };
  await actAs(signer, name, { type: 'scope.opened', at, data }, boxes);
  const deliver = () => endpoint.deliver(referralWith({ force: 'test', subjects, places: [], dates: [] }));
  const unit = {
    get station() {
      return station;
    },
    async settle() {
      await station.sync();
      await vi.waitFor(() => expect(station.vault.matching.found.upTo).toBe(station.vault.log.ledger.log.size));
    },
    async run(command: CaseCommand) {
      expect(await execute(station.vault, command)).toMatchObject({ ok: true });
    },
    async handOn(id: StreamId): Promise<StreamId> {
      const done = await handOnCase(station.vault, { case: id, to: circle, why: 'Not all may read it.' });
      if (!done.ok) throw new Error(done.error.code);
      return done.value;
    },
    /** @param afresh as if nothing had been looked through yet */
    async restart(afresh = false) {
      station.stop();
      if (afresh) {
        for (const key of store.rows.meta.keys()) if (String(key).startsWith('sightings:')) store.rows.meta.delete(key);
      }
      station = await startStation(store, host, slotId);
      await unit.settle();
    },
    referenceOf: async (id: StreamId) => (await station.state(id)).referral.reference,
    again: (id: StreamId) => station.session.queue.row(id)?.appearsAgain?.map((each) => each.case) ?? [],
    matches: async (id: StreamId) => selectMatches(station.vault, await station.state(id)).map((match) => match.case),
  };
  const id = await deliver();
  await station.sync();
  await station.prepare(id);
  const text = (await station.state(id)).referral.report.narrative.slice(0, 11);
  await unit.run({ type: 'item.recorded', case: id, data: { start: 0, end: 11, text, provenance: null } });
  await station.decide(id, { kind: 'record', reviewOn: '2099-01-31' });
  await unit.settle();
  const later = await deliver();
  await unit.settle();
  return { unit, id, later };
}

test('a case recorded for intelligence appears again also once it was handed on', async () => {
  const { unit, id, later } = await recordedAndLater();
  expect(unit.again(id)).toEqual([later]);
  const next = await unit.handOn(id);
  expect(unit.again(next)).toEqual([later]);
  await unit.settle();
  expect(unit.again(next)).toEqual([later]);
  for (const afresh of [false, true]) {
    await unit.restart(afresh);
    expect(unit.again(next)).toEqual([later]);
  }
});

test('a case in which it appears again is found where it is since it was handed on', async () => {
  const { unit, id, later } = await recordedAndLater();
  const next = await unit.handOn(later);
  expect(unit.again(id)).toEqual([next]);
  await unit.settle();
  expect(unit.again(id)).toEqual([next]);
  await unit.restart(true);
  expect(unit.again(id)).toEqual([next]);
});

test('a match that was rejected stays rejected once one of the two cases was handed on', async () => {
  const { unit, id, later } = await recordedAndLater();
  const reference = await unit.referenceOf(later);
  await unit.run({ type: 'match.rejected', case: id, data: { case: later, reference, why: 'Another officer.' } });
  await unit.settle();
  await unit.handOn(later);
  await unit.settle();
  expect(unit.again(id)).toEqual([]);
  await unit.restart(true);
  expect(unit.again(id)).toEqual([]);
  const next = await unit.handOn(id);
  await unit.settle();
  expect(unit.again(next)).toEqual([]);
});

test('a link that another case made is there once the linked case was handed on', async () => {
  const { unit, id, later } = await recordedAndLater();
  await unit.run({ type: 'case.taken', case: later, data: {} });
  const linked = { case: id, reference: await unit.referenceOf(id), kind: 'repeat' as const, why: 'The same evening.' };
  await unit.run({ type: 'referral.linked', case: later, data: linked });
  await unit.settle();
  const because = (of: StreamId) => unit.station.session.queue.row(of)?.appearsAgain?.[0]?.because;
  expect(because(id)?.[0]).toMatchObject({ code: 'linked' });
  const before = because(id);
  const next = await unit.handOn(id);
  await unit.settle();
  expect(because(next)).toEqual(before);
});

test('a case is no match of itself, and is named by where it began, so that what was said of it holds', async () => {
  const { unit, id, later } = await recordedAndLater();
  const next = await unit.handOn(id);
  for (const settle of [async () => undefined, unit.settle, unit.restart]) {
    await settle();
    expect(await unit.matches(later)).toEqual([id]);
    expect(await unit.matches(next)).toEqual([later]);
  }
  const reference = await unit.referenceOf(next);
  const itself = { type: 'match.rejected', case: next, data: { case: id, reference, why: 'It is itself.' } } as const;
  expect(await execute(unit.station.vault, itself)).toMatchObject({ ok: false, error: { code: 'match-of-itself' } });
});
