import type { AssessmentCommand } from '#shared/domain/assessment/assessment-commands.ts';
import { assessmentOf } from '#shared/domain/assessment/assessment-of.ts';
import type { Disposition } from '#shared/domain/assessment/assessment-state.ts';
import { selectInForce } from '#shared/domain/assessment/dispositions-in-force.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Held } from '../held.ts';
import { confirmedCase } from '../log/project-pending.ts';
import type { CaseTransfers, TransferStage, TransferState } from '../transfer-api.ts';
import { type Duties, loadDuties } from './duties.ts';
import { originOf } from './origin.ts';

/** For the screen: where a case came from, and where it went. Null when it cannot be read here. */
export async function transfersOf(held: Held, id: StreamId): Promise<CaseTransfers | null> {
  const state = held.projected.get(id) ?? (await confirmedCase(held, id));
  if (!state) return null;
  const all = assessmentOf(state).dispositions;
  const inForce = selectInForce(all).outcomes.map(({ entry }) => entry);
  const duties = await loadDuties(held);
  const sent = all.flatMap((each) => toState(held, duties, each, inForce.includes(each.entry)) ?? []);
  return { origin: await originOf(held, id), sent };
}

function toState(held: Held, duties: Duties, disposition: Disposition, inForce: boolean): TransferState | null {
  const { entry, outcome, position, by, answers } = disposition;
  if (outcome.kind !== 'otherForce') return null;
  const at = (stage: TransferStage, when: string | null = null, detail: string | null = null): TransferState => ({
    disposition: entry,
    unit: outcome.unit,
    stage,
    detail,
    at: when,
  });
  const answer = answers.findLast((each) => each.answer === 'sentBack') ?? answers.at(-1);
  if (answer) return at(answer.answer, answer.answeredAt, answer.why);
  const sentAt = duties.sent[entry];
  if (sentAt) return at('sent', sentAt);
  if (!inForce) return at('superseded');
  if (position === null) return at('saved');
  if (by !== held.slot.member.id) return at('elsewhere');
  const trouble = duties.open.find((duty) => duty.entry === entry)?.trouble;
  return trouble ? at('waiting', null, trouble) : at('sending');
}

/**
 * What sends a transferred referral back: a disposition like any other, to the unit that it came from, whose reasons
 * reach that unit. Null for a referral that came from Crimestoppers.
 */
export async function sendBackCommand(held: Held, id: StreamId, reason: string): Promise<AssessmentCommand | null> {
  const origin = await originOf(held, id);
  if (!origin) return null;
  const { force, unit } = origin.from;
  const outcome = { kind: 'otherForce', force, unit } as const;
  return { type: 'recordDisposition', case: id, data: { outcome, options: [], rationale: reason } };
}
