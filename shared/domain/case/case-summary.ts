import type { MemberId, StreamId } from '#shared/kernel/ids.ts';
import { stands } from '../event/revocable.ts';
import { type Priority, selectDueAt, selectPriority } from '../priority/priorities.ts';
import type { PublicCategory } from '../report/public-categories.ts';
import { isByHand, type Subject, subjectKinds, type Urgency, urgencies } from '../report/report.ts';
import { type CaseState, isAssessed, type Status, selectStatus } from './case-state.ts';
import { searchedInBrief, searchedOperation, searchedReference, searchedWords, toSearchText } from './search-words.ts';
import { type AssessedSummary, summariseAssessment } from './summarise-assessment.ts';

/** Who is reported, as one line of a list tells it: the first subject, and how many more there are. */
export interface SubjectLine {
  /** Rank or role, or else what kind of subject it is. */
  readonly role: string;
  readonly name: string | null;
  readonly others: number;
}

/** One row of the queue: about 300 bytes, kept in memory for every case while the vault is open. */
export interface CaseSummary {
  readonly id: StreamId;
  readonly reference: string;
  readonly receivedAt: string;
  /** As assessed; before that, as the contact centre's record calls for. */
  readonly priority: Priority;
  /** When a disposition is due; null once one is recorded. */
  readonly dueAt: string | null;
  readonly categories: readonly PublicCategory[];
  /** Null when the report tells of nobody. */
  readonly subject: SubjectLine | null;
  readonly atRisk: { readonly count: number; readonly worst: Urgency | null };
  readonly attachments: number;
  readonly status: Status;
  readonly holder: MemberId | null;
  /** What quick search looks in: reference, subjects, collar numbers, stations, vehicles, as `toSearchText` makes it. */
  readonly search: string;
  /** What other systems call it, as `toSearchText` makes it; absent where nobody recorded that. */
  readonly outside?: string;
  /** Of a case that was opened here: references of referrals that are to be joined to it. Absent where there are none. */
  readonly awaits?: readonly string[];
  /** Absent until something is assessed. */
  readonly assessed?: AssessedSummary;
}

export const roleOf = ({ rankOrRole, kind }: Subject): string => rankOrRole ?? subjectKinds[kind].label;

export function selectSubjectLine([first, ...others]: readonly Subject[]): SubjectLine | null {
  return first ? { role: roleOf(first), name: first.name, others: others.length } : null;
}

/** Whether anything was decided that stands. What another force sent back is to be decided again. */
const isDecided = (status: Status): boolean => status !== 'new' && status !== 'assessing';

/** Of a case that a defect of this program keeps it from summarising: found by its reference, and overlooked by nobody. */
export const summariseUnread = ({
  id,
  holder,
  referral: { reference, receivedAt, report },
}: CaseState): CaseSummary => ({
  id,
  reference,
  receivedAt,
  priority: 'immediate',
  dueAt: receivedAt,
  categories: [],
  subject: null,
  atRisk: { count: report.peopleAtRisk.length, worst: null },
  attachments: 0,
  status: holder ? 'assessing' : 'new',
  holder,
  search: toSearchText(searchedWords(reference)),
});

/** References as search finds them, of every system: also that of the referral to come, and of those that were joined. */
function selectOutside({ references, origin, joined, iopc }: CaseState): string | null {
  const named = references
    .filter(stands)
    .flatMap(({ kind, text }) => (kind === 'operation' ? searchedOperation : searchedReference)(text));
  const answered = iopc.flatMap(({ answers }) => answers.map(({ reference }) => reference));
  const others = [origin?.expects, ...joined.map(({ reference }) => reference), ...answered];
  const words = [...named, ...others.flatMap((each) => (each ? searchedReference(each) : []))];
  return words.length > 0 ? toSearchText(words) : null;
}

/** References of Crimestoppers that a case which was opened by hand was given, of which the referral is not joined yet. */
function selectAwaited({ referral, references, origin, joined }: CaseState): readonly string[] {
  if (!isByHand(referral.report)) return [];
  const given = references.filter((each) => each.kind === 'crimestoppers' && stands(each)).map(({ text }) => text);
  const all = new Set([...(origin?.expects ? [origin.expects] : []), ...given]);
  return [...all].filter((each) => !joined.some(({ reference }) => reference === each));
}

export function summarise(state: CaseState): CaseSummary {
  const outside = selectOutside(state);
  const awaits = selectAwaited(state);
  const { reference, receivedAt, report } = state.referral;
  const assessed = isAssessed(state) ? summariseAssessment(state) : null;
  const priority = assessed?.priority ?? selectPriority(report);
  const status = selectStatus(state);
  const worst = urgencies.find((urgency) => report.peopleAtRisk.some((person) => person.urgency === urgency));
  return {
    id: state.id,
    reference,
    receivedAt,
    priority,
    dueAt: isDecided(status) ? null : selectDueAt(priority, receivedAt, state.decisionHours),
    categories: report.categories,
    subject: selectSubjectLine(report.subjects),
    atRisk: { count: report.peopleAtRisk.length, worst: worst ?? null },
    attachments: state.referral.attachments.length,
    status,
    holder: state.holder,
    search: toSearchText(searchedInBrief(reference, report)),
    ...(outside && { outside }),
    ...(awaits.length > 0 && { awaits }),
    ...(assessed && { assessed }),
  };
}
