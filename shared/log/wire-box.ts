import { z } from 'zod';
import { fromCanonicalJson, toCanonicalBytes } from '#shared/crypto/canonical-json.ts';
import { type Bytes, fromUtf8 } from '#shared/crypto/encoding.ts';
import { sha256Now } from '#shared/crypto/sha256-now.ts';

/*
 * A box as it travels beside an entry: a label in the clear, which says what is in it and for whom, and what is sealed. When a
 * box is withdrawn the sealed part goes, and its label stays: for whom a key was first boxed says who reads its stream, and
 * all must agree on that for ever, also who reads the log after the box was destroyed.
 */

/** Most bytes of a label. */
const mostLabelBytes = 512;
/** Most bytes of what is sealed. */
const mostSealedBytes = 2048;

/** So many bytes, and no fewer or more than said. */
export const bytesOf = (least: number, most: number) =>
  z.custom<Bytes>((value) => value instanceof Uint8Array && value.length >= least && value.length <= most);

const label = bytesOf(2, mostLabelBytes);
const wholeBoxSchema = z.strictObject({ label, sealed: bytesOf(1, mostSealedBytes) });
/** `withdrawn`: SHA-256 of what was sealed. 32 bytes. */
const withdrawnBoxSchema = z.strictObject({ label, withdrawn: bytesOf(32, 32) });
export const wireBoxSchema = z.union([wholeBoxSchema, withdrawnBoxSchema]);

export type WholeBox = z.output<typeof wholeBoxSchema>;
export type WireBox = z.output<typeof wireBoxSchema>;

export const isWithdrawn = (box: WireBox): box is z.output<typeof withdrawnBoxSchema> => 'withdrawn' in box;

const digestOfSealed = (box: WireBox): Uint8Array => (isWithdrawn(box) ? box.withdrawn : sha256Now(box.sealed));

/** The same whether or not it was withdrawn: over the digests of label and sealed part. 32 bytes. */
export const digestOfBox = (box: WireBox): Bytes => sha256Now(sha256Now(box.label), digestOfSealed(box)) as Bytes;

export const withdrawBox = (box: WireBox): WireBox => ({
  label: box.label,
  withdrawn: digestOfSealed(box) as Bytes,
});

/** Bytes that it has, without what CBOR puts around them. */
export const boxLength = (box: WireBox): number =>
  box.label.length + (isWithdrawn(box) ? box.withdrawn : box.sealed).length;

/** Canonical JSON. */
export const formatLabel = (value: unknown): Bytes => toCanonicalBytes(value);

/** Null for what is no label of this kind, or is not the one text of what it says. Never throws. */
export function parseLabel<Schema extends z.ZodType>(schema: Schema, bytes: Uint8Array): z.output<Schema> | null {
  try {
    return schema.safeParse(fromCanonicalJson(fromUtf8(bytes))).data ?? null;
  } catch {
    return null;
  }
}
