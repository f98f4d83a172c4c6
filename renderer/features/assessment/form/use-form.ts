import { useState } from 'react';
import { whyNotAssess } from '#renderer/state/case-rules.ts';
import { recordStep, useCase } from '#renderer/state/case-store.ts';
import { discardDraft, editDraft, flushDrafts, useDrafts } from '#renderer/state/draft-store.ts';
import { useSession } from '#renderer/state/session-store.ts';
import type { StepId } from '#renderer/state/step-store.ts';
import type { AssessmentCommand } from '#shared/domain/assessment/assessment-commands.ts';
import { checkCommand, type Findings } from './check-command.ts';
import { toShape } from './to-shape.ts';

export interface FormSpec<Value> {
  readonly step: StepId;
  /** Which part of the step; null: the step itself. */
  readonly part: string | null;
  /** An empty form with one example in each list: what a restored draft must look like. */
  readonly shape: Value;
  /** What stands in the form before anything is typed. */
  readonly initial: Value;
  readonly toCommand: (value: Value) => AssessmentCommand;
  /** What is said once it is saved here. */
  readonly done: string;
  /** Where the refusal of a rule is shown, by what it says; else under the button. */
  readonly beside?: readonly (readonly [says: RegExp, field: string])[];
  /** Moves the focus on, once it is recorded. */
  readonly after: () => void;
}

export interface Form<Value> {
  readonly key: string;
  readonly value: Value;
  readonly change: (change: Partial<Value>) => void;
  /** What to say beside a field, by its place in the event. Silent until somebody tried to record. */
  readonly problem: (path: string) => string | null;
  readonly refusal: string | null;
  /** Something was typed that is not recorded. */
  readonly drafted: boolean;
  /** Nothing may be typed now. */
  readonly still: boolean;
  /** Why nobody could record this now, whatever they typed. */
  readonly blocked: string | null;
  /** True once it is recorded and saved here. */
  readonly record: () => Promise<boolean>;
  readonly discard: () => void;
}

export const keyOf = (step: StepId, part: string | null): string => (part ? `${step}.${part}` : step);

const nothingFound: Findings = { problems: {}, refusal: null };

function useBlocked(): string | null {
  const row = useCase((state) => state.view?.summary);
  const busy = useCase((state) => state.busy);
  const member = useSession((state) => state.session?.member);
  if (!row || !member) return 'The case is not open.';
  return whyNotAssess(row, member) ?? (busy ? 'Saving.' : null);
}

function besideField({ problems, refusal }: Findings, beside: FormSpec<unknown>['beside'] = []): Findings {
  const place = refusal && beside.find(([says]) => says.test(refusal));
  return place ? { problems: { ...problems, [place[1]]: refusal }, refusal: null } : { problems, refusal };
}

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
  const [answer, setAnswer] = useState<string | null>(null);
  const blocked = useBlocked();
  const value = draft ? toShape(shape, draft.value) : initial;
  const check = (): Findings => {
    if (!(state && member)) return nothingFound;
    return besideField(checkCommand(state, toCommand(value), { id: member.id, role: member.role }), spec.beside);
  };
  const found = tried ? check() : nothingFound;
  const record = async (): Promise<boolean> => {
    const { problems, refusal } = check();
    setTried(true);
    if (blocked || refusal || Object.keys(problems).length > 0) return false;
    await flushDrafts();
    const refused = await recordStep(toCommand(value), done);
    setAnswer(refused);
    if (refused !== null) return false;
    setTried(false);
    await discardDraft(key);
    after();
    return true;
  };
  return {
    key,
    value,
    change: (change) => {
      setAnswer(null);
      editDraft(key, { ...value, ...change });
    },
    problem: (path) => found.problems[path] ?? null,
    refusal: found.refusal ?? answer,
    drafted: draft !== undefined,
    still: loading || saving,
    blocked,
    record,
    discard: () => {
      setTried(false);
      void discardDraft(key);
    },
  };
}
