import { expect, test } from 'vitest';
import { fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { isInClear, parseEntry } from '#shared/log/entry.ts';
import { foldRosterEntries, provedAsOf } from '#shared/log/roster-entry.ts';
import { toSeen } from '#shared/log/seen.ts';
import { formatCheckpoint, originOf } from '#shared/log/tree/checkpoint.ts';
import { proveConsistency, verifyConsistency } from '#shared/log/tree/consistency.ts';
import { proveEntry, verifyProof } from '#shared/log/tree/entry-proof.ts';
import { growTree } from '#shared/log/tree/grow-tree.ts';
import { parseLeaf } from '#shared/log/tree/leaf.ts';
import { formatNote, parseNote } from '#shared/log/tree/note.ts';
import { verifySignedCheckpoint } from '#shared/log/tree/signed-checkpoint.ts';
import { parseTilePath, tilePath } from '#shared/log/tree/tile.ts';
import { readFromTiles } from '#shared/log/tree/tile-reader.ts';
import { hashLeaf } from '#shared/log/tree/tree-hash.ts';
import { formatRoster, parseRoster } from '#shared/sync/wire.ts';
import { must } from '#tests/support/golden/desk.ts';
import { endpointKeysAt } from '#tests/support/golden/endpoint-keys-at.ts';
import { wireOf } from '#tests/support/golden/golden-entries.ts';
import { readGolden } from '#tests/support/golden/golden-file.ts';

/* The tree over the golden log: its tiles and checkpoints, and what they prove. Nothing of it but the signatures leaves a choice. */

const { unit } = readGolden('keys');
const { entries } = readGolden('log');
const state = readGolden('state');
const tree = readGolden('tree');
/** Who signed what is of the log's end. */
const { checkpointKey: key } = endpointKeysAt(entries, entries.length);

const grown = await growTree(
  { readTiles: async () => [] },
  0,
  entries.map(({ leaf }) => hashLeaf(fromBase64url(leaf))),
);
const reader = readFromTiles(
  {
    readTiles: async (asked) =>
      asked.map((tile) => fromBase64url(tree.tiles.find(({ path }) => path === tilePath(tile))?.hashes ?? '')),
  },
  entries.length,
);
const checkpoints = await Promise.all(
  tree.checkpoints.map(async ({ note, ...said }) => ({
    note,
    said,
    read: must(await verifySignedCheckpoint(note, { unit, key: endpointKeysAt(entries, said.size).checkpointKey })),
  })),
);
const last = tree.checkpoints.at(-1);

test('the tiles are those of the leaves', () => {
  const tiles = grown.tiles.map(({ tile, bytes }) => ({ path: tilePath(tile), hashes: toBase64url(bytes) }));
  expect(tiles).toEqual(tree.tiles);
  for (const { path } of tree.tiles) expect(tilePath(must(parseTilePath(path)))).toBe(path);
});

test('each checkpoint is signed, and is of the tree as it was', async () => {
  for (const { note, said, read } of checkpoints) {
    expect({ size: read.size, root: toBase64url(read.root) }).toEqual(said);
    expect(toBase64url(await grown.rootAt(read.size))).toBe(said.root);
    const parsed = must(parseNote(note));
    expect(parsed.text).toBe(formatCheckpoint({ origin: originOf(unit), size: read.size, root: read.root }));
    expect(formatNote(parsed)).toBe(note);
  }
  expect(checkpoints.length).toBeGreaterThan(10);
  expect(last?.size).toBe(entries.length);
});

test('what authors saw are these checkpoints', () => {
  // Signed again since, where it was asked for after an hour: then with another time.
  const known = new Map(checkpoints.map(({ read }) => [read.size, toSeen(read).root]));
  const seen = entries.map(({ header }) => header.seen).filter(({ size }) => size > 0);
  expect(seen.length).toBeGreaterThan(10);
  for (const { size, root } of seen) expect(root).toBe(known.get(size));
});

test('an entry is proved by the same text', async () => {
  expect(tree.inclusion.length).toBeGreaterThan(2);
  for (const { position, proof } of tree.inclusion) {
    const golden = entries[position - 1];
    if (!golden) throw new Error('There is no such entry.');
    const proved = must(await verifyProof(proof, wireOf(golden), { unit, key }));
    expect(proved).toMatchObject({ position, checkpoint: { size: entries.length } });
    const leaf = must(parseLeaf(fromBase64url(golden.leaf)));
    expect(proved.leaf).toEqual(leaf);
    const checkpoint = { note: last?.note ?? '', size: entries.length };
    expect(await proveEntry(reader, { position, leaf }, checkpoint)).toBe(proof);
  }
});

test('a longer tree is proved to go on from a shorter one by the same hashes', async () => {
  expect(tree.consistency.length).toBeGreaterThan(2);
  for (const { from, to, proof } of tree.consistency) {
    expect((await proveConsistency(reader, from, to)).map(toBase64url)).toEqual(proof);
    const [older, newer] = [
      { size: from, root: await grown.rootAt(from) },
      { size: to, root: grown.root },
    ];
    expect(verifyConsistency(proof.map(fromBase64url), older, newer)).toBe(true);
  }
});

test('the roster is served whole, with its proof, and folds to the same', async () => {
  const { proof, cbor } = tree.roster;
  const read = entries.map((golden) => must(parseEntry(wireOf(golden)))).filter(isInClear);
  const bytes = formatRoster({ entries: read.map(({ wire }) => wire), proof });
  expect(await digestOf(bytes)).toBe(cbor);
  expect(parseRoster(bytes)?.proof).toBe(proof);
  expect(await provedAsOf(unit, read, { checkpointKey: key }, proof)).not.toBeNull();
  const founder = entries[0]?.header.author as AuthorKey;
  expect(must(await foldRosterEntries(unit, read, { founder, endpoints: [endpointKeysAt(entries, 1)] }))).toEqual(
    state.roster,
  );
});
