import { useState } from 'react';
import { recordStep, useCase } from '#renderer/state/case-store.ts';
import { discardDraft, editDraft, flushDrafts, forgetDraft, useDrafts } from '#renderer/state/draft-store.ts';
import { useSession, whyNotAssess } from '#renderer/state/session-store.ts';
import { type StepId, useStep } from '#renderer/state/step-store.ts';
import { usePolicy } from '#renderer/state/unit-store.ts';
import { toLondonInput } from '#renderer/ui/london-input.ts';
import type { EntryId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { type Checked, checkCommand, problemsOf, refusalOf, type UnfinishedCommand } from './check-command.ts';
import { type Fields, type FormPart, fieldsOf } from './fields.ts';
import { type ShapeOf, toShape } from './to-shape.ts';

export interface FormSpec<Value> {
  readonly step: StepId;
  /** Which part of the step; null: the step itself. */
  readonly part: string | null;
  /** An empty form with one example in each list: what a restored draft must look like. */
  readonly shape: ShapeOf<Value>;
  /** What stands in the form before anything is typed. */
  readonly initial: Value;
  readonly toCommand: (value: Value) => UnfinishedCommand;
  /** What is said once it is saved here. */
  readonly done: string;
  /** Moves the focus on, once it is recorded. */
  readonly after: () => void;
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
  /** Nothing may be typed now. */
  readonly still: boolean;
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

export const keyOf = (step: StepId, part: string | null): string => (part ? `${step}.${part}` : step);

const nothingFound: Checked = { refusals: [], command: null };

function useBlocked(): string | null {
  const row = useCase((state) => state.view?.summary);
  const busy = useCase((state) => state.busy);
  const member = useSession((state) => state.session?.member);
  const policy = usePolicy();
  if (!row || !member) return 'The case is not open.';
  return whyNotAssess(row, member, policy) ?? (busy ? 'Saving.' : null);
}

/** Which case is open, and which arrival at a step this is: another once the member has moved on. */
const whereabouts = (): string => `${useCase.getState().id} ${useStep.getState().arrival}`;

/** A form of the assessment: its draft, what is wrong with it, and how it becomes a signed event. */
export function useForm<Value extends object>(spec: FormSpec<Value>): Form<Value> {
  const { shape, initial, toCommand, done, after } = spec;
  const key = keyOf(spec.step, spec.part);
  const draft = useDrafts((state) => state.drafts[key]);
  const loading = useDrafts((state) => state.loading);
  const state = useCase((store) => store.view?.state);
  const saving = useCase((store) => store.busy !== null);
  const member = useSession((store) => store.session?.member);
  const [tried, setTried] = useState(false);
  const [answer, setAnswer] = useState<Refusal | null>(null);
  const blocked = useBlocked();
  const value = draft ? toShape(shape, draft.value) : initial;
  const check = (): Checked =>
    state && member ? checkCommand(state, toCommand(value), { id: member.id, role: member.role }) : nothingFound;
  const { refusals } = tried ? check() : nothingFound;
  const told = refusals.length > 0 || !answer ? refusals : [answer];
  const problems = problemsOf(told);
  const record = async (shown?: readonly EntryId[]): Promise<boolean> => {
    const { command } = check();
    setTried(true);
    if (blocked || !command) return false;
    const here = whereabouts();
    await flushDrafts();
    const refused = await recordStep(command, done, { draft: key, shown });
    setAnswer(refused);
    if (refused !== null) return false;
    setTried(false);
    forgetDraft(key);
    // Whoever has gone elsewhere meanwhile is not fetched back.
    if (whereabouts() === here) after();
    return true;
  };
  const part: FormPart<Value> = {
    value,
    set: (changed) => {
      setAnswer(null);
      editDraft(key, changed);
    },
    problem: (path) => problems[path] ?? null,
    still: loading || saving,
  };
  return {
    ...part,
    field: fieldsOf(part),
    change: (change) => part.set({ ...value, ...change }),
    key,
    refusal: refusalOf(told),
    refusalOfField: Object.values(problems)[0] ?? null,
    hasDraft: draft !== undefined,
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
