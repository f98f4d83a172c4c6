import type { StepId } from '#renderer/state/step-store.ts';
import { counted } from '#renderer/ui/counted.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { PolicyLine } from '#shared/domain/case/policy-log.ts';
import { stands } from '#shared/domain/event/revocable.ts';
import type { Signed } from '#shared/domain/event/signed.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import type { Decisions } from './record/decisions.ts';

/** In which step each decision is taken; what is decided beside the assessment is in none. */
const stepOf: Readonly<Record<PolicyLine['kind'], StepId | null>> = {
  'risk.assessed': 'risk',
  'mandatoryReferral.assessed': 'mandatory',
  'oversight.recorded': 'mandatory',
  'iopcTime.set': 'mandatory',
  'iopc.referred': 'mandatory',
  'iopc.answered': 'mandatory',
  'matter.classified': 'mandatory',
  'severity.assessed': 'mandatory',
  'suspension.put': 'mandatory',
  'notification.set': 'mandatory',
  'item.withdrawn': 'items',
  'item.graded': 'grading',
  'categories.recorded': 'categories',
  'standards.recorded': 'categories',
  'harm.assessed': 'harm',
  'priority.overridden': 'harm',
  'sanitised.recorded': 'harm',
  'disposition.recorded': 'disposition',
  'transfer.answered': 'disposition',
  'referral.linked': null,
  'referral.unlinked': null,
  'match.rejected': null,
  'match.restored': null,
  'referral.joined': null,
  'case.joinedInto': null,
  'reference.recorded': null,
  'reference.withdrawn': null,
  'case.continued': null,
  'reader.added': null,
};

/** What stands recorded in a step, on one line, and who recorded the latest of it. */
export interface StepLine {
  readonly words: string;
  readonly by: Signed;
}

/** Items are no decisions: they are quoted. */
function lineOfItems({ items }: CaseState): StepLine | null {
  const standing = items.filter(stands);
  const latest = standing.at(-1);
  if (!latest) return null;
  const quoted = standing.map(({ text }) => `“${visibleText(text)}”`).join(' ');
  return { words: `${counted(standing.length, 'item', 'items')}: ${quoted}`, by: latest };
}

/** The grade of an item that was withdrawn grades nothing. */
function isInForce({ superseded, ...line }: PolicyLine, { items }: CaseState): boolean {
  if (superseded || line.kind !== 'item.graded') return !superseded;
  const item = items[line.decided.number - 1];
  return item !== undefined && stands(item);
}

/** Null while nothing stands recorded in it. */
export function lineOfStep(
  step: StepId,
  state: CaseState,
  log: readonly PolicyLine[],
  decisions: Decisions,
): StepLine | null {
  if (step === 'items') return lineOfItems(state);
  const standing = log.filter((each) => stepOf[each.kind] === step && isInForce(each, state));
  const latest = standing.at(-1);
  if (!latest) return null;
  return { words: standing.map(({ decided }) => decisions.get(decided.entry)).join(' '), by: latest.decided };
}
