import { z } from 'zod';
import { digestSchema } from '#shared/crypto/key-schemas.ts';
import { centralReferenceSchema } from '#shared/domain/report/report.ts';
import { entryIdSchema, unitIdSchema } from '#shared/log/header.ts';

export const unitParams = z.strictObject({ unit: unitIdSchema });
export const blobParams = z.strictObject({ unit: unitIdSchema, digest: digestSchema });
export const transferParams = z.strictObject({ unit: unitIdSchema, id: entryIdSchema });
export const referenceParams = z.strictObject({ unit: unitIdSchema, reference: centralReferenceSchema });

/** A whole number in a query string. */
export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.int().min(least).max(most));
