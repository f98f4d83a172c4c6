import { useUnit } from '#renderer/state/unit-store.ts';
import { say } from '#renderer/words/say.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import { type CaseCommand, decide } from '#shared/domain/case/decide.ts';
import type { Actor } from '#shared/domain/event/context.ts';
import { dataRefusals } from '#shared/domain/event/data-refusal.ts';
import { caseEventOf, registry } from '#shared/domain/registry/registry.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';

/** Data as a form has it: what is not chosen yet is for the schema to refuse, not for the form to guess. */
type Unfinished<Data> = Data extends string
  ? Data | ''
  : Data extends boolean
    ? Data | null
    : Data extends readonly (infer Each)[]
      ? readonly Unfinished<Each>[] | null
      : Data extends object
        ? { readonly [Name in keyof Data]: Unfinished<Data[Name]> }
        : Data;

type Unsent<Command> = Command extends CaseCommand
  ? Omit<Command, 'data'> & { readonly data: Unfinished<Command['data']> }
  : never;

/** A command that a form would give, were it recorded now. */
export type UnfinishedCommand = Unsent<CaseCommand>;

export interface Checked {
  /** What stands against it, each beside its field if it has one. */
  readonly refusals: readonly Refusal[];
  /** What may be recorded; null while something stands against it. */
  readonly command: CaseCommand | null;
}

/**
 * Asks the schema and the rules what the vault will ask them again. Changes nothing. The window knows no member but its
 * own: what a rule asks of the unit, the vault answers.
 */
export function checkCommand(state: CaseState, command: UnfinishedCommand, actor: Actor): Checked {
  const parsed = caseEventOf(registry, command.type)?.data.safeParse(command.data);
  if (parsed && !parsed.success) return { refusals: dataRefusals(parsed.error), command: null };
  const decided = decide(state, command, {
    actor,
    unit: null,
    record: useUnit.getState().record,
    at: new Date().toISOString(),
  });
  return decided.ok ? { refusals: [], command: command as CaseCommand } : { refusals: [decided.error], command: null };
}

/** In words, by the field: `people.0.who`. */
export const problemsOf = (refusals: readonly Refusal[]): Readonly<Record<string, string>> =>
  Object.fromEntries(refusals.flatMap((refusal) => (refusal.field ? [[refusal.field, say(refusal)]] : [])).reverse());

/** In words: the first of those that belong to no field. */
export function refusalOf(refusals: readonly Refusal[]): string | null {
  const found = refusals.find(({ field }) => !field);
  return found ? say(found) : null;
}
