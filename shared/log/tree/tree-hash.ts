/**
 * The unit's log as a Merkle tree (RFC 6962 section 2.1, the same in RFC 9162): which hashes stand where, what they prove,
 * and how the endpoint signs its root. Pure: it stores nothing, reads no clock, and believes no hash that it did not compute.
 *
 * A hash is 32 bytes; leaf n has index n, from 0, which is the entry at position n + 1.
 */
import type { Bytes } from '#shared/crypto/encoding.ts';
import { sha256Now } from '#shared/crypto/sha256-now.ts';

export const hashLength = 32;

// Different first bytes, so that nobody can pass off a node as a leaf (second preimages).
const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

export const hashLeaf = (leaf: Uint8Array): Bytes => sha256Now(leafPrefix, leaf);

export const hashNode = (left: Uint8Array, right: Uint8Array): Bytes => sha256Now(nodePrefix, left, right);

/** Root of the tree without leaves: the hash of nothing. */
export const emptyRoot: Bytes = sha256Now();

/** Of public values: takes longer for longer equal beginnings. */
export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);
