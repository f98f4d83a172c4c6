import { applyToCase, type Signing } from '#shared/domain/case/apply-to-case.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { CaseRefusalCode } from '#shared/domain/case/refusal-of.ts';
import type { DispositionChoice } from '#shared/domain/disposition/disposition-schemas.ts';
import type { Actor, SignedTime } from '#shared/domain/event/context.ts';
import { selectCurrent } from '#shared/domain/event/history.ts';
import { knewOf } from '#shared/domain/event/signed.ts';
import { noNdmNotes, type ThriveAnswers } from '#shared/domain/harm/thrive-schema.ts';
import { defaultGrade } from '#shared/domain/items/grading.ts';
import type { Grade } from '#shared/domain/items/grading-scales.ts';
import type { Role } from '#shared/domain/policy/policy.ts';
import {
  type CaseEvent,
  type CaseEventType,
  caseEventOf,
  type DataOf,
  registry,
} from '#shared/domain/registry/registry.ts';
import type { MaybeRoster } from '#shared/domain/unit/roster.ts';
import { emptyRecord, type UnitRecord } from '#shared/domain/unit/unit-record.ts';
import type { AuthorKey, EntryId, EventId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { referralWith } from '#tests/support/referrals.ts';

/** A test's case: confirmed entries at positions 1, 2, 3 ...; the first is the referral. */
export const caseId = '30000000-0000-4000-8000-000000000001' as StreamId;
export const otherCase = '30000000-0000-4000-8000-000000000002' as StreamId;
export const entry = (position: number) => `20000000-0000-7000-8000-${String(position).padStart(12, '0')}` as EntryId;
export const at = '2026-11-20T10:00:00.000Z';
export const member = (name: string, role: Role = 'analyst'): NonNullable<Actor> => ({ id: name as MemberId, role });
export const ash = member('ash');
export const bo = member('bo');
export const sal = member('sal', 'supervisor');
export const why = 'Reasons that suffice.';
/** Neither words of the unit nor a subject. */
export const nothingKnown = { phrases: [], subjects: [] };
/** To the questions that a sanitised text is answered for by. */
export const answers = {
  whoElse: 'All of the shift could.',
  findOut: 'He would look at the rota.',
  closestFriend: 'As talk of the town.',
};
export const narrative =
  'The officer checks vehicles for a friend who deals. I saw it at 23:40 in the canteen. My sister told me that she rang 07700 900123.';

/** Of which rules ask who is in force. */
export const unit = {
  members: [
    ...[ash, bo, sal].map((each) => ({ ...each, standing: 'inForce' as const })),
    { ...member('kim'), standing: 'suspended' as const },
    { ...member('lee'), standing: 'ended' as const },
  ],
} as unknown as MaybeRoster;
/** A unit that changed no policy, in which Pat is an inspector, Cory a commander and Sam staff of an inspector's level. */
export const record: UnitRecord = {
  ...emptyRecord,
  ranks: (
    [
      ['pat', 'officer', 'inspector'],
      ['cory', 'officer', 'assistantChiefConstable'],
      ['sam', 'staff', 'inspector'],
      ['ash', 'staff', 'sergeant'],
    ] as const
  ).map(([name, employment, rank]) => ({
    ...{ entry: '' as EntryId, at: '', by: null, device: '' as AuthorKey, position: 0, seen: 0 },
    ...{ member: name as MemberId, employment, rank },
  })),
};

export interface Step {
  readonly event: CaseEvent;
  readonly actor?: Actor;
  readonly seen?: number;
  /** Which of its author's; else the only one. */
  readonly device?: string;
  /** What it names as replaced; else all that its author knew to be in force of the same. */
  readonly replaces?: readonly EntryId[];
  /** What the log tells of when it was signed; else nothing. */
  readonly between?: Pick<SignedTime, 'from' | 'until'>;
}
type More = Omit<Step, 'event'>;

export const step = <Type extends CaseEventType>(type: Type, data: DataOf<Type>, more: More = {}): Step => ({
  event: { type, at, data } as CaseEvent,
  ...more,
});

type Referral = Parameters<typeof referralWith>;
export const delivered = (changes: Referral[0], top?: Referral[1]): Step =>
  step('referral.received', referralWith(changes, top), { actor: null });
const received = delivered({ narrative });

/** How a confirmed entry at this position was signed. */
export function signing({ event, actor = ash, seen, device, replaces, between }: Step, position: number): Signing {
  const eventId = entry(position) as string as EventId;
  const by = actor?.id ?? null;
  const key = (device ?? `device of ${by}`) as AuthorKey;
  const signed = {
    entry: entry(position),
    at: event.at,
    by,
    device: key,
    position,
    seen: seen ?? position - 1,
    replaces,
  };
  return { actor, unit, record, signed, eventId, time: { said: event.at, from: null, until: null, ...between } };
}

/** What an honest author names; absent where there is nothing. */
function replacedBy(state: CaseState | null, { event }: Step, { signed }: Signing): readonly EntryId[] | undefined {
  const history = (state && caseEventOf(registry, event.type)?.history?.(state, event.data)) ?? [];
  const known = selectCurrent(history, (earlier) => knewOf(signed, earlier));
  return known.length > 0 ? known.map(({ entry: id }) => id) : undefined;
}

/** Folds steps, the first of which brings the referral: step n stands at position n, and its author saw all before it. */
export function foldAll(steps: readonly Step[]): CaseState {
  let state: CaseState | null = null;
  for (const [index, each] of steps.entries()) {
    const how = signing(each, index + 1);
    const replaces = each.replaces ?? replacedBy(state, each, how);
    state = applyToCase(state, caseId, each.event, { ...how, signed: { ...how.signed, replaces } });
  }
  if (!state) throw new Error('no case');
  return state;
}

/** Folds a referral and then the steps: step n stands at position n + 1. */
export const fold = (...steps: readonly Step[]): CaseState => foldAll([received, ...steps]);

/** What a rule is expected to say; null: nothing. */
export type Expected = Refusal<CaseRefusalCode> | null;
/** Why the last step was refused; null when it was not. */
export const refused = (...steps: readonly Step[]): Refusal | null | undefined =>
  fold(...steps).activity.at(-1)?.refused;

export const risk = (data: Partial<DataOf<'risk.assessed'>> = {}, more: More = {}): Step =>
  step('risk.assessed', { atRiskNow: 'no', people: [], rationale: why, ...data }, more);
export const person = (level: DataOf<'risk.assessed'>['people'][number]['level']) =>
  ({ who: 'Partner', risk: 'Threats', level, action: 'reduce', note: 'Safe contact made.' }) as const;

type Mandatory = DataOf<'mandatoryReferral.assessed'>;
export const notMet = (more: More = {}): Step =>
  step('mandatoryReferral.assessed', { criteria: [], corruption: [], becameClearAt: null, rationale: why }, more);
export const met = (data: Partial<Mandatory> = {}, more: More = {}): Step =>
  step(
    'mandatoryReferral.assessed',
    {
      criteria: ['seriousCorruption'],
      corruption: [],
      becameClearAt: '2026-11-19T09:00:00.000Z',
      rationale: why,
      ...data,
    },
    more,
  );
export const sent = (data: Partial<DataOf<'iopc.referred'>> = {}, more: More = {}): Step =>
  step(
    'iopc.referred',
    { kind: 'mandatory', sentAt: '2026-11-20T09:00:00.000Z', what: 'Form', why: null, lateReason: null, ...data },
    more,
  );

/** Of a matter's type, and of its severity. */
export const asProvisional = { subjectRank: 'other', capacity: 'provisional' } as const;

export const item = (words: string, more: More = {}): Step => {
  const start = narrative.indexOf(words);
  return step('item.recorded', { start, end: start + words.length, text: words, provenance: null }, more);
};
export const grade = (position: number, data: Partial<Grade> = {}, more: More = {}): Step =>
  step('item.graded', { item: entry(position), ...defaultGrade, ...data }, more);

type Answers = { readonly [Element in keyof ThriveAnswers]?: ThriveAnswers[Element]['answer'] };
const thriveWith = (answers: Answers = {}): ThriveAnswers => ({
  threat: { answer: answers.threat ?? 'none', note: null },
  harm: { answer: answers.harm ?? 'none', note: null },
  risk: { answer: answers.risk ?? 'low', note: null },
  investigation: { answer: answers.investigation ?? 'none', note: null },
  vulnerability: { answer: answers.vulnerability ?? 'none', note: null },
  engagement: { answer: answers.engagement ?? 'none', note: null },
});
export const harm = (answers: Answers = {}, more: More = {}): Step =>
  step('harm.assessed', { thrive: thriveWith(answers), ndm: noNdmNotes, rationale: why }, more);

export const disposed = (
  chosen: DispositionChoice,
  more: More = {},
  options = [{ option: 'Record for intelligence', why: 'Nothing to keep.' }],
): Step => step('disposition.recorded', { chosen, options, rationale: why }, more);
