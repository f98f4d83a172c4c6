import { describe, expect, test } from 'vitest';
import { fromBase64 } from '#shared/crypto/encoding.ts';
import { proveConsistency, verifyConsistency } from '#shared/log/tree/consistency.ts';
import { appendLeaf, emptyFrontier, frontierAt, rootOf } from '#shared/log/tree/frontier.ts';
import { rootAt } from '#shared/log/tree/hash-reader.ts';
import { proveInclusion, verifyInclusion } from '#shared/log/tree/inclusion.ts';
import { emptyRoot, hashLeaf } from '#shared/log/tree/tree-hash.ts';
import { MemoryTiles } from '#tests/support/memory-tiles.ts';
import argon from './fixtures/log-tree/argon2020.json' with { type: 'json' };
import rfc from './fixtures/log-tree/rfc6962.json' with { type: 'json' };

/* Against what other implementations published: the source of each is in its fixture. */

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (digits: string) => new Uint8Array(Buffer.from(digits, 'hex'));
const leaves = rfc.leaves.map((leaf) => hashLeaf(bytes(leaf)));
const rootOfSize = (size: number) => bytes(rfc.roots[size - 1] ?? rfc.emptyRoot);
const other = bytes('abacaba000000000000000000000000000000000000000000060061e00123456');

function logOf(size: number): MemoryTiles {
  const tiles = new MemoryTiles();
  for (const leaf of leaves.slice(0, size)) tiles.append(leaf);
  return tiles;
}

describe('the reference trees of Certificate Transparency', () => {
  test('have their roots, appended, and read at every old size', async () => {
    expect(hex(emptyRoot)).toBe(rfc.emptyRoot);
    expect(hex(rootOf(emptyFrontier))).toBe(rfc.emptyRoot);
    expect(hex(await rootAt(logOf(0).reader(), 0))).toBe(rfc.emptyRoot);
    let frontier = emptyFrontier;
    for (const [at, leaf] of leaves.entries()) {
      ({ frontier } = appendLeaf(frontier, leaf));
      expect(hex(rootOf(frontier))).toBe(rfc.roots[at]);
      expect(hex(await rootAt(logOf(8).reader(), at + 1))).toBe(rfc.roots[at]);
      expect(await frontierAt(logOf(8).reader(), at + 1)).toEqual(frontier);
    }
  });

  test.each(rfc.inclusion)('leaf $index is in the tree of $size, by the published proof', async (each) => {
    const proof = each.proof.map(bytes);
    const { index, size } = each;
    const leaf = leaves[index] as Uint8Array;
    const claim = { leaf, index, size, root: rootOfSize(size) };
    expect((await proveInclusion(logOf(8).reader(), index, size)).map(hex)).toEqual(each.proof);
    expect(verifyInclusion(proof, claim)).toBe(true);
    const empty = new Uint8Array();
    // The corruptions of the same file.
    for (const wrong of [
      { ...claim, index: index - 1 },
      { ...claim, index: index + 1 },
      { ...claim, index: index ^ 2 },
      { ...claim, size: size * 2 },
      { ...claim, size: Math.floor(size / 2) },
      { ...claim, leaf: empty },
      { ...claim, leaf: other },
      { ...claim, root: emptyRoot },
      { ...claim, root: other },
      { ...claim, root: empty },
    ]) {
      expect(verifyInclusion(proof, wrong)).toBe(false);
    }
    for (const wrong of [
      [...proof, empty],
      [...proof, claim.root],
      [empty, ...proof],
      [claim.root, ...proof],
      ...(proof.length > 0 ? [proof.slice(1), proof.slice(0, -1), [other, ...proof.slice(1)]] : []),
    ]) {
      expect(verifyInclusion(wrong, claim)).toBe(false);
    }
  });

  test.each(rfc.consistency)('the tree of $to begins with the one of $from, by the published proof', async (each) => {
    const proof = each.proof.map(bytes);
    const older = { size: each.from, root: rootOfSize(each.from) };
    const newer = { size: each.to, root: rootOfSize(each.to) };
    expect((await proveConsistency(logOf(8).reader(), each.from, each.to)).map(hex)).toEqual(each.proof);
    expect(verifyConsistency(proof, older, newer)).toBe(true);
    const wrongRoot = { size: older.size, root: other };
    expect(verifyConsistency(proof, wrongRoot, newer)).toBe(false);
    expect(verifyConsistency(proof, older, { ...newer, root: other })).toBe(false);
    expect(verifyConsistency([...proof, other], older, newer)).toBe(false);
    expect(verifyConsistency([other, ...proof], older, newer)).toBe(false);
    if (proof.length === 0) return;
    for (const size of [older.size - 1, older.size + 1, older.size ^ 2]) {
      expect(verifyConsistency(proof, { ...older, size }, newer)).toBe(false);
    }
    for (const size of [newer.size * 2, Math.floor(newer.size / 2)]) {
      expect(verifyConsistency(proof, older, { ...newer, size })).toBe(false);
    }
    expect(verifyConsistency([], older, newer)).toBe(false);
    expect(verifyConsistency(proof.slice(0, -1), older, newer)).toBe(false);
    expect(verifyConsistency(proof, newer, older)).toBe(false);
  });

  test('every tree begins with the empty one, whose root is known', async () => {
    const newer = { size: 8, root: rootOfSize(8) };
    expect(await proveConsistency(logOf(8).reader(), 0, 8)).toEqual([]);
    expect(verifyConsistency([], { size: 0, root: emptyRoot }, newer)).toBe(true);
    expect(verifyConsistency([], { size: 0, root: other }, newer)).toBe(false);
    expect(verifyConsistency([other], { size: 0, root: emptyRoot }, newer)).toBe(false);
  });
});

test('a log of 961,984,013 leaves: what Google\'s "Argon 2020" answered verifies', () => {
  const newer = { size: argon.size, root: fromBase64(argon.root) };
  const { index, leaf, proof } = argon.inclusion;
  const claim = { leaf: hashLeaf(fromBase64(leaf)), index, ...newer };
  expect(verifyInclusion(proof.map(fromBase64), claim)).toBe(true);
  expect(verifyInclusion(proof.map(fromBase64), { ...claim, index: index + 1 })).toBe(false);
  const older = { size: argon.consistency.size, root: fromBase64(argon.consistency.root) };
  expect(verifyConsistency(argon.consistency.proof.map(fromBase64), older, newer)).toBe(true);
  expect(verifyConsistency(argon.consistency.proof.map(fromBase64), { ...older, size: older.size + 1 }, newer)).toBe(
    false,
  );
});

test('what is not there is not proved', async () => {
  const reader = logOf(8).reader();
  expect(() => proveInclusion(reader, 8, 8)).toThrow(RangeError);
  expect(() => proveInclusion(reader, -1, 8)).toThrow(RangeError);
  expect(() => proveInclusion(reader, 0.5, 8)).toThrow(RangeError);
  await expect(proveConsistency(reader, 8, 7)).rejects.toBeInstanceOf(RangeError);
  await expect(proveConsistency(reader, -1, 7)).rejects.toBeInstanceOf(RangeError);
  expect(verifyInclusion([], { leaf: other, index: 0, size: Number.NaN, root: other })).toBe(false);
  expect(verifyConsistency([], { size: Number.NaN, root: other }, { size: Number.NaN, root: other })).toBe(false);
});
