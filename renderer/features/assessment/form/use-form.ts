import { useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { useCase } from '#renderer/state/case-store.ts';
import { discardDraft, editDraft, noteRefusal, useDrafts } from '#renderer/state/draft-store.ts';
import { notify } from '#renderer/state/notice-store.ts';
import { caseAhead, isUnderWay, recordStep, useRecording } from '#renderer/state/recording-store.ts';
import { useSession, whyNotAssess } from '#renderer/state/session-store.ts';
import { goToStep, type StepId, useStep } from '#renderer/state/step-store.ts';
import { usePolicy, useUnit } from '#renderer/state/unit-store.ts';
import { toLondonInput } from '#renderer/ui/london-input.ts';
import { say } from '#renderer/words/say.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { EntryId } from '#shared/kernel/ids.ts';
import { stepNames } from '../step-state.ts';
import { type Checked, checkCommand, problemsOf, refusalOf, type UnfinishedCommand } from './check-command.ts';
import { type Fields, type FormPart, fieldsOf } from './fields.ts';
import { goOn } from './go-on.ts';
import { type ShapeOf, toShape } from './to-shape.ts';

export interface FormSpec<Value> {
  /** Null: beside the steps, and `part` and `title` say what it is. */
  readonly step: StepId | null;
  /** Which part of the step; null: the step itself. */
  readonly part: string | null;
  /** What a member who has moved on is told was not recorded; without it, the step. */
  readonly title?: string;
  /** An empty form with one example in each list: what a restored draft must look like. */
  readonly shape: ShapeOf<Value>;
  /** What stands in the form before anything is typed. */
  readonly initial: Value;
  readonly toCommand: (value: Value) => UnfinishedCommand;
  /** What is said once it is saved here. */
  readonly done: string;
  /** Where the focus goes as soon as it is given to be recorded; without it, to what the step asks for next. */
  readonly after?: () => void;
}

/** What a form needs around its fields: how it stands, and how it is recorded. */
export interface Recordable {
  readonly key: string;
  /** Why it was not recorded, where no field is at fault. */
  readonly refusal: string | null;
  /** The same, where a field is: it is shown there, or under the button if the form has no such field. */
  readonly refusalOfField: string | null;
  /** Something was typed that is not recorded. */
  readonly hasDraft: boolean;
  /** It is being recorded as it stands. */
  readonly saving: boolean;
  /** Why nobody could record this now, whatever they typed. */
  readonly blocked: string | null;
  /**
   * True once it is recorded and saved here.
   * @param shown what stood on the screen: what is recorded replaces that of the same, and nothing else
   */
  readonly record: (shown?: readonly EntryId[]) => Promise<boolean>;
  readonly discard: () => void;
}

/** `problem` is silent until somebody tried to record. */
export interface Form<Value> extends Recordable, FormPart<Value> {
  readonly field: Fields<Value>;
  readonly change: (change: Partial<Value>) => void;
}

const keyOf = (step: StepId | null, part: string | null): string => [step, part].filter(Boolean).join('.');

const nothingFound: Checked = { refusals: [], command: null };

/**
 * The open case as it will be once all that is under way in it is recorded: what a form starts with, and what the rules are
 * asked of.
 */
export function useCaseAhead(): CaseState | null {
  const state = useCase((store) => store.view?.state);
  const member = useSession((store) => store.session?.member);
  const recording = useRecording();
  const record = useUnit((store) => store.record);
  return useMemo(
    () => (state && member ? caseAhead(state, member, recording, record) : null),
    [state, member, recording, record],
  );
}

/** Why nobody could record anything in the case as it will be. */
export function useBlocked(ahead: CaseState | null): string | null {
  const row = useCase((store) => store.view?.summary);
  const member = useSession((store) => store.session?.member);
  const policy = usePolicy();
  if (!(row && member && ahead)) return 'The case is not open.';
  return whyNotAssess({ ...row, holder: ahead.holder }, member, policy);
}

/** Where the member is: another once they have moved on. */
function whereabouts(): () => boolean {
  const at = () => [useCase.getState().id, useStep.getState().arrival, document.activeElement];
  const before = at();
  return () => at().every((each, index) => each === before[index]);
}

/** A form of the assessment: its draft, what is wrong with it, and how it becomes a signed event. */
export function useForm<Value extends object>(spec: FormSpec<Value>): Form<Value> {
  const { shape, initial, toCommand, done, step } = spec;
  const key = keyOf(step, spec.part);
  const { after = () => goOn(key), title = step && stepNames[step].title } = spec;
  const draft = useDrafts((state) => state.drafts[key]);
  const answer = useDrafts((state) => state.refusals[key]);
  const id = useCase((store) => store.view?.state.id);
  const given = { draft: key, value: draft?.value };
  const saving = useRecording((recording) => isUnderWay(recording, id, given));
  const [tried, setTried] = useState(false);
  const member = useSession((store) => store.session?.member);
  const ahead = useCaseAhead();
  const blocked = useBlocked(ahead);
  const value = draft ? toShape(shape, draft.value) : initial;
  const check = (): Checked =>
    ahead && member ? checkCommand(ahead, toCommand(value), { id: member.id, role: member.role }) : nothingFound;
  const { refusals } = tried ? check() : nothingFound;
  const told = refusals.length > 0 || !answer ? refusals : [answer];
  const problems = problemsOf(told);
  const record = async (shown?: readonly EntryId[]): Promise<boolean> => {
    if (saving) return false;
    const { command } = check();
    setTried(true);
    if (blocked || !command) return false;
    setTried(false);
    // The member goes on before the next key: none of theirs waits for the disk.
    const recorded = flushSync(() => recordStep(command, done, { ...given, shown }));
    flushSync(after);
    const isStillThere = whereabouts();
    const refused = await recorded;
    if (refused === null) return true;
    noteRefusal(command.case, key, refused);
    if (!isStillThere()) notify(`Not recorded: ${title}. ${say(refused)}`, 'refusal');
    else if (step) goToStep(step, key);
    return false;
  };
  const part: FormPart<Value> = {
    value,
    set: (changed) => editDraft(key, changed),
    problem: (path) => problems[path] ?? null,
  };
  return {
    ...part,
    field: fieldsOf(part),
    change: (change) => part.set({ ...value, ...change }),
    key,
    refusal: refusalOf(told),
    refusalOfField: Object.values(problems)[0] ?? null,
    hasDraft: draft !== undefined,
    saving,
    blocked,
    record,
    discard: () => {
      setTried(false);
      void discardDraft(key);
    },
  };
}

/** When the form was opened, as a date-and-time field takes it: what it offers until somebody says otherwise. */
export function useOpenedAt(): string {
  const [openedAt] = useState(() => toLondonInput(Date.now()));
  return openedAt;
}
