import type { EntryId } from '#shared/kernel/ids.ts';
import type { CategoriesRecorded } from '../classification/categories-recorded.ts';
import type { StandardsRecorded } from '../classification/standards-recorded.ts';
import type { Disposition } from '../disposition/disposition-recorded.ts';
import type { TransferAnswered } from '../disposition/disposition-schemas.ts';
import { selectInForce } from '../disposition/dispositions-in-force.ts';
import { type History, type Recorded, selectCurrent } from '../event/history.ts';
import { type Revocable, stands } from '../event/revocable.ts';
import type { Signed } from '../event/signed.ts';
import type { HarmAssessed } from '../harm/harm-assessed.ts';
import type { IopcAnswer } from '../iopc/iopc.ts';
import type { IopcReferred } from '../iopc/iopc-referred.ts';
import type { IopcTimeSet } from '../iopc/iopc-time-set.ts';
import type { MandatoryReferralAssessed } from '../iopc/mandatory-referral-assessed.ts';
import type { OversightRecorded } from '../iopc/oversight-recorded.ts';
import type { Grade } from '../items/grading-scales.ts';
import type { MatterClassified } from '../misconduct/matter-classified.ts';
import type { NotificationSet } from '../misconduct/notification-set.ts';
import type { SeverityAssessed } from '../misconduct/severity-assessed.ts';
import type { SuspensionPut } from '../misconduct/suspension-put.ts';
import type { PriorityOverridden } from '../priority/priority-overridden.ts';
import type { CaseEventType, DataOf } from '../registry/registry.ts';
import type { RiskAssessed } from '../risk/risk-assessed.ts';
import type { TreatedMark } from '../sanitising/exposure.ts';
import { type SanitisedRecorded, sanitisedHistory } from '../sanitising/sanitised-recorded.ts';
import type { CaseState } from './case-state.ts';

/*
 * The policy log: every decision with the options considered and the reasons, in the order of the log. Append-only
 * because the log is: what was superseded stays, and says so. The window has the sentences (renderer/words).
 */

/** What decides nothing: what came in, who works on it, what is read out of it, a copy of a file, keys. */
export const undecided = [
  'referral.received',
  'case.opened',
  'case.taken',
  'case.released',
  'item.recorded',
  'provenance.recorded',
  'attachment.sanitised',
  'keys.boxed',
] as const satisfies readonly CaseEventType[];

/** Every other event of a case is a decision: a new one does not compile until it is selected here, or stands above. */
type DecisionType = Exclude<CaseEventType, (typeof undecided)[number]>;

/** Of which item, counted from 1; null: of the whole referral. */
interface OfItem<Place = number> {
  readonly number: Place;
}
type Elsewhere = Pick<DataOf<'referral.linked'>, 'reference' | 'why'>;

/** What was decided. */
interface Decisions {
  'risk.assessed': RiskAssessed;
  'mandatoryReferral.assessed': MandatoryReferralAssessed;
  'iopcTime.set': IopcTimeSet;
  'oversight.recorded': OversightRecorded;
  'iopc.referred': IopcReferred;
  'iopc.answered': IopcAnswer;
  'matter.classified': MatterClassified;
  'severity.assessed': SeverityAssessed;
  'suspension.put': SuspensionPut;
  'notification.set': NotificationSet;
  'item.graded': Grade & OfItem;
  'item.withdrawn': OfItem & { readonly why: string };
  'categories.recorded': CategoriesRecorded;
  'standards.recorded': StandardsRecorded;
  'harm.assessed': HarmAssessed;
  'priority.overridden': PriorityOverridden;
  /** Not the text: which marks of the check stay in it, and why. */
  'sanitised.recorded': OfItem<number | null> & {
    readonly marks: readonly Pick<TreatedMark, 'kind' | 'treatment' | 'why'>[];
    /** How whoever sanitised answered for the text. */
    readonly answers: SanitisedRecorded['answers'];
  };
  'disposition.recorded': Pick<Disposition, 'chosen' | 'options' | 'rationale'>;
  'transfer.answered': TransferAnswered;
  'referral.linked': DataOf<'referral.linked'>;
  'referral.unlinked': Elsewhere;
  'match.rejected': Elsewhere;
  'match.restored': Elsewhere;
  'case.continued': { readonly why: string | null };
  'reader.added': DataOf<'reader.added'>;
  'reference.recorded': DataOf<'reference.recorded'>;
  'reference.withdrawn': DataOf<'reference.recorded'> & { readonly why: string };
  /** Not the copy of the referral. */
  'referral.joined': Elsewhere;
  'case.joinedInto': Elsewhere;
}

type LineOf<Type extends DecisionType> = {
  readonly kind: Type;
  readonly decided: Recorded<Decisions[Type]>;
  /** By a later decision that names it, or that takes it back. */
  readonly superseded: boolean;
};
export type PolicyLine = { [Type in DecisionType]: LineOf<Type> }[DecisionType];

/** What was decided of one kind, and which of it is in force. */
interface Selected<Data> {
  readonly history: History<Data>;
  readonly inForce: readonly Signed[];
}

/** A step of which the record stands that no later one replaced. */
const replaced = <Data>(history: History<Data>): Selected<Data> => ({ history, inForce: selectCurrent(history) });
/** A fact, which nothing supersedes. */
const lasting = <Data>(history: History<Data>): Selected<Data> => ({ history, inForce: history });
/** What stands until it is taken back. */
const revocable = <Data>(history: readonly (Recorded<Data> & Revocable)[]): Selected<Data> => ({
  history,
  inForce: history.filter(stands),
});

const joined = <Data>(parts: readonly Selected<Data>[]): Selected<Data> => ({
  history: parts.flatMap(({ history }) => history),
  inForce: parts.flatMap(({ inForce }) => inForce),
});

const selectDispositions = ({ dispositions }: CaseState): Selected<Decisions['disposition.recorded']> => {
  const { exclusive, safeguarding } = selectInForce(dispositions);
  return { history: dispositions, inForce: [...exclusive, ...safeguarding] };
};

/** The texts of the whole, and of each item that there is. */
const selectSanitisings = (state: CaseState): Selected<Decisions['sanitised.recorded']> =>
  joined(
    [null, ...state.items.keys()].map((index) => {
      const item = index === null ? null : (state.items[index]?.entry ?? null);
      const number = index === null ? null : index + 1;
      return replaced(sanitisedHistory(state, item).map((each) => ({ ...each, number })));
    }),
  );

/** What was taken back of a list, by what it says of where it belongs. */
const takings = <Each extends Revocable, More>(list: readonly Each[], more: (each: Each, index: number) => More) =>
  lasting(list.flatMap((each, index) => each.takenBack.map((taken) => ({ ...more(each, index), ...taken }))));

const reference = (each: Pick<Elsewhere, 'reference'>) => ({ reference: each.reference });

const selections: { readonly [Type in DecisionType]: (state: CaseState) => Selected<Decisions[Type]> } = {
  'risk.assessed': ({ risk }) => replaced(risk),
  'mandatoryReferral.assessed': ({ mandatory }) => replaced(mandatory),
  'iopcTime.set': ({ iopcTimes }) => replaced(iopcTimes),
  'oversight.recorded': ({ oversight }) => replaced(oversight),
  'iopc.referred': ({ iopc }) => lasting(iopc),
  'iopc.answered': ({ iopc }) => joined(iopc.map(({ answers }) => replaced(answers))),
  'matter.classified': ({ matter }) => replaced(matter),
  'severity.assessed': ({ severity }) => replaced(severity),
  'suspension.put': ({ suspension }) => replaced(suspension),
  'notification.set': ({ notification }) => replaced(notification),
  'item.graded': ({ items }) =>
    joined(items.map(({ grades }, index) => replaced(grades.map((each) => ({ ...each, number: index + 1 }))))),
  'item.withdrawn': ({ items }) => takings(items, (_, index) => ({ number: index + 1 })),
  'categories.recorded': ({ categories }) => replaced(categories),
  'standards.recorded': ({ standards }) => replaced(standards),
  'harm.assessed': ({ harm }) => replaced(harm),
  'priority.overridden': ({ overrides }) => replaced(overrides),
  'sanitised.recorded': selectSanitisings,
  'disposition.recorded': selectDispositions,
  'transfer.answered': ({ dispositions }) => replaced(dispositions.flatMap(({ answers }) => answers)),
  'referral.linked': ({ links }) => revocable(links),
  'referral.unlinked': ({ links }) => takings(links, reference),
  'match.rejected': ({ rejections }) => revocable(rejections),
  'match.restored': ({ rejections }) => takings(rejections, reference),
  'case.continued': ({ continues }) => lasting(continues),
  'reader.added': ({ readers }) => lasting(readers),
  'reference.recorded': ({ references }) => revocable(references),
  'reference.withdrawn': ({ references }) => takings(references, ({ kind, text }) => ({ kind, text })),
  'referral.joined': ({ joined: all }) => lasting(all),
  'case.joinedInto': ({ joinedInto }) => lasting(joinedInto),
};
const kinds = Object.keys(selections) as readonly DecisionType[];

function linesOf(state: CaseState, kind: DecisionType): readonly PolicyLine[] {
  const { history, inForce } = selections[kind](state);
  const entries = new Set(inForce.map(({ entry }) => entry));
  return history.map((decided) => ({ kind, decided, superseded: !entries.has(decided.entry) }) as PolicyLine);
}

export function selectPolicyLog(state: CaseState): readonly PolicyLine[] {
  const placeOf = new Map<EntryId, number>(state.activity.map(({ entry }, place) => [entry, place]));
  const lines = kinds.flatMap((kind) => linesOf(state, kind));
  return lines.sort((one, other) => (placeOf.get(one.decided.entry) ?? 0) - (placeOf.get(other.decided.entry) ?? 0));
}
