import fc from 'fast-check';
import { v4, v7 } from 'uuid';
import { expect, test } from 'vitest';
import { boxOverhead, importContentKey, open, SealBroken, seal } from '#shared/crypto/aead.ts';
import { fromCanonicalJson } from '#shared/crypto/canonical-json.ts';
import { fromCbor, toCbor } from '#shared/crypto/cbor.ts';
import { openChunks, sealChunks } from '#shared/crypto/chunks.ts';
import { type Bytes, concat, fromBase64url, fromUtf8, randomBytes, utf8 } from '#shared/crypto/encoding.ts';
import { decapsulate, encapsulateTo, generateSealingKey } from '#shared/crypto/public-box.ts';
import { generateSigningKey, importSigningKey } from '#shared/crypto/signing.ts';
import type { EntryId, EventId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { type Box, type BoxKeys, boxForGeneration, boxToPublicKey, openBox, parseBox } from '#shared/log/box.ts';
import { type ContentKey, makeContentKey } from '#shared/log/content-key.ts';
import { createEntry, hashEntry, parseEntry, verifyEntry, type WireEntry } from '#shared/log/entry.ts';
import { openEvent, provesEvent } from '#shared/log/event-body.ts';
import { type Generation, makeGeneration, openGeneration } from '#shared/log/generation.ts';
import { boxGeneration, openGenerationBox, parseGenerationBox } from '#shared/log/generation-box.ts';
import { seenNothing } from '#shared/log/seen.ts';
import { formatLabel, type WholeBox, type WireBox, withdrawBox } from '#shared/log/wire-box.ts';
import { sample } from '#tests/support/effort.ts';

const bytes = fc.uint8Array({ maxLength: 2_000 }).map((array) => new Uint8Array(array));

test('a box opens to what was sealed, in its own context only', async () => {
  const key = await importContentKey(randomBytes(32));
  await fc.assert(
    fc.asyncProperty(bytes, fc.string(), fc.string(), async (plain, here, elsewhere) => {
      const box = await seal(key, plain, utf8(here));
      expect(await open(key, box, utf8(here))).toEqual(plain);
      if (here !== elsewhere) await expect(open(key, box, utf8(elsewhere))).rejects.toBeInstanceOf(SealBroken);
    }),
    sample(100),
  );
});

function flipped(bytes: Bytes, at: number): Bytes {
  const changed = bytes.slice();
  const bit = at % (bytes.length * 8);
  changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
  return changed;
}

test('any flipped bit breaks the seal, and any shortened box does', async () => {
  const key = await importContentKey(randomBytes(32));
  await fc.assert(
    fc.asyncProperty(bytes, fc.nat(), fc.nat(), async (plain, at, cut) => {
      const box = await seal(key, plain, utf8('here'));
      await expect(open(key, flipped(box, at), utf8('here'))).rejects.toBeInstanceOf(SealBroken);
      await expect(open(key, box.slice(0, cut % box.length), utf8('here'))).rejects.toBeInstanceOf(SealBroken);
    }),
    sample(100),
  );
});

test('a file of any length opens as it was, and its sealed length says no more than a step', async () => {
  const key = randomBytes(32);
  const kibi = 1024;
  const lengthOf = async (length: number) => {
    // It may end with what the padding is made of.
    const file = new Uint8Array(length).fill(1).fill(0x80, -2).fill(0, -1);
    const sealed = (await sealChunks(key, file)).map(({ bytes }) => bytes);
    expect(await openChunks(key, sealed)).toEqual(file);
    return sealed.reduce((sum, bytes) => sum + bytes.length - boxOverhead, 0);
  };
  const steps = [256, 512, 768, kibi, 2 * kibi, 4 * kibi, 8 * kibi, 16 * kibi, 32 * kibi, 64 * kibi];
  for (const step of steps) expect([step, await lengthOf(step - 1)]).toEqual([step, step]);
  for (const length of [0, 1, 2, 255]) expect(await lengthOf(length)).toBe(256);
  for (const length of [64 * kibi, 100_000, 256 * kibi - 1]) expect(await lengthOf(length)).toBe(256 * kibi);
  expect(await lengthOf(256 * kibi)).toBe(512 * kibi);
});

test('chunks open to the file; none can be dropped, doubled or swapped', async () => {
  const key = randomBytes(32);
  const file = new Uint8Array(700_000).map((_, index) => index % 251);
  const sealed = (await sealChunks(key, file)).map((chunk) => chunk.bytes);
  expect(sealed).toHaveLength(3);
  expect(await openChunks(key, sealed)).toEqual(file);
  const [first, second, third] = sealed as [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>];
  for (const wrong of [[first, second], [second, first, third], [first, second, third, third], []]) {
    await expect(openChunks(key, wrong)).rejects.toBeInstanceOf(SealBroken);
  }
});

test('what is encapsulated to a key opens with it and with no other', async () => {
  const [mine, other] = [await generateSealingKey(), await generateSealingKey()];
  const { encapsulated, contentKey } = await encapsulateTo(mine.publicKey);
  const box = await seal(contentKey, utf8('content'), utf8('here'));
  expect(await open(await decapsulate(mine.privateKey, encapsulated), box, utf8('here'))).toEqual(utf8('content'));
  const wrong = await decapsulate(other.privateKey, encapsulated);
  await expect(open(wrong, box, utf8('here'))).rejects.toBeInstanceOf(SealBroken);
  await expect(decapsulate(mine.privateKey, encapsulated.slice(1))).rejects.toBeInstanceOf(SealBroken);
});

const newStream = () => v4() as StreamId;

function parsedBox(box: WireBox): Box {
  const parsed = parseBox(box);
  if (!parsed) throw new Error('This is no box.');
  return parsed;
}

async function anEntry(data: unknown = {}) {
  const made = await generateSigningKey();
  const signing = await importSigningKey(made.author, made.pkcs8);
  const stream = newStream();
  const key = makeContentKey(stream, signing.author);
  const generation = await makeGeneration();
  const event = { id: v7() as EventId, type: 'case.taken', v: 1, at: '2026-11-20T09:00:00.000Z', data };
  const place = { id: v7() as EntryId, unit: v4() as UnitId, stream, prev: null, seen: seenNothing };
  const boxes = [await boxForGeneration(key, generation)];
  return { key, event, generation, signing, entry: await createEntry({ place, event, key, boxes }, signing) };
}

const holderOf = (...held: readonly Generation[]): BoxKeys => ({
  generation: (id) => held.find((each) => each.id === id) ?? null,
  decapsulate: (to, encapsulated) => {
    const found = held.find(({ id }) => 'generation' in to && id === to.generation);
    return found ? decapsulate(found.sealing.privateKey, encapsulated) : null;
  },
});

test('an entry survives the wire; its box leads to its key, and its key to the event', async () => {
  const { entry, event, generation } = await anEntry({ words: 'as they were' });
  const parsed = parseEntry(fromCbor(toCbor(entry.wire)));
  if (!parsed.ok) throw new Error(parsed.error.code);
  expect((await verifyEntry(parsed.value)).ok).toBe(true);
  expect(hashEntry(parsed.value)).toBe(hashEntry(entry));
  const [box] = parsed.value.wire.boxes;
  const key = await openBox(parsedBox(box as WireBox), holderOf(await openGeneration(generation.secret)));
  expect(key?.id).toBe(entry.header.key);
  const opened = await openEvent(key as ContentKey, parsed.value.wire.body as Bytes, parsed.value.header);
  expect(opened.event).toEqual(event);
  // What is shown to somebody without the key: salt and text.
  const salted = concat(opened.salt, utf8(opened.text));
  expect(await provesEvent(entry.header.commitment, salted)).toBe(true);
  const other = concat(opened.salt, utf8(opened.text.replace('were', 'are')));
  expect(await provesEvent(entry.header.commitment, other)).toBe(false);
});

test('any WebCrypto verifies the signature: Ed25519 over a line and the header', async () => {
  const { entry } = await anEntry();
  const key = await crypto.subtle.importKey('raw', fromBase64url(entry.header.author), 'Ed25519', false, ['verify']);
  const input = concat(utf8('probity-entry/2\n'), entry.wire.header);
  expect(await crypto.subtle.verify('Ed25519', key, entry.wire.signature, input)).toBe(true);
});

test('any changed bit of an entry is found: it does not parse, or does not verify', async () => {
  const { entry } = await anEntry();
  const [box] = entry.wire.boxes as [WholeBox];
  const body = entry.wire.body as Bytes;
  const parts: Record<string, (at: number) => Partial<WireEntry>> = {
    header: (at) => ({ header: flipped(entry.wire.header, at) }),
    signature: (at) => ({ signature: flipped(entry.wire.signature, at) }),
    body: (at) => ({ body: flipped(body, at) }),
    label: (at) => ({ boxes: [{ ...box, label: flipped(box.label, at) }] }),
    sealed: (at) => ({ boxes: [{ ...box, sealed: flipped(box.sealed, at) }] }),
    'label of a withdrawn box': (at) => ({ boxes: [{ ...withdrawBox(box), label: flipped(box.label, at) }] }),
  };
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(parts)), fc.nat(), async (name, at) => {
      const parsed = parseEntry({ ...entry.wire, ...parts[name]?.(at) });
      expect(parsed.ok && (await verifyEntry(parsed.value)).ok).toBe(false);
    }),
    sample(300),
  );
});

test('any changed bit of a box is found: it is no box, or does not open', async () => {
  const { key, generation, signing } = await anEntry();
  const encapsulation = await encapsulateTo(generation.sealing.publicKey);
  const boxes = [
    await boxForGeneration(key, generation),
    await boxToPublicKey(key, { generation: generation.id }, encapsulation),
    await boxToPublicKey(key, { device: signing.author }, encapsulation),
  ];
  const device = { author: signing.author, sealingKey: generation.sealing.publicKey };
  const ofGeneration = await boxGeneration(generation, key.stream, device);
  // Tries what it holds on every box, whomever that is for.
  const keys: BoxKeys = {
    generation: () => generation,
    decapsulate: (_, encapsulated) => decapsulate(generation.sealing.privateKey, encapsulated),
  };
  const part = fc.constantFrom('label' as const, 'sealed' as const);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...boxes), part, fc.nat(), async (box, name, at) => {
      expect((await openBox(parsedBox(box), keys))?.raw).toEqual(key.raw);
      const changed = parseBox({ ...box, [name]: flipped(box[name], at) });
      if (name === 'sealed') expect(changed).not.toBeNull();
      if (changed) await expect(openBox(changed, keys)).rejects.toBeInstanceOf(SealBroken);
      const other = parseGenerationBox({ ...ofGeneration, [name]: flipped(ofGeneration[name], at) });
      if (name === 'sealed') expect(other).not.toBeNull();
      if (other) await expect(openGenerationBox(other, keys)).rejects.toBeInstanceOf(SealBroken);
    }),
    sample(100),
  );
});

test('body and boxes may be withdrawn, and the signature still verifies; another in their place is found', async () => {
  const { entry, key, generation, signing } = await anEntry();
  const [box] = entry.wire.boxes as [WholeBox];
  const withdrawn = withdrawBox(box);
  const parsed = parseEntry(fromCbor(toCbor({ ...entry.wire, body: null, boxes: [withdrawn] })));
  if (!parsed.ok) throw new Error(parsed.error.code);
  expect((await verifyEntry(parsed.value)).ok).toBe(true);
  expect(hashEntry(parsed.value)).toBe(hashEntry(entry));
  // Still says which key it was of, and for whom.
  const left = parsedBox(parsed.value.wire.boxes[0] as WireBox);
  expect(left).toEqual({ ...parsedBox(box), sealed: null });
  expect(await openBox(left, holderOf(generation))).toBeNull();
  const { label } = await boxForGeneration(makeContentKey(key.stream, signing.author), generation);
  for (const boxes of [
    [],
    [box, box],
    [withdrawn, withdrawn],
    [{ ...withdrawn, withdrawn: randomBytes(32) }],
    [{ ...withdrawn, label }],
    [{ ...box, label }],
  ]) {
    const other = parseEntry({ ...entry.wire, boxes });
    expect(other.ok && (await verifyEntry(other.value))).toMatchObject({ ok: false, error: { code: 'entry-parts' } });
  }
});

test('a body opens at its own place only, and only to what its header commits to', async () => {
  const { entry, key, event, signing } = await anEntry();
  const body = entry.wire.body as Bytes;
  const { header } = entry;
  const elsewhere = { id: v7() as EntryId, unit: v4() as UnitId, stream: newStream() };
  for (const [name, value] of Object.entries(elsewhere)) {
    await expect(openEvent(key, body, { ...header, [name]: value })).rejects.toBeInstanceOf(SealBroken);
  }
  const other = await createEntry({ place: header, event: { ...event, v: 2 }, key, boxes: [] }, signing);
  await expect(openEvent(key, body, { ...header, commitment: other.header.commitment })).rejects.toThrow(TypeError);
});

test('a box opens for its reader only, at its own place, to the key of its id', async () => {
  const { key, generation, signing } = await anEntry();
  const other = await makeGeneration();
  const toOutsider = await boxToPublicKey(
    key,
    { generation: generation.id },
    await encapsulateTo(generation.sealing.publicKey),
  );
  const toDevice = await boxToPublicKey(key, { device: signing.author }, await encapsulateTo(other.sealing.publicKey));
  for (const box of [await boxForGeneration(key, generation), toOutsider]) {
    const parsed = parsedBox(box);
    expect((await openBox(parsed, holderOf(generation)))?.raw).toEqual(key.raw);
    expect(await openBox(parsed, holderOf(other))).toBeNull();
    const stranger = makeContentKey(key.stream, signing.author);
    const by = parsed.by === 'secret' ? 'public' : 'secret';
    for (const moved of [{ stream: newStream() }, { key: stranger.id }, { to: { generation: other.id } }, { by }]) {
      const label = formatLabel({ ...(fromCanonicalJson(fromUtf8(box.label)) as object), ...moved });
      const opened = openBox(parsedBox({ ...box, label }), holderOf(generation, other));
      await expect(opened).rejects.toBeInstanceOf(SealBroken);
    }
  }
  expect(await openBox(parsedBox(toDevice), holderOf(generation, other))).toBeNull();
  const mine: BoxKeys = {
    generation: () => null,
    decapsulate: (to, enc) => ('device' in to ? decapsulate(other.sealing.privateKey, enc) : null),
  };
  expect((await openBox(parsedBox(toDevice), mine))?.raw).toEqual(key.raw);
});

test('a box that brings another key than it names is refused', async () => {
  const { key, generation } = await anEntry();
  const lying = await boxForGeneration({ ...key, raw: randomBytes(32) }, generation);
  await expect(openBox(parsedBox(lying), holderOf(generation))).rejects.toBeInstanceOf(SealBroken);
});

test('sizes of bodies are whole steps', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 200_000 }), async (length) => {
      const { entry } = await anEntry({ words: 'x'.repeat(length) });
      const size = (entry.wire.body as Bytes).length - boxOverhead;
      const kibi = 1024;
      const step =
        size <= kibi
          ? 256
          : size <= 4 * kibi
            ? kibi
            : size <= 16 * kibi
              ? 4 * kibi
              : size <= 64 * kibi
                ? 16 * kibi
                : 64 * kibi;
      expect(size % step).toBe(0);
      expect(size).toBeGreaterThan(length);
    }),
    sample(30),
  );
});

test('text with half a character in it is written with a replacement, and read alike', async () => {
  const { entry, key, event } = await anEntry({ words: 'half \ud83d of it' });
  const opened = await openEvent(key, entry.wire.body as Bytes, entry.header);
  expect(opened.event).toEqual({ ...event, data: { words: 'half \ufffd of it' } });
});

test('a header that is not canonical, spells an id in another way, or says more, is no header', async () => {
  const { entry } = await anEntry();
  const text = new TextDecoder().decode(entry.wire.header);
  const { header } = entry;
  const wrong = [
    text.replace('{', '{ '),
    text.replace(header.id, header.id.toUpperCase()),
    text.replace(header.author, `${header.author.slice(0, -1)}B`),
    text.replace('"size":0', '"size":-1'),
    text.replace('"size":0', '"size":0,"size":0'),
    text.replace('{', '{"also":1,'),
    text.slice(0, -1),
  ];
  for (const each of wrong) {
    expect(each).not.toBe(text);
    expect(parseEntry({ ...entry.wire, header: utf8(each) })).toMatchObject({
      ok: false,
      error: { code: 'entry-malformed' },
    });
  }
  const newer = parseEntry({ ...entry.wire, header: utf8(text.replace('probity-entry/2', 'probity-entry/3')) });
  expect(newer).toMatchObject({ ok: false, error: { params: { part: 'suite' } } });
});

test('garbage is never an entry or a box, and is never thrown on', () => {
  const bytesOf = fc.uint8Array({ maxLength: 300 }) as fc.Arbitrary<Bytes>;
  const likeLabel = fc.oneof(
    bytesOf,
    fc.json().map((text) => utf8(text)),
    fc.anything().map((value) => utf8(JSON.stringify(value) ?? '')),
  );
  const box = fc.oneof(
    fc.record({ label: likeLabel, sealed: bytesOf }),
    fc.record({ label: likeLabel, withdrawn: bytesOf }),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.anything(),
        fc.record({
          header: bytesOf,
          signature: fc.uint8Array({ minLength: 64, maxLength: 64 }),
          body: bytesOf,
          boxes: fc.array(fc.oneof(bytesOf, box)),
        }),
      ),
      (input) => {
        const parsed = parseEntry(input);
        expect(parsed.ok).toBe(false);
        if (!parsed.ok) expect(parsed.error.code).toBe('entry-malformed');
      },
    ),
    sample(100),
  );
  fc.assert(
    fc.property(box, (input) => {
      expect([parseBox(input), parseGenerationBox(input)]).toEqual([null, null]);
    }),
    sample(100),
  );
});
