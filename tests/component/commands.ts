import type { AssessmentCommand } from '#shared/domain/assessment/assessment-commands.ts';
import { defaultGrade } from '#shared/domain/assessment/grading.ts';
import type { IntelligenceCategory } from '#shared/domain/assessment/tables/intelligence-categories.ts';
import type { Referral } from '#shared/domain/case/case-events.ts';
import type { EntryId, StreamId } from '#shared/kernel/ids.ts';

export const why = 'The report says so, and nothing speaks against it.';

const atRisk = {
  who: 'A woman',
  risk: 'He has her address',
  level: 'high' as const,
  action: 'reduce' as const,
  note: 'Safe contact today',
};

/** What members record in the tests of the screens. */
export const commands = {
  risk: (id: StreamId, atRiskNow: 'yes' | 'no' | 'unknown' = 'no'): AssessmentCommand => ({
    type: 'assessRisk',
    case: id,
    data: { atRiskNow, people: atRiskNow === 'yes' ? [atRisk] : [], rationale: why },
  }),
  mandatory: (id: StreamId, becameClearAt: string): AssessmentCommand => ({
    type: 'assessMandatoryReferral',
    case: id,
    data: { criteria: ['seriousAssault'], corruption: [], becameClearAt, rationale: why },
  }),
  /** No criterion is met. */
  notMandatory: (id: StreamId): AssessmentCommand => ({
    type: 'assessMandatoryReferral',
    case: id,
    data: { criteria: [], corruption: [], becameClearAt: null, rationale: why },
  }),
  sentToIopc: (id: StreamId, lateReason: string | null): AssessmentCommand => ({
    type: 'recordIopcReferral',
    case: id,
    data: {
      ...{ kind: 'mandatory', sentAt: new Date().toISOString(), what: 'Form and report', why: null, lateReason },
    },
  }),
  item: (id: StreamId, { report }: Referral, start: number, end: number): AssessmentCommand => ({
    type: 'recordItem',
    case: id,
    data: { start, end, text: report.narrative.slice(start, end), provenance: null },
  }),
  grade: (id: StreamId, item: EntryId): AssessmentCommand => ({
    type: 'gradeItem',
    case: id,
    data: { item, ...defaultGrade },
  }),
  categories: (id: StreamId, categories: readonly IntelligenceCategory[]): AssessmentCommand => ({
    type: 'recordCategories',
    case: id,
    data: { categories: [...categories], primary: categories[0] ?? 'other', why: null },
  }),
  priority: (id: StreamId): AssessmentCommand => ({
    type: 'overridePriority',
    case: id,
    data: { priority: 'raised', why },
  }),
  safeguard: (id: StreamId): AssessmentCommand => ({
    type: 'recordDisposition',
    case: id,
    data: { outcome: { kind: 'safeguard', ended: false }, options: [], rationale: why },
  }),
  repeatOf: (id: StreamId, earlier: StreamId, reference: string): AssessmentCommand => ({
    type: 'linkReferral',
    case: id,
    data: { case: earlier, reference, kind: 'repeat', why },
  }),
  /** For intelligence, with all that must come before it. */
  record: (id: StreamId, referral: Referral, reviewOn: string): readonly AssessmentCommand[] => [
    commands.risk(id),
    commands.notMandatory(id),
    commands.item(id, referral, 0, 20),
    {
      type: 'recordDisposition',
      case: id,
      data: { outcome: { kind: 'record', reviewOn }, options: [], rationale: why },
    },
  ],
};
