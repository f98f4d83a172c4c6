import { z } from 'zod';
import { authorKeySchema } from '#shared/crypto/key-schemas.ts';
import { type StatementKind, signStatement, verifyStatement } from '#shared/crypto/signed-statement.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import { jurisdictionIds } from '#shared/domain/jurisdiction/jurisdictions.ts';
import { nameOf } from '#shared/domain/written/written.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { unitIdSchema } from '#shared/log/header.ts';

/*
 * Which units there are at an endpoint, and who founded each: a statement that the operator signs with a key that never
 * is on the endpoint. Workstations pin that key when they enrol. The endpoint keeps and serves the text as it is.
 */

export const forceSchema = z.string().regex(/^[a-z][a-z-]{1,59}$/, 'A force is written like avon-and-somerset.');

/** Without characters that would change how a line is shown: the operator reads these on a terminal, next to a fingerprint. */
export const nameSchema = nameOf(120);

const unitSchema = z.strictObject({
  id: unitIdSchema,
  /** As reports name it. One unit a force. */
  force: forceSchema,
  forceName: nameSchema,
  /** Under whose law its matters are referred to a body of oversight. */
  jurisdiction: z.enum(jurisdictionIds),
  name: nameSchema,
  /** Whose founding of the unit counts; null until the operator has signed that. */
  founder: authorKeySchema.nullable(),
});
export type DirectoryUnit = z.output<typeof unitSchema>;

const mostUnits = 500;
/** Characters of a signed directory: as many units with the longest of names, in any script. */
export const longestDirectory = 1_000_000;

const unitsSchema = z
  .array(unitSchema)
  .max(mostUnits)
  .refine(
    (units) =>
      [units.map(({ id }) => id), units.map(({ force }) => force), units.flatMap(({ founder }) => founder ?? [])].every(
        (each) => new Set(each).size === each.length,
      ),
    'No two units have the same id, force or founder.',
  );

const shape = {
  /** The keys of the endpoint that serves these units. */
  endpointKey: authorKeySchema,
  checkpointKey: authorKeySchema,
  units: unitsSchema,
};

/** What the operator is asked to sign. */
export const directoryDraftSchema = z.strictObject(shape);
export type DirectoryDraft = z.output<typeof directoryDraftSchema>;

export const directorySchema = z.strictObject({
  ...shape,
  /** Each that the operator signs has a higher one: who has seen it goes back to none before. */
  number: z.int().min(1).max(1_000_000_000),
  issuedAt: z.iso.datetime().max(40),
});
export type Directory = z.output<typeof directorySchema>;

const kind: StatementKind<Directory> = { typ: 'probity-directory+1', schema: directorySchema };

export const signDirectory = (directory: Directory, operator: SigningKey): Promise<string> =>
  signStatement(kind, directorySchema.parse(directory), operator);

/** Null when the operator did not sign it, or it is no directory. Never throws. */
export async function verifyDirectory(document: string, operator: AuthorKey): Promise<Directory | null> {
  if (document.length > longestDirectory) return null;
  return verifyStatement(kind, document, () => operator).catch(() => null);
}

/** What the endpoint answers. Null before there is one. */
export const directoryReplySchema = z.strictObject({ directory: z.string().max(longestDirectory).nullable() });
