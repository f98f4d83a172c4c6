import { z } from 'zod';
import { digestSchema, thirtyTwoBytes } from '#shared/crypto/key-schemas.ts';
import {
  type ContentKeyId,
  type EntryId,
  type EventId,
  type GenerationId,
  type StreamId,
  uuidOf,
} from '#shared/kernel/ids.ts';
import { written } from '../written/written.ts';

/* The kinds of field that events are made of. */

/** Shortest reasons, in characters that are seen: a decision without a reason cannot be reviewed. The same for every unit. */
const shortestRationale = 10;
const longestRationale = 20_000;

export const line = (most: number) => written(1, most);

/** Reasons that a reviewer can judge by. */
export const reasons = written(shortestRationale, longestRationale);

/** Text of a note: as long as reasons, but a word will do. */
export const note = written(1, longestRationale);

/** UTC, as every stored instant. */
export const instant = z.iso.datetime();
/** A calendar day, without a zone: `2026-11-21`. Read as a day in Europe/London. */
export const day = z.iso.date();

export const entryIdSchema = z
  .string()
  .regex(uuidOf(7))
  .transform((id) => id as EntryId);
export const eventIdSchema = z
  .string()
  .regex(uuidOf(7))
  .transform((id) => id as EventId);
export const caseIdSchema = z
  .string()
  .regex(uuidOf(4))
  .transform((id) => id as StreamId);

/** The maker's device id, and the digest that commits to the key (shared/log/content-key.ts). */
export const contentKeyIdSchema = z
  .string()
  .regex(new RegExp(`^${thirtyTwoBytes}\\.${thirtyTwoBytes}$`))
  .transform((id) => id as ContentKeyId);

export const generationIdSchema = digestSchema.transform((id) => id as string as GenerationId);

/** The appropriate authority, or their delegate, where the decision is theirs and another signs. */
export const authority = line(200).nullable();

export const hasTwins = (list: readonly string[]): boolean => new Set(list).size < list.length;
/** Of two ISO instants. */
export const isLater = (one: string, other: string): boolean => Date.parse(one) > Date.parse(other);
