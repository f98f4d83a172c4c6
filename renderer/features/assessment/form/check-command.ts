import { type AssessmentCommand, assessmentCommands } from '#shared/domain/assessment/assessment-commands.ts';
import { assessmentEvents } from '#shared/domain/assessment/assessment-events.ts';
import type { Actor } from '#shared/domain/case/actor.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import { decideCase } from '#shared/domain/case/decide-case.ts';
import type { UnfinishedCommand } from './unfinished.ts';

export interface Findings {
  /** What is missing or wrong, by the place of the field in the event: `people.0.who`. */
  readonly problems: Readonly<Record<string, string>>;
  /** What a rule says; null when none objects. */
  readonly refusal: string | null;
}

export interface Checked extends Findings {
  /** What may be recorded; null while something stands against it. */
  readonly command: AssessmentCommand | null;
}

interface Issue {
  readonly code: string;
  readonly message: string;
  readonly path: readonly PropertyKey[];
}

/** The schema's own words where they are meant for a person; else words for what is usually the matter. */
function wordsFor({ code, message }: Issue): string {
  if (code === 'invalid_value' || code === 'invalid_union') return 'Choose one.';
  if (code === 'invalid_type') return 'Fill this in.';
  return code === 'too_big' && message.startsWith('Too big') ? 'This is too long.' : message;
}

function problemsOf({ type, data }: UnfinishedCommand): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {};
  const parsed = assessmentEvents[assessmentCommands[type]].data.safeParse(data);
  for (const issue of parsed.error?.issues ?? []) problems[issue.path.join('.')] ??= wordsFor(issue);
  return problems;
}

const isFinished = (_command: UnfinishedCommand, problems: Findings['problems']): _command is AssessmentCommand =>
  Object.keys(problems).length === 0;

/** Asks the schema and the rules what the vault will ask them again. Changes nothing. */
export function checkCommand(state: CaseState, command: UnfinishedCommand, actor: Actor): Checked {
  const problems = problemsOf(command);
  if (!isFinished(command, problems)) return { problems, refusal: null, command: null };
  const decided = decideCase(state, command, actor, new Date().toISOString());
  return decided.ok ? { problems, refusal: null, command } : { problems, refusal: decided.error, command: null };
}
