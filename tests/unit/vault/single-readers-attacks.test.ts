import { expect, test } from 'vitest';
import { type Ledger, ledgerKey } from '#renderer/vault/log/ledger.ts';
import { openRow } from '#renderer/vault/store/sealed-rows.ts';
import { importContentKey } from '#shared/crypto/aead.ts';
import { fromBase64url } from '#shared/crypto/encoding.ts';
import { decapsulate, encapsulateTo } from '#shared/crypto/public-box.ts';
import type { DomainEvent } from '#shared/domain/registry/registry.ts';
import { currentGeneration } from '#shared/domain/unit/roster.ts';
import type { AuthorKey, ContentKeyId, StreamId } from '#shared/kernel/ids.ts';
import { boxForGeneration, boxToPublicKey, openBox, parseBox } from '#shared/log/box.ts';
import { type ContentKey, makeContentKey } from '#shared/log/content-key.ts';
import { createEntry } from '#shared/log/entry.ts';
import type { Generation } from '#shared/log/generation.ts';
import type { WholeBox } from '#shared/log/wire-box.ts';
import { newEvent, placeIn } from '#tests/support/attacked-unit.ts';
import { type MemoryUnit, passphraseOf } from '#tests/support/memory-unit.ts';
import {
  act,
  asha,
  ben,
  codesOf,
  end,
  faultsOf,
  generationOf,
  handOver,
  holderOf,
  morgan,
  opens,
  release,
  secretsOf,
  signingKeyOf,
  stateOf,
  stationOf,
  synced,
  totalOf,
  why,
} from '#tests/support/rotating-unit.ts';
import {
  admit,
  boxesForDevices,
  caseGivenToBen,
  caseOfCircle,
  cutOff,
  give,
  idOf,
  idsOf,
  lee,
} from '#tests/support/single-readers.ts';
import { slotSecretsOf } from '#tests/support/slot-secrets.ts';

/* What programs of their own do with cases that are given to single members. */

const at = new Date().toISOString();
const taken = { type: 'case.taken', at, data: {} } as const;

interface Written {
  readonly stream: StreamId;
  readonly key?: ContentKey;
  readonly boxes: (key: ContentKey) => Promise<readonly WholeBox[]>;
}

/** An entry as a member's own program makes it. */
async function write(unit: MemoryUnit, name: string, event: DomainEvent, { stream, boxes, ...known }: Written) {
  const signing = await signingKeyOf(unit, name);
  const key = known.key ?? makeContentKey(stream, signing.author);
  const place = placeIn(unit.endpoint, signing.author, { stream });
  const entry = await createEntry({ place, event: newEvent(event), key, boxes: await boxes(key) }, signing);
  await unit.endpoint.inject(entry);
  return key;
}

async function forCircle({ endpoint }: MemoryUnit, circle: string, key: ContentKey): Promise<WholeBox> {
  const current = currentGeneration(endpoint.roster(), circle as never);
  if (!current) throw new Error('no circle');
  return boxToPublicKey(key, { generation: current.id }, await encapsulateTo(current.publicKey));
}

async function forDevice(unit: MemoryUnit, name: string, key: ContentKey): Promise<WholeBox> {
  const { author, sealingPublicKey } = await secretsOf(unit, name);
  return boxToPublicKey(key, { device: author }, await encapsulateTo(sealingPublicKey));
}

/** As the label says it, but what it holds is another key. */
const wrong = (box: (key: ContentKey) => Promise<WholeBox>, key: ContentKey): Promise<WholeBox> =>
  box({ ...makeContentKey(key.stream, key.id.split('.')[0] as never), id: key.id });

const added = (reader: string): DomainEvent => ({ type: 'reader.added', at, data: { reader: reader as never, why } });
const lastIn = (unit: MemoryUnit, stream: StreamId) =>
  unit.endpoint.log.findLast(({ entry }) => entry.header.stream === stream)?.entry;

test('who gives a case to themselves, or may not give it, is refused and named, and nobody boxes anything for it', async () => {
  const { unit, circle, next, here, there, out, bens } = await caseOfCircle();
  // By one who is not of the scope, sealed to its public key, and by one who is and may not.
  for (const name of [ben, asha]) {
    await write(unit, name, added(bens), { stream: next, boxes: async (key) => [await forCircle(unit, circle, key)] });
  }
  for (const station of [here, there, here, there, out]) await synced(station);
  const { activity, readers } = await stateOf(here, next);
  expect(readers).toEqual([]);
  expect(activity.slice(-2).map(({ refused }) => refused?.code)).toEqual(['not-allowed', 'not-allowed']);
  expect(await boxesForDevices(unit, next)).toEqual([]);
  expect(await opens(out, next)).toBe(false);
  // A supervisor, who reads it anyway.
  await write(unit, morgan, added(await idOf(unit, morgan)), {
    stream: next,
    boxes: async (key) => [await forCircle(unit, circle, key)],
  });
  for (const station of [here, there]) await synced(station);
  expect((await stateOf(there, next)).activity.at(-1)?.refused).toMatchObject({ code: 'reader-oneself' });
  expect(await stateOf(there, next)).toEqual(await stateOf(here, next));
});

test('a device of somebody who left is given nothing, whoever boxes for it', async () => {
  const { unit, circle, next, here, there } = await caseOfCircle((prepared) => admit(prepared, lee));
  const gone = await stationOf(unit, lee);
  await synced(gone);
  await end(unit, lee);
  await write(unit, morgan, added(await idOf(unit, lee)), {
    stream: next,
    boxes: async (key) => [await forCircle(unit, circle, key), await forDevice(unit, lee, key)],
  });
  for (const station of [here, there]) await synced(station);
  expect((await stateOf(here, next)).activity.at(-1)?.refused).toMatchObject({ code: 'reader-not-in-force' });
  expect((await boxesForDevices(unit, next)).map(({ is }) => is)).toEqual(['withdrawn']);
  await gone.vault.call('sync.now', {});
  expect(await opens(gone, next)).toBe(false);
  for (const station of [here, there]) expect(await faultsOf(station)).toEqual([]);
});

test('who is boxed a wrong key waits for it, until the case is given to them anew', async () => {
  const { unit, circle, next, here, out, bens } = await caseGivenToBen();
  await release(here, next);
  await synced(here);
  await write(unit, asha, taken, {
    stream: next,
    boxes: async (key) => [await forCircle(unit, circle, key), await wrong((each) => forDevice(unit, ben, each), key)],
  });
  for (const station of [here, out, here, out]) await synced(station);
  expect(await holderOf(here, next)).toBe(await idOf(unit, asha));
  expect(await stateOf(out, next)).toMatchObject({ holder: null, unread: { length: 1 } });
  for (const station of [here, out]) expect(await faultsOf(station)).toEqual([]);
  const goesOn = await cutOff(here, next, bens);
  await give(here, goesOn, bens);
  for (const station of [here, out]) await synced(station);
  expect(await stateOf(out, goesOn)).toEqual(await stateOf(here, goesOn));
  expect(await faultsOf(out)).toEqual([]);
});

test('what opens for a single reader and not for those of the scope changes nothing for these, who name it', async () => {
  const { unit, circle, next, here, there } = await caseGivenToBen();
  await release(here, next);
  for (const station of [here, there]) await synced(station);
  await write(unit, asha, taken, {
    stream: next,
    boxes: async (key) => [await wrong((each) => forCircle(unit, circle, each), key), await forDevice(unit, ben, key)],
  });
  for (const station of [here, there]) {
    await synced(station);
    expect(await holderOf(station, next)).toBeNull();
    expect(await codesOf(station)).toContain('entry-key');
  }
});

test('who was cut off and writes on with the old key changes nothing: it comes late, and is seen', async () => {
  const { unit, circle, next, here, there, out, bens } = await caseGivenToBen();
  await release(here, next);
  for (const station of [here, out]) await synced(station);
  const device = await secretsOf(unit, ben);
  const key = await keyOfBen(unit, next);
  const goesOn = await cutOff(here, next, bens);
  for (const station of [here, there, out]) await synced(station);
  await write(unit, ben, taken, { stream: next, key, boxes: async () => [await forDevice(unit, ben, key)] });
  // Also under a key of their own, that all could read.
  await write(unit, ben, taken, {
    stream: next,
    boxes: async (own) => [await forCircle(unit, circle, own), await forDevice(unit, ben, own)],
  });
  for (const station of [here, there]) {
    await synced(station);
    expect(await holderOf(station, goesOn)).toBeNull();
    const view = await station.vault.call('case.open', { id: goesOn });
    expect(view.ok && view.value.late.map(({ by }) => by)).toEqual([device.member.id, device.member.id]);
    expect(await faultsOf(station)).toEqual([]);
  }
  await synced(out);
  expect(await opens(out, next)).toBe(false);
  expect((await boxesForDevices(unit, next)).map(({ is }) => is)).not.toContain('whole');
});

/** What their program kept. */
async function keyOfBen(unit: MemoryUnit, stream: StreamId): Promise<ContentKey> {
  const { sealingPrivateKey } = await secretsOf(unit, ben);
  for (const { entry } of unit.endpoint.log) {
    for (const wire of entry.wire.boxes) {
      const box = parseBox(wire);
      if (box?.stream !== stream || !('device' in box.to)) continue;
      const key = await openBox(box, {
        generation: () => null,
        decapsulate: (_, encapsulated) => decapsulate(fromBase64url(sealingPrivateKey), encapsulated),
      });
      if (key) return key;
    }
  }
  throw new Error('no key');
}

test('an act of one who does not read the case cuts nobody off', async () => {
  const { unit, next, here, out } = await caseGivenToBen();
  const keys = [lastIn(unit, next)?.header.key as ContentKeyId];
  // The id of the stream stands in the clear.
  const data = { stream: next, from: 'unit', to: 'unit', after: null, keys, replies: [] as never[] } as const;
  await act(unit, morgan, { type: 'boxes.withdrawn', at, data });
  for (const station of [here, out]) await synced(station);
  expect((await boxesForDevices(unit, next)).map(({ is }) => is)).not.toContain('withdrawn');
  for (const open of [() => out, () => handOver(unit, out, ben), () => stationOf(unit, ben)]) {
    const station = await open();
    await synced(station);
    expect(await stateOf(station, next)).toEqual(await stateOf(here, next));
    expect(await totalOf(station)).toBe(2);
  }
});

test('boxes for devices that nobody has are not noted, however many there are', async () => {
  const { unit, circle, next, here } = await caseGivenToBen();
  const { author, sealingPublicKey } = await secretsOf(unit, ben);
  await write(
    unit,
    asha,
    { type: 'keys.boxed', at, data: { stream: next } },
    {
      stream: next,
      async boxes(key) {
        const to = await encapsulateTo(sealingPublicKey);
        const nobodies = Array.from({ length: 8 }, (_, index) => ({
          device: `${author.slice(0, -2)}${index}A` as AuthorKey,
        }));
        return [
          await forCircle(unit, circle, key),
          ...(await Promise.all(nobodies.map((each) => boxToPublicKey(key, each, to)))),
        ];
      },
    },
  );
  await synced(here);
  const { own } = await slotSecretsOf(here.store, here.host, morgan, passphraseOf(morgan));
  const row = await here.store.get('meta', ledgerKey);
  const ledger = row && (await openRow<Ledger>(await importContentKey(fromBase64url(own.storeKey)), 'meta', row));
  expect(ledger?.alone).toEqual([author]);
});

test('more keys than an entry has boxes are given in several', { timeout: 60_000 }, async () => {
  const { unit, circle, next, here, out, bens } = await caseOfCircle();
  await unit.syncHere();
  const generation: Generation = await generationOf(unit, morgan, circle);
  await release(here, next);
  await synced(here);
  await write(unit, asha, taken, {
    stream: next,
    async boxes(key) {
      const others = Array.from({ length: 254 }, () => makeContentKey(next, key.id.split('.')[0] as never));
      return Promise.all([key, ...others].map((each) => boxForGeneration(each, generation)));
    },
  });
  await write(
    unit,
    asha,
    { type: 'keys.boxed', at, data: { stream: next } },
    {
      stream: next,
      async boxes(key) {
        const others = Array.from({ length: 20 }, () => makeContentKey(next, key.id.split('.')[0] as never));
        return Promise.all([key, ...others].map((each) => boxForGeneration(each, generation)));
      },
    },
  );
  await synced(here);
  await give(here, next, bens);
  for (const station of [here, out]) await synced(station);
  expect(await stateOf(out, next)).toEqual(await stateOf(here, next));
  expect(await idsOf(out)).toContain(next);
  expect((await boxesForDevices(unit, next)).length).toBeGreaterThan(255);
});
