import { v4, v7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { toIndexed } from '#renderer/vault/cases/case-rows.ts';
import { type Program, program } from '#renderer/vault/program.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { RunningVault } from '#renderer/vault/vault.ts';
import { encapsulateTo } from '#shared/crypto/public-box.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import type { EventDefinition } from '#shared/domain/event/define-event.ts';
import { registry, toEnvelope } from '#shared/domain/registry/registry.ts';
import type { Report } from '#shared/domain/report/report.ts';
import { generationIdOf } from '#shared/domain/unit/roster.ts';
import type { EntryId, EventId, StreamId } from '#shared/kernel/ids.ts';
import { boxToPublicKey } from '#shared/log/box.ts';
import { makeContentKey } from '#shared/log/content-key.ts';
import { createEntry, type Entry } from '#shared/log/entry.ts';
import { seenNothing } from '#shared/log/seen.ts';
import { withdrawBox } from '#shared/log/wire-box.ts';
import { bodyChanged } from '#tests/support/damage.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { foundedOn, startProcessOn, statusOf, unlocked } from '#tests/support/workstation.ts';
import { at, delivered, foldAll } from '../shared/assessment-fixtures.ts';

/* One odd entry is named, and keeps the unit from nothing that comes after it. */

async function aUnit() {
  const endpoint = await createMemoryEndpoint();
  const store = createMemoryStore();
  const host = endpoint.host();
  return { endpoint, store, host, ...(await foundedOn(store, host)) };
}

const queueOf = async (vault: RunningVault, text = '') =>
  (await vault.call('queue.page', { query: { ...everyCase, text }, offset: 0, limit: 200 })).rows.map(({ id }) => id);
const warningsOf = async (vault: RunningVault) => (await statusOf(vault)).warnings;

/** Words that are keys of every object in JavaScript, and text that is no well-formed text. */
const oddWords = [
  ...['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'prototype', 'length', 'then', 'toJSON'],
  ...[
    'x\u0000',
    '\ud800',
    '\udc00x',
    '\u202eabc',
    'İ',
    'ﷺ',
    '👩‍👩‍👧',
    `x${'\u0301'.repeat(9)}`,
    '$&',
    '\\',
    '"',
    'a\nb',
  ],
];

const reportOf = (word: string): Partial<Report> => ({
  subjects: [
    { kind: 'officer', name: word, rankOrRole: word, collarNumber: word, station: word, description: word },
    {
      kind: 'unknown',
      name: `${word} ${word}`,
      rankOrRole: null,
      collarNumber: null,
      station: null,
      description: null,
    },
  ],
  narrative: `${word} and ${word}.`,
  dates: [word, `3 ${word} 2026`],
  places: [word, `${word} Rd`],
  vehicles: [word, `AB12 CDE ${word}`],
});

describe('a report with odd words', () => {
  test('comes in, is found, matched and opened, and what comes after it too', async () => {
    const { endpoint, vault } = await aUnit();
    const ids: StreamId[] = [];
    for (const word of oddWords) ids.push(await endpoint.deliver(referralWith(reportOf(word))));
    const last = await endpoint.deliver(referralWith());
    await vault.call('sync.now', {});
    expect((await statusOf(vault)).trouble).toBeNull();
    expect(await warningsOf(vault)).toEqual([]);
    expect(new Set(await queueOf(vault))).toEqual(new Set([...ids, last]));
    for (const [index, id] of ids.entries()) {
      const view = await vault.call('case.open', { id });
      expect(view.ok && view.value.state.referral.report.vehicles[0]).toBe(oddWords[index]?.toWellFormed());
      await queueOf(vault, oddWords[index]);
    }
  });
});

/** This program with a defect in what an event does. */
const withDefect = (type: string): Program => {
  const broken = { ...registry.get(type), apply: () => JSON.parse('nothing') } as unknown as EventDefinition;
  return { ...program, registry: new Map([...registry, [type, broken]]) };
};

describe('an entry that a defect keeps from being applied', () => {
  test('is stored and named, and those after it are applied', async () => {
    const { endpoint, store, host, vault, slot, kill } = await aUnit();
    const id = await endpoint.deliver(referralWith());
    await vault.call('sync.now', {});
    await vault.call('case.record', { command: { type: 'case.taken', case: id, data: {} } });
    kill();

    const build = withDefect('case.taken');
    const defective = startProcessOn(store, host, build);
    await unlocked(defective.vault, slot);
    await defective.vault.call('sync.now', {});
    const next = await endpoint.deliver(referralWith());
    await defective.vault.call('sync.now', {});
    expect((await warningsOf(defective.vault)).map(({ code }) => code)).toEqual(['entry-not-applied']);
    expect(await queueOf(defective.vault)).toContain(next);
    expect((await defective.vault.call('log.verify', {})).map(({ code }) => code)).toEqual([]);
  });
});

describe('a case of which something cannot be derived', () => {
  const state = foldAll([delivered({})]);
  const odd = new Proxy(state, {
    get: (target, name) => (name === 'dispositions' ? null : target[name as keyof CaseState]),
  });

  test('stands in the queue by its reference, as urgent, and is named', () => {
    const faults: Parameters<typeof toIndexed>[3] = [];
    const { summary, trace, keys, entries } = toIndexed(program, { state: odd, begunFor: 'unit' }, new Map(), faults);
    expect(summary).toMatchObject({ id: state.id, reference: state.referral.reference, priority: 'immediate' });
    expect(trace).toEqual({ received: 1 });
    expect(keys.who.length).toBeGreaterThan(0);
    expect(entries).toBe(1);
    expect(new Set(faults.map(({ code }) => code))).toEqual(new Set(['case-not-derived']));
    expect(toIndexed(program, { state, begunFor: 'unit' }, new Map(), []).summary.priority).not.toBe('immediate');
  });
});

describe('parts of an entry that are not there, or not as signed', () => {
  const without = ({ header, wire }: Entry): Entry => ({ header, wire: { ...wire, body: null } });
  const unboxed = ({ header, wire }: Entry): Entry => ({ header, wire: { ...wire, boxes: [] } });
  const withdrawnBox = ({ header, wire }: Entry): Entry => ({
    header,
    wire: { ...wire, boxes: wire.boxes.map(({ label }) => ({ label, withdrawn: new Uint8Array(32) })) },
  });
  const relabelled = ({ header, wire }: Entry): Entry => ({
    header,
    wire: { ...wire, boxes: wire.boxes.map((box) => ({ ...withdrawBox(box), label: new Uint8Array(2) })) },
  });

  test('a body that the key of its header does not open is named, and makes no case', async () => {
    const { endpoint, vault } = await aUnit();
    const publicKey = endpoint.publicKey();
    const stream = v4() as StreamId;
    const [named, other] = [makeContentKey(stream, endpoint.key.author), makeContentKey(stream, endpoint.key.author)];
    const to = { generation: generationIdOf(publicKey) };
    const boxes = [await boxToPublicKey(named, to, await encapsulateTo(publicKey))];
    const event = toEnvelope(v7() as EventId, { type: 'referral.received', at, data: referralWith() });
    const place = { ...{ id: v7() as EntryId, unit: endpoint.unit, stream, seen: seenNothing }, prev: null };
    await endpoint.inject(await createEntry({ place, event, key: { ...named, raw: other.raw }, boxes }, endpoint.key));
    await vault.call('sync.now', {});
    expect((await warningsOf(vault)).map((each) => each.code)).toEqual(['entry-seal']);
    expect(await queueOf(vault)).toEqual([]);
  });

  test.each([
    ['a changed body', bodyChanged, 'entry-parts'],
    ['no body', without, 'entry-parts-missing'],
    ['no boxes', unboxed, 'entry-parts'],
    ['another box’s digest', withdrawnBox, 'entry-parts'],
    ['a withdrawn box of another label', relabelled, 'entry-parts'],
  ] as const)('%s: the entry is named and makes no case; the next one does', async (_, tamper, code) => {
    const { endpoint, vault } = await aUnit();
    await endpoint.deliver(referralWith(), undefined, tamper);
    const next = await endpoint.deliver(referralWith());
    await vault.call('sync.now', {});
    expect((await warningsOf(vault)).map((each) => each.code)).toEqual([code]);
    expect(await queueOf(vault)).toEqual([next]);
  });
});
