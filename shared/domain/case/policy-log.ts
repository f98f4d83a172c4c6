import type { EntryId } from '#shared/kernel/ids.ts';
import type { Disposition } from '../disposition/disposition-recorded.ts';
import type { TransferAnswered } from '../disposition/disposition-schemas.ts';
import { selectInForce } from '../disposition/dispositions-in-force.ts';
import { type History, type Recorded, selectCurrent } from '../event/history.ts';
import type { Signed } from '../event/signed.ts';
import type { IopcAnswer } from '../iopc/iopc.ts';
import type { IopcReferred } from '../iopc/iopc-referred.ts';
import type { IopcTimeSet } from '../iopc/iopc-time-set.ts';
import type { MandatoryReferralAssessed } from '../iopc/mandatory-referral-assessed.ts';
import type { OversightRecorded } from '../iopc/oversight-recorded.ts';
import type { Grade } from '../items/grading-scales.ts';
import type { Item } from '../items/item-recorded.ts';
import type { MatterClassified } from '../misconduct/matter-classified.ts';
import type { NotificationSet } from '../misconduct/notification-set.ts';
import type { SeverityAssessed } from '../misconduct/severity-assessed.ts';
import type { SuspensionPut } from '../misconduct/suspension-put.ts';
import type { PriorityOverridden } from '../priority/priority-overridden.ts';
import { type SanitisedRecorded, sanitisedHistory } from '../sanitising/sanitised-recorded.ts';
import type { CaseState } from './case-state.ts';

/*
 * The policy log: every decision with the options considered and the reasons, in the order of the log. Append-only
 * because the log is: what was superseded stays, and says so. The window has the sentences (renderer/words).
 */

/** What was decided, by the kind of decision. */
interface Decisions {
  readonly mandatoryTest: MandatoryReferralAssessed;
  readonly oversight: OversightRecorded;
  readonly iopcTime: IopcTimeSet;
  readonly iopcReferral: IopcReferred;
  readonly iopcAnswer: IopcAnswer;
  readonly matter: MatterClassified;
  readonly severity: SeverityAssessed;
  readonly suspension: SuspensionPut;
  readonly notification: NotificationSet;
  readonly grade: Grade & { readonly number: number };
  readonly priority: PriorityOverridden;
  /** `number`: of the item whose text it is; null: the whole referral’s. */
  readonly sanitised: Pick<SanitisedRecorded, 'marks' | 'answers'> & { readonly number: number | null };
  readonly disposition: Pick<Disposition, 'chosen' | 'options' | 'rationale'>;
  readonly transferAnswer: TransferAnswered;
}

type LineOf<Kind extends keyof Decisions> = {
  readonly kind: Kind;
  readonly decided: Recorded<Decisions[Kind]>;
  /** By a later decision that names it. */
  readonly superseded: boolean;
};
export type PolicyLine = { [Kind in keyof Decisions]: LineOf<Kind> }[keyof Decisions];

/** Lines for a step, of which the record stands that no later one replaced. */
function linesOf<Kind extends keyof Decisions>(
  kind: Kind,
  history: History<Decisions[Kind]>,
  current: readonly Signed[] = selectCurrent(history),
): readonly PolicyLine[] {
  const inForce = new Set(current.map(({ entry }) => entry));
  return history.map((decided) => ({ kind, decided, superseded: !inForce.has(decided.entry) }) as PolicyLine);
}

/** A regrade, and any grade that says the item is suspected to be false. The first grade of an item decides nothing. */
const gradeLines = ({ grades }: Item, index: number): readonly PolicyLine[] =>
  linesOf(
    'grade',
    grades.map((grade) => ({ ...grade, number: index + 1 })),
  ).filter((_, nth) => nth > 0 || grades[nth]?.assessment === 'E');

/** Which marks may stay, and how whoever sanitised answered for the text: of the whole, then of each item. */
const sanitisedLines = (state: CaseState): readonly PolicyLine[] =>
  [null, ...state.items.map(({ entry }) => entry)].flatMap((item, number) =>
    linesOf(
      'sanitised',
      sanitisedHistory(state, item).map((each) => ({ ...each, number: item && number })),
    ),
  );

/** What was sent is a fact, which nothing supersedes. */
const iopcLines = ({ iopc }: CaseState): readonly PolicyLine[] => [
  ...linesOf('iopcReferral', iopc, iopc),
  ...iopc.flatMap(({ answers }) => linesOf('iopcAnswer', answers)),
];

function dispositionLines({ dispositions }: CaseState): readonly PolicyLine[] {
  const { exclusive, safeguarding } = selectInForce(dispositions);
  const answers = dispositions.flatMap((each) => each.answers);
  return [
    ...linesOf('disposition', dispositions, [...exclusive, ...safeguarding]),
    ...linesOf('transferAnswer', answers),
  ];
}

export function selectPolicyLog(state: CaseState): readonly PolicyLine[] {
  const placeOf = new Map<EntryId, number>(state.activity.map(({ entry }, place) => [entry, place]));
  const lines = [
    ...linesOf('mandatoryTest', state.mandatory),
    ...linesOf('oversight', state.oversight),
    ...linesOf('iopcTime', state.iopcTimes),
    ...iopcLines(state),
    ...linesOf('matter', state.matter),
    ...linesOf('severity', state.severity),
    ...linesOf('suspension', state.suspension),
    ...linesOf('notification', state.notification),
    ...state.items.flatMap(gradeLines),
    ...linesOf('priority', state.overrides),
    ...sanitisedLines(state),
    ...dispositionLines(state),
  ];
  return lines.sort((one, other) => (placeOf.get(one.decided.entry) ?? 0) - (placeOf.get(other.decided.entry) ?? 0));
}
