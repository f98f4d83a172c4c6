import type { EntryId } from '#shared/kernel/ids.ts';
import type { CaseState } from '../case/case-state.ts';
import { type History, selectCurrent } from '../case/history.ts';
import type { Signed } from '../case/signed.ts';
import { assessmentOf } from './assessment-of.ts';
import type { AssessmentState, Item } from './assessment-state.ts';
import type { ConsideredOption } from './disposition-schema.ts';
import { selectInForce } from './dispositions-in-force.ts';
import { gradeCode } from './grading.ts';
import * as say from './policy-words.ts';

/*
 * The policy log: every decision with the options considered and the reasons, in the order of the log. Append-only
 * because the log is: what was superseded stays, and says so. Printable: each line is words, and none needs the screen.
 */
export interface PolicyLine extends Signed {
  readonly about: 'disposition' | 'priority' | 'grading' | 'iopc' | 'matter' | 'severity' | 'notification';
  /** What was decided, in one sentence. */
  readonly decision: string;
  readonly options: readonly ConsideredOption[];
  readonly rationale: string;
  /** Superseded by a later decision that knew of it. */
  readonly superseded: boolean;
}

interface Words {
  readonly decision: string;
  readonly rationale: string;
  readonly options?: readonly ConsideredOption[];
}

const signedOnly = ({ entry, at, by, position, seen }: Signed): Signed => ({ entry, at, by, position, seen });

/** Lines for a step of which the latest with sight of the others stands. */
function linesOf<Data>(
  about: PolicyLine['about'],
  history: History<Data>,
  words: (data: Data & Signed) => Words,
  current: readonly Signed[] = selectCurrent(history),
): readonly PolicyLine[] {
  const inForce = new Set(current.map(({ entry }) => entry));
  return history.map((each) => ({
    ...signedOnly(each),
    about,
    options: [],
    ...words(each),
    superseded: !inForce.has(each.entry),
  }));
}

/** A regrade, and any grade that says the item is suspected to be false. The first grade of an item decides nothing. */
const gradeLines = (item: Item, index: number): readonly PolicyLine[] =>
  linesOf('grading', item.grades, (grade) => ({
    decision: `Item ${index + 1} graded ${gradeCode(grade)}.`,
    rationale: grade.why ?? '',
  })).filter((_, nth) => nth > 0 || item.grades[nth]?.assessment === 'E');

/** Sent and answered are facts, which nothing supersedes. */
const iopcLines = ({ iopc }: AssessmentState): readonly PolicyLine[] => [
  ...linesOf('iopc', iopc, say.iopcReferral, iopc),
  ...iopc.flatMap(({ answers }) => linesOf('iopc', answers, say.iopcAnswer)),
];

function dispositionLines({ dispositions }: AssessmentState): readonly PolicyLine[] {
  const { outcomes, safeguarding } = selectInForce(dispositions);
  const answers = dispositions.flatMap((each) => each.answers);
  return [
    ...linesOf('disposition', dispositions, say.disposition, [...outcomes, ...safeguarding]),
    ...linesOf('disposition', answers, say.transferAnswer, answers),
  ];
}

export function selectPolicyLog(state: CaseState): readonly PolicyLine[] {
  const assessment = assessmentOf(state);
  const placeOf = new Map<EntryId, number>(state.activity.map(({ entry }, place) => [entry, place]));
  const lines = [
    ...linesOf('iopc', assessment.mandatory, say.mandatoryTest),
    ...iopcLines(assessment),
    ...linesOf('matter', assessment.matter, say.matter),
    ...linesOf('severity', assessment.severity, say.severity),
    ...linesOf('notification', assessment.notification, say.notification),
    ...assessment.items.flatMap(gradeLines),
    ...linesOf('priority', assessment.overrides, say.override),
    ...dispositionLines(assessment),
  ];
  return lines.sort((one, other) => (placeOf.get(one.entry) ?? 0) - (placeOf.get(other.entry) ?? 0));
}
