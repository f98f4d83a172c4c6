import { type Cited, idsOf } from '#shared/kernel/cited.ts';
import { type Grade, isAtLeast, type Rank } from '../policy/ranks.ts';

interface SubjectRank extends Cited {
  readonly means: string;
  /** Whose decisions they are: the appropriate authority. */
  readonly authority: string;
  /** The lowest rank, or grade of staff equal to it, to whom they may be delegated; null: to nobody in a unit. */
  readonly delegatedTo: Rank | null;
}

/**
 * Whom a matter concerns, as far as it turns on it who is the appropriate authority and who may decide for it. "Chief
 * officer" means the same wherever Probity says it: the one who leads the force, or acts as one; never all above chief
 * superintendent, who are "senior officers".
 */
export const subjectRanks = {
  other: {
    label: 'Chief superintendent or below, or not an officer',
    means: 'Decided for the chief officer by an inspector or above, or staff of similar level.',
    authority: 'the chief officer',
    delegatedTo: 'inspector',
    source: 'SI 2020/2 reg 46(1)(b) as made; Police Reform Act 2002 s 29(1)',
    standing: 'found',
  },
  seniorOfficer: {
    label: 'Senior officer',
    means:
      'Above chief superintendent, and not the chief officer. Decided for the chief officer by a senior officer, or staff of similar level.',
    authority: 'the chief officer',
    delegatedTo: 'assistantChiefConstable',
    // The delegation was read, the definition of a senior officer was not.
    source: 'SI 2020/2 reg 46(1)(a) as made; Police Reform Act 2002 s 29(1); meaning of senior officer not read',
    standing: 'knowledge',
  },
  chiefOfficer: {
    label: 'Chief officer',
    means: 'Chief constable or commissioner, or who acts as one. Decided by the local policing body, never here.',
    authority: 'the local policing body',
    delegatedTo: null,
    source: 'Police Reform Act 2002 s 29(1); SI 2020/4 reg 2(1) as made',
    standing: 'found',
  },
} as const satisfies Record<string, SubjectRank>;

export type SubjectRankId = keyof typeof subjectRanks;
export const subjectRankIds = idsOf<SubjectRankId>(subjectRanks);

/** Whether the authority's decisions about such a subject may be delegated to somebody of this rank or grade. */
export function mayDecideOn(subject: SubjectRankId, grade: Grade | undefined): boolean {
  const { delegatedTo } = subjectRanks[subject];
  return delegatedTo !== null && grade !== undefined && isAtLeast(grade.rank, delegatedTo);
}
