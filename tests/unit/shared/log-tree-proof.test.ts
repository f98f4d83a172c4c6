import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Bytes, utf8 } from '#shared/crypto/encoding.ts';
import { generateSigningKey, importSigningKey } from '#shared/crypto/signing.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { proveEntry, verifyLeafProof, verifyProof } from '#shared/log/tree/entry-proof.ts';
import { rootOf } from '#shared/log/tree/frontier.ts';
import { formatLeaf, hashSignedHeader, type Leaf, nextLeaf } from '#shared/log/tree/leaf.ts';
import { formatNote, parseNote } from '#shared/log/tree/note.ts';
import { cosign } from '#shared/log/tree/note-signature.ts';
import { signCheckpoint } from '#shared/log/tree/signed-checkpoint.ts';
import { formatTlogProof, parseTlogProof, type TlogProof } from '#shared/log/tree/tlog-proof.ts';
import { hashLeaf } from '#shared/log/tree/tree-hash.ts';
import { MemoryTiles } from '#tests/support/memory-tiles.ts';

const sha256 = (text: string) => new Uint8Array(createHash('sha256').update(text).digest());
const fault = (part: string) => ({ ok: false, error: { code: 'proof-malformed', params: { part } } });
const head = 'c2sp.org/tlog-proof@v1';

describe('the form of c2sp.org/tlog-proof', () => {
  const [one, two] = ['hash1', 'hash2'].map((each) => sha256(each)) as [Bytes, Bytes];
  const [line, second] = [one, two].map((each) => Buffer.from(each).toString('base64'));

  // Those of github.com/transparency-dev/formats, proof/tlog_proof_test.go (Apache License 2.0).
  test.each<[string, TlogProof]>([
    [
      `${head}\nindex 5\n${line}\n${second}\n\ntest checkpoint\n`,
      { extra: null, index: 5, hashes: [one, two], checkpoint: 'test checkpoint\n' },
    ],
    [
      `${head}\nextra ZXh0cmEgaW5mb3JtYXRpb24=\nindex 10\n${line}\n\ncheckpoint data\n`,
      { extra: utf8('extra information'), index: 10, hashes: [one], checkpoint: 'checkpoint data\n' },
    ],
    [`${head}\nindex 0\n\ncheckpoint\n`, { extra: null, index: 0, hashes: [], checkpoint: 'checkpoint\n' }],
    [`${head}\nindex 1\n\na\n\nb\n`, { extra: null, index: 1, hashes: [], checkpoint: 'a\n\nb\n' }],
    [`${head}\nextra \nindex 0\n\ncp\n`, { extra: new Uint8Array(), index: 0, hashes: [], checkpoint: 'cp\n' }],
  ])('%j', (text, proof) => {
    expect(formatTlogProof(proof)).toBe(text);
    expect(parseTlogProof(text)).toEqual({ ok: true, value: proof });
  });

  test.each<[unknown, string]>([
    ['wrong-header\nindex 0\n\ncheckpoint\n', 'form'],
    [`${head}\nextra !!notbase64!!\nindex 0\n\ncheckpoint\n`, 'extra'],
    [`${head}\n\n\ncheckpoint\n`, 'index'],
    [`${head}\nindex notanumber\n\ncheckpoint\n`, 'index'],
    [`${head}\nindex -5\n\ncheckpoint\n`, 'index'],
    [`${head}\nindex 0\n!!notbase64!!\n\ncheckpoint\n`, 'hash'],
    [`${head}\nindex 0\n${Buffer.alloc(64).toString('base64')}\n\ncheckpoint\n`, 'hash'],
    ['', 'form'],
    [`${head}\n`, 'form'],
    [`${head}\nindex 1\n`, 'form'],
    [`${head}\nextra\nindex 0\n\ncp\n`, 'index'],
    [`${head}\nindex +1\n\ncp\n`, 'index'],
    [`${head}\nindex  1\n\ncp\n`, 'index'],
    [`${head}\nindex 007\n\ncp\n`, 'index'],
    [`${head}\nindex 9007199254740992\n\ncp\n`, 'index'],
    [`${head}\nindex 18446744073709551616\n\ncp\n`, 'index'],
    [`${head}\r\nindex 5\r\n\r\ncp line\r\n`, 'form'],
    [`${head}\nindex 0\nypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLt=\n\ncp\n`, 'hash'],
    [`${head}\nextra YR==\nindex 0\n\ncp\n`, 'extra'],
    [`${head}\nindex 0\n${'a'.repeat(600_000)}\n\ncp\n`, 'form'],
    [null, 'form'],
  ])('not %j', (input, part) => {
    expect(parseTlogProof(input)).toEqual(fault(part));
  });
});

const unit = '10000000-0000-4000-8000-000000000001' as UnitId;
const began = Date.UTC(2026, 10, 20, 9);

/** A log of `size` entries under a signed checkpoint. Every third entry is of the roster. */
async function aLog(size: number) {
  const { author, pkcs8 } = await generateSigningKey();
  const key = await importSigningKey(author, pkcs8);
  const tiles = new MemoryTiles();
  const entries: { header: Bytes; signature: Bytes; leaf: Leaf }[] = [];
  for (let n = 0; n < size; n += 1) {
    const signed = { header: utf8(`{"entry":${n}}`), signature: new Uint8Array(64).fill(n) };
    const leaf = nextLeaf(entries.at(-1)?.leaf ?? null, hashSignedHeader(signed), n % 3 === 0, began + n);
    tiles.append(hashLeaf(formatLeaf(leaf)));
    entries.push({ ...signed, leaf });
  }
  const note = await signCheckpoint(
    { unit, size, root: rootOf(tiles.frontier) },
    key,
    Math.ceil((began + size) / 1000),
  );
  return { tiles, entries, checkpoint: { note, size }, key, signer: { unit, key: author } };
}

describe('a proof of one entry', () => {
  test('is verified with its header, its signature and the key of the endpoint alone', async () => {
    const { tiles, entries, checkpoint, signer } = await aLog(300);
    for (const position of [1, 2, 256, 257, 300]) {
      const entry = entries[position - 1];
      if (!entry) throw new Error('no entry');
      const proof = await proveEntry(tiles.reader(), { position, leaf: entry.leaf }, checkpoint);
      const proved = await verifyProof(proof, entry, signer);
      expect(proved).toMatchObject({ ok: true, value: { position, leaf: entry.leaf, checkpoint: { size: 300 } } });
    }
  });

  test('still verifies when the log has grown, and by an earlier checkpoint when a witness signed beside', async () => {
    const { tiles, entries, checkpoint, key, signer } = await aLog(20);
    const [entry] = entries;
    if (!entry) throw new Error('no entry');
    for (let n = 0; n < 500; n += 1) tiles.append(hashLeaf(Uint8Array.of(n)));
    const note = parseNote(checkpoint.note);
    if (!note.ok) throw new Error('no note');
    const witness = await cosign('witness.example', key, note.value.text, 7);
    const witnessed = formatNote({ ...note.value, signatures: [...note.value.signatures, witness] });
    const proof = await proveEntry(tiles.reader(20), { position: 1, leaf: entry.leaf }, { note: witnessed, size: 20 });
    expect((await verifyProof(proof, entry, signer)).ok).toBe(true);
  });

  test('is of no other entry, log or endpoint, and of nothing when any part of it is changed', async () => {
    const { tiles, entries, checkpoint, signer } = await aLog(40);
    const [entry, other] = [entries[10], entries[11]];
    if (!entry || !other) throw new Error('no entry');
    const proof = await proveEntry(tiles.reader(), { position: 11, leaf: entry.leaf }, checkpoint);
    const code = async (text: unknown, of = entry, by = signer) => {
      const proved = await verifyProof(text, of, by);
      return proved.ok ? 'proved' : proved.error.code;
    };
    expect(await code(proof, other)).toBe('proof-other-entry');
    expect(await code(proof, { ...entry, signature: other.signature })).toBe('proof-other-entry');
    expect(await code(proof, entry, { ...signer, unit: '10000000-0000-4000-8000-000000000002' as UnitId })).toBe(
      'checkpoint-other-log',
    );
    expect(await code(proof, entry, (await aLog(1)).signer)).toBe('checkpoint-signature');
    expect(await code(proof.replace('index 10', 'index 11'))).toBe('proof-fails');
    const parsed = parseTlogProof(proof);
    if (!parsed.ok) throw new Error('no proof');
    const { value } = parsed;
    const backdated = formatLeaf({ ...entry.leaf, arrivedAt: entry.leaf.arrivedAt - 1 });
    expect(await code(formatTlogProof({ ...value, extra: backdated }))).toBe('proof-fails');
    const forgetful = formatLeaf({ ...entry.leaf, rosterHead: other.leaf.entry });
    expect(await code(formatTlogProof({ ...value, extra: forgetful }))).toBe('proof-fails');
    expect(await code(formatTlogProof({ ...value, extra: null }))).toBe('leaf-malformed');
    expect(await code(formatTlogProof({ ...value, hashes: value.hashes.slice(1) }))).toBe('proof-fails');
    expect(await code(formatTlogProof({ ...value, checkpoint: '' }))).toBe('note-malformed');
    expect(await code(proof.replace('\n40\n', '\n41\n'))).toBe('checkpoint-signature');
    expect(await code(null)).toBe('proof-malformed');
    expect(await code(proof)).toBe('proved');
  });

  test('tells whoever has no entry what the last leaf says: how the roster stands, and when', async () => {
    const { tiles, entries, checkpoint, signer } = await aLog(40);
    const leaf = entries[39]?.leaf as Leaf;
    const proof = await proveEntry(tiles.reader(), { position: 40, leaf }, checkpoint);
    const proved = await verifyLeafProof(proof, signer);
    expect(proved).toMatchObject({ ok: true, value: { position: 40, leaf, checkpoint: { size: 40 } } });
    const other = await verifyLeafProof(proof, (await aLog(1)).signer);
    expect(other).toMatchObject({ ok: false, error: { code: 'checkpoint-signature' } });
  });

  test('is not made for an entry that the checkpoint does not cover', async () => {
    const { tiles, entries, checkpoint } = await aLog(4);
    const leaf = entries[0]?.leaf as Leaf;
    await expect(proveEntry(tiles.reader(), { position: 5, leaf }, checkpoint)).rejects.toBeInstanceOf(RangeError);
    await expect(proveEntry(tiles.reader(), { position: 0, leaf }, checkpoint)).rejects.toBeInstanceOf(RangeError);
  });
});
