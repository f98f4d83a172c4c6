/**
 * How far an entry of a table may be relied on: `found` was read in the source named; `summary` was read only in what
 * others say of that source, such as a law firm's note or a pupil's flash cards; `knowledge` is common professional
 * knowledge that nobody re-read for this table; `unsure` must be checked before anyone relies on it. What an entry says
 * beyond what was read lowers the standing of all of it.
 */
export type Standing = 'found' | 'summary' | 'knowledge' | 'unsure';

/** An entry of a table of law or policy. A force may change the entries; it may not remove an id that was used. */
export interface Cited {
  readonly label: string;
  readonly source: string;
  readonly standing: Standing;
}

/** The ids of a table, for a schema: zod wants to know that there is at least one. */
export const idsOf = <Id extends string>(table: Readonly<Record<Id, unknown>>): [Id, ...Id[]] =>
  Object.keys(table) as [Id, ...Id[]];
