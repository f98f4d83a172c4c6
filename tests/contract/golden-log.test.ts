import { afterAll, describe, expect, test } from 'vitest';
import { withdrawnBy } from '#renderer/vault/log/stream-readers.ts';
import { fromCbor, toCbor } from '#shared/crypto/cbor.ts';
import { type Bytes, fromBase64url, toBase64url, utf8 } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import { combineShares } from '#shared/crypto/secret-shares.ts';
import { parseEvent, registry, toEnvelope } from '#shared/domain/registry/registry.ts';
import { generationIdOf } from '#shared/domain/unit/roster.ts';
import { scopeOfGeneration } from '#shared/domain/unit/scopes.ts';
import { parseBox } from '#shared/log/box.ts';
import { admitContentKey } from '#shared/log/content-key.ts';
import { type Entry, hashEntry, isInClear, parseEntry, verifyEntry } from '#shared/log/entry.ts';
import { openEvent, sealEvent } from '#shared/log/event-body.ts';
import { openGeneration } from '#shared/log/generation.ts';
import { parseGenerationBox } from '#shared/log/generation-box.ts';
import { formatHeader } from '#shared/log/header.ts';
import { openRecoveryKey } from '#shared/log/recovery-key.ts';
import { readRosterEntry } from '#shared/log/roster-entry.ts';
import { isSeenSigned } from '#shared/log/seen.ts';
import { formatLeaf, hashSignedHeader, nextLeaf, parseLeaf } from '#shared/log/tree/leaf.ts';
import { formatLabel } from '#shared/log/wire-box.ts';
import { withoutWithdrawn } from '#shared/log/withdrawn-parts.ts';
import { carriedSchemas } from '#shared/sync/transfer.ts';
import { must } from '#tests/support/golden/desk.ts';
import { endpointKeysAt } from '#tests/support/golden/endpoint-keys-at.ts';
import { readLog, stateOf } from '#tests/support/golden/fold-log.ts';
import { wireBoxOf, wireOf } from '#tests/support/golden/golden-entries.ts';
import { type GoldenEntry, readGolden } from '#tests/support/golden/golden-file.ts';
import { everyKey } from '#tests/support/golden/golden-keys.ts';
import { openAnyBox, unwrapped } from '#tests/support/golden/record-log.ts';

/*
 * The log of an invented unit, written by the program as it was when the files were made. This program must read each byte of
 * it as they say; where a format leaves no choice it must make the same bytes. CONTRIBUTING.md says when to make them anew.
 */

const keys = readGolden('keys');
const log = readGolden('log');
const state = readGolden('state');
const opens = await everyKey(keys);
const { desk } = await readLog(readGolden('store'), keys, log, readGolden('tree'), readGolden('directory'));
afterAll(() => desk.close());
const entries = log.entries.map((golden) => ({ golden, entry: must(parseEntry(wireOf(golden))) }));
const each = entries.map(({ golden, entry }) => [`${golden.position} ${golden.event.type}`, golden, entry] as const);

/** The content keys of the whole log. */
const raws = new Map(
  log.entries.flatMap(({ boxes }) =>
    boxes.map(({ label, holds }) => [(label as { key?: string }).key, holds] as const),
  ),
);

/** Its header is the one text of what it says, and its author signed it with these parts. */
async function expectSigned(golden: GoldenEntry, { header, wire }: Entry): Promise<void> {
  expect(header).toEqual(golden.header);
  expect(toBase64url(formatHeader(header))).toBe(toBase64url(wire.header));
  expect(await verifyEntry({ header, wire })).toMatchObject({ ok: true });
  expect(hashEntry({ header, wire })).toBe(golden.hash);
  const { checkpointKey: key } = endpointKeysAt(log.entries, header.seen.size);
  expect(await isSeenSigned(header.seen, { unit: header.unit, key })).toBe(true);
}

async function expectCbor(golden: GoldenEntry, entry: Entry): Promise<void> {
  const bytes = toCbor(entry.wire);
  expect(await digestOf(bytes)).toBe(golden.cbor);
  expect(must(parseEntry(fromCbor(bytes)))).toEqual(entry);
}

async function expectBoxes({ boxes }: GoldenEntry, entry: Entry): Promise<void> {
  for (const [index, box] of boxes.entries()) {
    const wireBox = wireBoxOf(box);
    const parsed = isInClear(entry) ? parseGenerationBox(wireBox) : parseBox(wireBox);
    const { label: _label, sealed: _sealed, ...said } = parsed ?? { label: null, sealed: null };
    expect(said).toEqual(box.label);
    expect(toBase64url(formatLabel(said))).toBe(toBase64url(entry.wire.boxes[index]?.label ?? utf8('')));
    expect(toBase64url(await openAnyBox(wireBox, opens))).toBe(box.holds);
  }
}

async function expectBody({ event, salt }: GoldenEntry, entry: Entry): Promise<void> {
  const { header, wire } = entry;
  if (header.key === null) {
    const read = must(await readRosterEntry(entry));
    expect(read.step.proved).toBe(true);
    expect(toEnvelope(read.eventId, read.event)).toEqual(event);
    return;
  }
  const key = admitContentKey(header.key, header.stream, fromBase64url(raws.get(header.key) ?? ''));
  const opened = await openEvent(key, wire.body as Bytes, header);
  expect({ event: opened.event, salt: toBase64url(opened.salt) }).toEqual({ event, salt });
  // As long as one that is sealed today, which tells as much by its size.
  expect((await sealEvent(key, event, header)).bytes.length).toBe(wire.body?.length);
}

/** Each field of the event is one of today. */
async function expectEvent({ event, unwrapped: inner }: GoldenEntry, entry: Entry): Promise<void> {
  const carried = carriedSchemas[event.type as keyof typeof carriedSchemas];
  if (carried) expect(carried.parse(event.data)).toEqual(event.data);
  const own = carried ? await unwrapped(desk.vault, event, entry, log.entries) : event;
  if (carried) expect(own).toEqual(inner);
  expect(toEnvelope(own.id, must(parseEvent(own)))).toEqual(own);
}

test.each(each)('%s is read as it was meant', async (_, golden, entry) => {
  await expectSigned(golden, entry);
  await expectCbor(golden, entry);
  await expectBoxes(golden, entry);
  await expectBody(golden, entry);
  await expectEvent(golden, entry);
});

test('of the shares of the recovery key, as many as are needed make it', async () => {
  const { author, secret, shares } = keys.recovery;
  for (const some of [shares.slice(0, 2), shares.slice(1), shares]) {
    const combined = must(await combineShares(some));
    expect(toBase64url(combined)).toBe(secret);
    const { signing, sealing } = await openRecoveryKey(combined);
    expect(signing.author).toBe(author);
    expect(state.roster?.recovery).toEqual({ author, sealingKey: sealing.publicKey });
  }
});

describe('the log', () => {
  test('has the leaves that its tree is made of', () => {
    let leaf: ReturnType<typeof nextLeaf> | null = null;
    for (const { golden, entry } of entries) {
      leaf = nextLeaf(leaf, hashSignedHeader(entry.wire), isInClear(entry), golden.arrivedAt);
      expect(toBase64url(formatLeaf(leaf))).toBe(golden.leaf);
      expect(parseLeaf(fromBase64url(golden.leaf))).toEqual({ ok: true, value: leaf });
    }
  });

  test('folds to what it folded to', async () => {
    // Its disk had a slot and nothing else. Of the log, and of who stated what in it, there is nothing to warn of.
    const codes = desk.vault.findings.warnings.map(({ code }) => code);
    expect(codes).toEqual(['ledger-row', 'outbox-note-missing', 'not-audited']);
    expect(await stateOf(desk)).toEqual(state);
  });

  test('is served without what was withdrawn', async () => {
    const first = (stream: string) => {
      const begun = log.entries.find(({ header }) => header.stream === stream);
      const box = begun?.boxes
        .map((golden) => parseBox(wireBoxOf(golden)))
        .find((found) => found && 'generation' in found.to);
      return box && 'generation' in box.to ? scopeOfGeneration(state.roster, box.to.generation) : null;
    };
    const withdrawn = withdrawnBy(state.roster, first);
    const served = entries.flatMap(({ golden: { position }, entry }) => {
      const left = withoutWithdrawn(entry, withdrawn);
      return left === entry.wire ? [] : [{ position, served: toBase64url(toCbor(left)) }];
    });
    expect(served).toEqual(log.withdrawn);
    for (const { position, served: bytes } of log.withdrawn) {
      const entry: Entry = must(parseEntry(fromCbor(fromBase64url(bytes))));
      expect(must(await verifyEntry(entry))).toBe(entry);
      expect(hashEntry(entry)).toBe(log.entries[position - 1]?.hash);
    }
  });

  test('names its generations by what follows from their secrets', async () => {
    for (const { id, secret, publicKey } of keys.generations) {
      const generation = await openGeneration(fromBase64url(secret));
      expect({ id: generation.id, publicKey: generation.sealing.publicKey }).toEqual({ id, publicKey });
      expect(generationIdOf(publicKey)).toBe(id);
    }
  });
});

describe('there is an example', () => {
  const shown = (golden: GoldenEntry): readonly string[] =>
    golden.unwrapped ? [golden.event.type, golden.unwrapped.type] : [golden.event.type];

  test('of every event, and of no other', () => {
    const types = new Set(log.entries.flatMap(shown));
    expect([...types].sort()).toEqual([...registry.keys(), ...Object.keys(carriedSchemas)].sort());
  });

  test('of an entry in the clear, of one by a member and of one by the endpoint', () => {
    const kinds = new Set(
      log.entries.map(({ by, body }) => (body === null ? 'clear' : by === 'the endpoint' ? by : 'member')),
    );
    expect([...kinds].sort()).toEqual(['clear', 'member', 'the endpoint']);
  });

  test('of each box, and of what is withdrawn', () => {
    const forms = log.entries.flatMap(({ boxes }) =>
      boxes.map(({ label }) => {
        const { to, by = 'generation' } = label as { to: object; by?: string };
        return `${by} to a ${Object.keys(to).join()}`;
      }),
    );
    expect([...new Set(forms)].sort()).toEqual([
      'generation to a device',
      'generation to a generation',
      'generation to a recovery',
      'public to a device',
      'public to a generation',
      'secret to a generation',
    ]);
    const served = log.withdrawn.map(({ served: bytes }) => fromCbor(fromBase64url(bytes)) as Entry['wire']);
    expect(served.some(({ body }) => body === null)).toBe(true);
    expect(served.some(({ boxes }) => boxes.some((box) => 'withdrawn' in box))).toBe(true);
  });
});
