import type { CaseCommand } from '#shared/domain/case/decide.ts';
import type { IntelligenceCategory } from '#shared/domain/classification/intelligence-categories.ts';
import { defaultGrade } from '#shared/domain/items/grading.ts';
import type { Referral } from '#shared/domain/referral/referral.ts';
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
  risk: (id: StreamId, atRiskNow: 'yes' | 'no' | 'unknown' = 'no'): CaseCommand => ({
    type: 'risk.assessed',
    case: id,
    data: { atRiskNow, people: atRiskNow === 'yes' ? [atRisk] : [], rationale: why },
  }),
  mandatory: (id: StreamId, becameClearAt: string): CaseCommand => ({
    type: 'mandatoryReferral.assessed',
    case: id,
    data: { criteria: ['seriousAssault'], corruption: [], becameClearAt, rationale: why },
  }),
  /** No criterion is met. */
  notMandatory: (id: StreamId): CaseCommand => ({
    type: 'mandatoryReferral.assessed',
    case: id,
    data: { criteria: [], corruption: [], becameClearAt: null, rationale: why },
  }),
  sentToIopc: (id: StreamId, lateReason: string | null): CaseCommand => ({
    type: 'iopc.referred',
    case: id,
    data: {
      ...{ kind: 'mandatory', sentAt: new Date().toISOString(), what: 'Form and report', why: null, lateReason },
    },
  }),
  item: (id: StreamId, { report }: Referral, start: number, end: number): CaseCommand => ({
    type: 'item.recorded',
    case: id,
    data: { start, end, text: report.narrative.slice(start, end), provenance: null },
  }),
  grade: (id: StreamId, item: EntryId): CaseCommand => ({
    type: 'item.graded',
    case: id,
    data: { item, ...defaultGrade },
  }),
  categories: (id: StreamId, categories: readonly IntelligenceCategory[]): CaseCommand => ({
    type: 'categories.recorded',
    case: id,
    data: { categories: [...categories], primary: categories[0] ?? 'other', why: null },
  }),
  priority: (id: StreamId): CaseCommand => ({
    type: 'priority.overridden',
    case: id,
    data: { priority: 'raised', why },
  }),
  safeguard: (id: StreamId): CaseCommand => ({
    type: 'disposition.recorded',
    case: id,
    data: { chosen: { kind: 'safeguard', ended: false }, options: [], rationale: why },
  }),
  repeatOf: (id: StreamId, earlier: StreamId, reference: string): CaseCommand => ({
    type: 'referral.linked',
    case: id,
    data: { case: earlier, reference, kind: 'repeat', why },
  }),
  /** For intelligence, with all that must come before it. */
  record: (id: StreamId, referral: Referral, reviewOn: string): readonly CaseCommand[] => [
    commands.risk(id),
    commands.notMandatory(id),
    commands.item(id, referral, 0, 20),
    {
      type: 'disposition.recorded',
      case: id,
      data: { chosen: { kind: 'record', reviewOn }, options: [], rationale: why },
    },
  ],
};
