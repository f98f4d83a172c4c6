import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64, toBase64, utf8 } from '#shared/crypto/encoding.ts';
import { generateSigningKey, importSigningKey } from '#shared/crypto/signing.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { lastInstant } from '#shared/kernel/last-instant.ts';
import { formatCheckpoint, parseCheckpoint } from '#shared/log/tree/checkpoint.ts';
import { proveConsistency, verifyConsistency } from '#shared/log/tree/consistency.ts';
import { proveEntry, verifyProof } from '#shared/log/tree/entry-proof.ts';
import { frontierAt, rootOf } from '#shared/log/tree/frontier.ts';
import { rootAt } from '#shared/log/tree/hash-reader.ts';
import { proveInclusion, verifyInclusion } from '#shared/log/tree/inclusion.ts';
import { formatLeaf, hashSignedHeader, nextLeaf, parseLeaf } from '#shared/log/tree/leaf.ts';
import { formatNote, parseNote } from '#shared/log/tree/note.ts';
import { signCheckpoint, verifySignedCheckpoint } from '#shared/log/tree/signed-checkpoint.ts';
import { parseTilePath, tilePath } from '#shared/log/tree/tile.ts';
import { formatTlogProof, parseTlogProof } from '#shared/log/tree/tlog-proof.ts';
import { emptyRoot, hashLeaf, hashNode } from '#shared/log/tree/tree-hash.ts';
import { sample } from '#tests/support/effort.ts';
import { MemoryTiles } from '#tests/support/memory-tiles.ts';
import { referencePath, referenceProof, referenceRoot } from '#tests/support/reference-tree.ts';

/* One log of the largest size, read as it was at every smaller one: tiles must answer for old sizes too. */

const most = 2_000;
const log = new MemoryTiles();
const leaves = Array.from({ length: most }, (_, n) => Uint8Array.of(n >> 8, n));
const roots = [emptyRoot];
for (const leaf of leaves) {
  log.append(hashLeaf(leaf));
  roots.push(rootOf(log.frontier));
}
const rootOfSize = (size: number) => roots[size] as Uint8Array<ArrayBuffer>;
const leafHash = (index: number) => hashLeaf(leaves[index] as Uint8Array);

const leafOfTree = fc
  .integer({ min: 1, max: most })
  .chain((size) => fc.tuple(fc.nat({ max: size - 1 }), fc.constant(size)));
const twoSizes = fc.integer({ min: 0, max: most }).chain((size) => fc.tuple(fc.nat({ max: size }), fc.constant(size)));
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => new Uint8Array(bytes));

function flipped<T extends Uint8Array>(bytes: T, bit: number): T {
  const changed = bytes.slice() as T;
  const at = bit % (bytes.length * 8);
  changed[at >> 3] = (changed[at >> 3] as number) ^ (1 << (at & 7));
  return changed;
}

test('roots and proofs from tiles are those that RFC 6962 defines, at every size', async () => {
  await fc.assert(
    fc.asyncProperty(leafOfTree, fc.nat(), async ([index, size], any) => {
      const [reader, first] = [log.reader(size), leaves.slice(0, size)];
      expect(await rootAt(reader, size)).toEqual(referenceRoot(first));
      expect(rootOfSize(size)).toEqual(referenceRoot(first));
      expect(rootOf(await frontierAt(reader, size))).toEqual(rootOfSize(size));
      expect(await proveInclusion(reader, index, size)).toEqual(referencePath(index, first));
      const older = 1 + (any % size);
      expect(await proveConsistency(reader, older, size)).toEqual(referenceProof(older, first));
    }),
    sample(60),
  );
});

test('every leaf is proved in every tree that has it, and by nothing else once any bit is flipped', async () => {
  await fc.assert(
    fc.asyncProperty(leafOfTree, fc.nat(), fc.nat(), async ([index, size], bit, which) => {
      const proof = await proveInclusion(log.reader(size), index, size);
      const claim = { leaf: leafHash(index), index, size, root: rootOfSize(size) };
      expect(verifyInclusion(proof, claim)).toBe(true);
      expect(verifyInclusion(proof, { ...claim, leaf: flipped(claim.leaf, bit) })).toBe(false);
      expect(verifyInclusion(proof, { ...claim, root: flipped(claim.root, bit) })).toBe(false);
      expect(verifyInclusion(proof, { ...claim, index: index + 1 })).toBe(false);
      if (index > 0) expect(verifyInclusion(proof, { ...claim, index: index - 1 })).toBe(false);
      if (proof.length === 0) return;
      const at = which % proof.length;
      const wrong = proof.map((each, n) => (n === at ? flipped(each, bit) : each));
      expect(verifyInclusion(wrong, claim)).toBe(false);
      expect(verifyInclusion(proof.slice(1), claim)).toBe(false);
      expect(verifyInclusion([...proof, rootOfSize(1)], claim)).toBe(false);
    }),
    sample(300),
  );
});

test.each([1, 2, 3, 7, 8, 9, 31, 64, 100, 255, 256, 257, 400])(
  'all leaves of a tree of %i are proved, and every older tree is its beginning',
  async (size) => {
    const reader = log.reader(size);
    const newer = { size, root: rootOfSize(size) };
    for (let index = 0; index < size; index += 1) {
      const proof = await proveInclusion(reader, index, size);
      expect(verifyInclusion(proof, { leaf: leafHash(index), index, ...newer })).toBe(true);
    }
    for (let older = 0; older <= size; older += 1) {
      const proof = await proveConsistency(reader, older, size);
      expect(verifyConsistency(proof, { size: older, root: rootOfSize(older) }, newer)).toBe(true);
    }
  },
);

test('an older tree is the beginning of a newer one, and no other is', async () => {
  await fc.assert(
    fc.asyncProperty(twoSizes, fc.nat(), fc.nat(), async ([from, to], bit, which) => {
      const proof = await proveConsistency(log.reader(to), from, to);
      const [older, newer] = [
        { size: from, root: rootOfSize(from) },
        { size: to, root: rootOfSize(to) },
      ];
      expect(verifyConsistency(proof, older, newer)).toBe(true);
      expect(verifyConsistency(proof, { ...older, root: flipped(older.root, bit) }, newer)).toBe(false);
      if (from > 0) expect(verifyConsistency(proof, older, { ...newer, root: flipped(newer.root, bit) })).toBe(false);
      expect(verifyConsistency([...proof, emptyRoot], older, newer)).toBe(false);
      if (proof.length === 0) return;
      const at = which % proof.length;
      const wrong = proof.map((each, n) => (n === at ? flipped(each, bit) : each));
      expect(verifyConsistency(wrong, older, newer)).toBe(false);
      expect(verifyConsistency(proof.slice(1), older, newer)).toBe(false);
      expect(verifyConsistency(proof, { ...older, size: from + 1 }, newer)).toBe(false);
    }),
    sample(300),
  );
});

test('a forked log has no consistency proof, whoever makes it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 400 }), fc.nat(), async (from, more) => {
      const to = from + 1 + (more % 100);
      const fork = new MemoryTiles();
      for (let n = 0; n < to; n += 1) fork.append(n === from - 1 ? hashLeaf(utf8('fork')) : leafHash(n));
      const older = { size: from, root: rootOfSize(from) };
      const newer = { size: to, root: rootOf(fork.frontier) };
      for (const tiles of [log, fork]) {
        expect(verifyConsistency(await proveConsistency(tiles.reader(to), from, to), older, newer)).toBe(false);
      }
    }),
    sample(30),
  );
});

test('a node is never a leaf', () => {
  fc.assert(
    fc.property(hash, hash, (left, right) => {
      expect(hashLeaf(Uint8Array.of(...left, ...right))).not.toEqual(hashNode(left, right));
    }),
    sample(50),
  );
});

const name = fc.stringMatching(/^[^\s+\p{Cc}\p{White_Space}]{1,40}$/u).filter((text) => text.isWellFormed());
const signature = fc.record({
  name,
  keyId: fc.integer({ min: 0, max: 0xff_ff_ff_ff }),
  signature: fc.uint8Array({ minLength: 1, maxLength: 100 }).map((bytes) => new Uint8Array(bytes)),
});
const size = fc.oneof(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }));
const line = fc.string({
  unit: fc.constantFrom('a', ' ', '\u2014', '\u00e9', '+', '=', '\ud83d\ude00'),
  maxLength: 20,
});

test('what is formatted is parsed to the same', () => {
  const note = fc.record({
    text: fc.array(line, { minLength: 1, maxLength: 5 }).map((lines) => `${['first', ...lines].join('\n')}\n`),
    signatures: fc.array(signature, { minLength: 1, maxLength: 5 }),
  });
  const tlogProof = fc.record({
    extra: fc.option(fc.uint8Array({ maxLength: 100 }).map((bytes) => new Uint8Array(bytes))),
    index: fc.maxSafeNat(),
    hashes: fc.array(hash, { maxLength: 60 }),
    checkpoint: fc.string(),
  });
  const tile = fc.record({
    level: fc.nat({ max: 63 }),
    index: fc.maxSafeNat(),
    width: fc.integer({ min: 1, max: 256 }),
  });
  const leaf = fc.record({ entry: hash, arrivedAt: fc.nat({ max: lastInstant }), rosterHead: hash });
  const checkpoint = fc.record({ origin: name, size, root: hash });
  fc.assert(
    fc.property(note, tlogProof, tile, leaf, checkpoint, (aNote, aProof, aTile, aLeaf, aCheckpoint) => {
      expect(parseNote(formatNote(aNote))).toEqual({ ok: true, value: aNote });
      expect(parseTlogProof(formatTlogProof(aProof))).toEqual({ ok: true, value: aProof });
      expect(parseTilePath(tilePath(aTile))).toEqual({ ok: true, value: aTile });
      expect(parseLeaf(formatLeaf(aLeaf))).toEqual({ ok: true, value: aLeaf });
      expect(parseCheckpoint(formatCheckpoint(aCheckpoint))).toEqual({ ok: true, value: aCheckpoint });
      expect(fromBase64(toBase64(aProof.extra ?? aLeaf.entry))).toEqual(aProof.extra ?? aLeaf.entry);
    }),
    sample(200),
  );
});

const unit = '10000000-0000-4000-8000-000000000001' as UnitId;

async function aSignedEntry() {
  const { author, pkcs8 } = await generateSigningKey();
  const key = await importSigningKey(author, pkcs8);
  const tiles = new MemoryTiles();
  const entry = { header: utf8('{}'), signature: new Uint8Array(64).fill(9) };
  const leaf = nextLeaf(null, hashSignedHeader(entry), true, 1_795_000_000_000);
  for (let n = 0; n < 5; n += 1) tiles.append(n === 2 ? hashLeaf(formatLeaf(leaf)) : leafHash(n));
  const note = await signCheckpoint({ unit, size: 5, root: rootOf(tiles.frontier) }, key, 1_795_000_001);
  const proof = await proveEntry(tiles.reader(), { position: 3, leaf }, { note, size: 5 });
  return { entry, note, proof, signer: { unit, key: author } };
}

test('garbage, and what is almost right, is refused with a code and never throws', async () => {
  const { entry, note, proof, signer } = await aSignedEntry();
  expect((await verifyProof(proof, entry, signer)).ok).toBe(true);
  const mangled = (text: string) =>
    fc
      .tuple(fc.nat({ max: text.length }), fc.nat({ max: 3 }), fc.string({ maxLength: 3 }))
      .map(([at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut));
  const garbage = fc.oneof(fc.anything(), fc.string(), mangled(note), mangled(proof));
  await fc.assert(
    fc.asyncProperty(garbage, fc.uint8Array({ maxLength: 80 }), async (input, bytes) => {
      fc.pre(input !== note && input !== proof);
      for (const parsed of [parseNote(input), parseTlogProof(input), parseTilePath(input), parseLeaf(bytes)]) {
        if (!parsed.ok) expect(parsed.error.code).toMatch(/^(note|proof|tile-path|leaf)-malformed$/);
      }
      const text = String(typeof input === 'string' ? input : '');
      const checkpoint = parseCheckpoint(text);
      if (checkpoint.ok) expect(formatCheckpoint(checkpoint.value)).toBe(text);
      for (const verified of [await verifySignedCheckpoint(input, signer), await verifyProof(input, entry, signer)]) {
        expect(verified.ok ? 'verified' : verified.error.code).toMatch(/^(note|checkpoint|proof|leaf)-[a-z-]+$/);
      }
    }),
    sample(500),
  );
});
