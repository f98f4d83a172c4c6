import { z } from 'zod';
import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import { longestRationale, shortestRationale } from '../case/decisions.ts';

/* The kinds of field that assessment events are made of. Messages are for the person at the desk. */

export const line = (most: number) => z.string().trim().min(1, 'Fill this in.').max(most);

/** Reasons that a reviewer can judge by: never shorter than the reasons for a decision. */
export const reasons = z
  .string()
  .trim()
  .min(shortestRationale, `Give your reasons in at least ${shortestRationale} characters.`)
  .max(longestRationale);

/** Text of a note: as long as reasons, but a word will do. */
export const note = z.string().trim().min(1, 'Fill this in.').max(longestRationale);

/** UTC, as every stored instant. */
export const instant = z.iso.datetime('Give a date and time.');
/** A calendar day, without a zone: `2026-11-21`. Read as a day in Europe/London. */
export const day = z.iso.date('Give a date.');

export const entryIdSchema = z.uuid().transform((id) => id as EntryId);
export const caseIdSchema = z.uuid().transform((id) => id as StreamId);
