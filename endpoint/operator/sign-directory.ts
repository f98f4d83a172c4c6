import { readFile } from 'node:fs/promises';
import type { SigningKey } from '#shared/crypto/signing.ts';
import {
  type Directory,
  type DirectoryDraft,
  directoryDraftSchema,
  longestDirectory,
  signDirectory,
  verifyDirectory,
} from '#shared/sync/directory.ts';
import { writeOnce } from '../kept-files.ts';
import { directoryChanges } from './directory-changes.ts';
import { readOperatorKey } from './operator-key.ts';

/** Files that the operator brings to the machine that has their key. */
export interface Signing {
  readonly operatorKey: string;
  readonly draft: string;
  /** What they signed last; undefined for the first of all. */
  readonly last: string | undefined;
  /** Where the signed directory is to go; undefined only to look at what there is to sign. */
  readonly out: string | undefined;
}

const beforeSigning = [
  'Compare each founder by telephone, on a number that you did not get from the endpoint: a supervisor of the unit reads',
  'it out from the screen Members. Sign nothing that was not compared.',
];

/** @returns what to tell the operator. @throws when there is nothing that they could sign */
export async function signDraft({ operatorKey, draft: draftFile, last: lastFile, out }: Signing): Promise<string[]> {
  const key = await readOperatorKey(operatorKey);
  const last = lastFile === undefined ? null : await readLast(lastFile, key);
  const draft = withKnownFounders(await readDraft(draftFile), last);
  const changes = await directoryChanges(last, draft);
  const number = (last?.number ?? 0) + 1;
  const shown = [`Directory ${number}, after ${last ? `${last.number} of ${last.issuedAt}` : 'none'}:`, ...changes];
  if (changes.length === 0) return [...shown, 'Nothing has changed: there is nothing to sign.'];
  if (out === undefined) return [...shown, ...beforeSigning, 'Nothing is signed yet. With --out FILE it is.'];
  const document = await signDirectory({ ...draft, number, issuedAt: new Date().toISOString() }, key);
  if (!(await writeOnce(out, document))) throw new Error(`There is a file ${out} already. Nothing was signed.`);
  return [...shown, `Signed, in ${out}. Keep it: the next one is signed after it, with --last ${out}.`];
}

async function readDraft(path: string): Promise<DirectoryDraft> {
  try {
    return directoryDraftSchema.parse(JSON.parse(await readBounded(path)));
  } catch {
    throw new Error(`${path} is no draft of a directory.`);
  }
}

async function readLast(path: string, key: SigningKey): Promise<Directory> {
  const last = await verifyDirectory((await readBounded(path)).trim(), key.author);
  if (!last) throw new Error(`${path} is no directory that was signed with this key.`);
  return last;
}

async function readBounded(path: string): Promise<string> {
  const text = await readFile(path, 'utf8');
  if (text.length > longestDirectory) throw new Error(`${path} is too long.`);
  return text;
}

/** A unit does not become one that nobody founded: the endpoint cannot read its log just now, and what was signed stands. */
const withKnownFounders = (draft: DirectoryDraft, last: Directory | null): DirectoryDraft => ({
  ...draft,
  units: draft.units.map((unit) => ({
    ...unit,
    founder: unit.founder ?? last?.units.find(({ id }) => id === unit.id)?.founder ?? null,
  })),
});
