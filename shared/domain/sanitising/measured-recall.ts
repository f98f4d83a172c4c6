/*
 * How often the check finds what people marked by hand in invented narratives, in English and Welsh, without looking at its patterns
 * (tests/support/narratives). `fitted`: of those that the patterns were fitted to. `heldOut`: of those that were set aside, which says
 * more. tests/unit/shared/sanitising-recall.test.ts measures it anew and fails when this table says something else.
 */

/** Found is what marks cover by at least half, of so many. */
export interface Recall {
  readonly found: number;
  readonly of: number;
}

export const measuredKinds = {
  telephone: { label: 'telephone numbers' },
  email: { label: 'e-mail addresses and accounts' },
  vehicle: { label: 'number plates' },
  address: { label: 'addresses' },
  name: { label: 'names of reporters and theirs' },
  relation: { label: 'relatives, friends and neighbours' },
  work: { label: 'mentions of the reporter’s work' },
  sighting: { label: 'mentions of what they saw or were told' },
  victim: { label: 'places where a victim stays' },
  phrase: { label: 'turns of phrase' },
} as const;
export type MeasuredKind = keyof typeof measuredKinds;
export const measuredKindIds = Object.keys(measuredKinds) as MeasuredKind[];

export const measuredRecall: Readonly<Record<MeasuredKind, { readonly fitted: Recall; readonly heldOut: Recall }>> = {
  telephone: { fitted: { found: 9, of: 9 }, heldOut: { found: 5, of: 5 } },
  email: { fitted: { found: 3, of: 3 }, heldOut: { found: 1, of: 1 } },
  vehicle: { fitted: { found: 2, of: 2 }, heldOut: { found: 1, of: 1 } },
  address: { fitted: { found: 4, of: 4 }, heldOut: { found: 2, of: 3 } },
  name: { fitted: { found: 5, of: 5 }, heldOut: { found: 1, of: 3 } },
  relation: { fitted: { found: 18, of: 19 }, heldOut: { found: 10, of: 10 } },
  work: { fitted: { found: 13, of: 14 }, heldOut: { found: 7, of: 8 } },
  sighting: { fitted: { found: 13, of: 19 }, heldOut: { found: 4, of: 8 } },
  victim: { fitted: { found: 9, of: 10 }, heldOut: { found: 5, of: 6 } },
  phrase: { fitted: { found: 18, of: 19 }, heldOut: { found: 10, of: 13 } },
};
