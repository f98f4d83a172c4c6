import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { Disposition } from '#shared/domain/disposition/disposition-recorded.ts';
import { selectInForce, selectOutcomeClass } from '#shared/domain/disposition/dispositions-in-force.ts';
import { isByHand } from '#shared/domain/report/report.ts';
import type { EntryId } from '#shared/kernel/ids.ts';
import { currentStream } from '../cases/case-index.ts';
import { confirmedCase } from '../cases/current-case.ts';
import { notice } from '../codes.ts';
import type { FollowUp } from '../follow-ups/follow-ups.ts';
import type { FollowUpResult, FollowUpTable } from '../follow-ups/settle-follow-ups.ts';
import type { OpenVault } from '../open-vault.ts';
import type { Origin } from '../transfer-api.ts';
import { originOf } from './transfers.ts';
import { answerUnit, sayOutcome, sendToUnit } from './unit-sender.ts';

/**
 * A referral from another unit is acknowledged once a person takes it; a disposition is told to the endpoint, and sent where
 * it names a unit.
 */
export const transferFollowUps: FollowUpTable = { acknowledgeTransfer, passOnDisposition };

async function acknowledgeTransfer(vault: OpenVault, followUp: FollowUp): Promise<FollowUpResult> {
  const origin = await originOf(vault, followUp.case);
  if (!origin) return 'done';
  const trouble = await answerUnit(vault, origin, 'acknowledged', null);
  return trouble ? { waits: trouble } : 'done';
}

async function passOnDisposition(vault: OpenVault, followUp: FollowUp): Promise<FollowUpResult> {
  // It may have been handed on since.
  const state = await confirmedCase(vault, currentStream(vault.cases, followUp.case));
  const disposition = state && dispositionOf(state, followUp.entry);
  // Refused by the rules, and so never said.
  if (!state || !disposition) return 'done';
  const origin = await originOf(vault, followUp.case);
  if (followUp.trouble === null) await report(vault, state, origin);
  return pass(vault, state, disposition, origin);
}

/**
 * The disposition that an entry recorded or, of one that joined a referral or with which a case goes on for others, the one that stands: who decided
 * it may not read the case any more, and so never send it. Sending it twice changes nothing.
 */
function dispositionOf({ dispositions, continues, joined }: CaseState, entry: EntryId): Disposition | null {
  const recorded = dispositions.find((each) => each.entry === entry);
  if (recorded || ![...continues, ...joined].some((each) => each.entry === entry)) return recorded ?? null;
  const [standing] = selectInForce(dispositions).exclusive;
  return standing?.answers.length === 0 ? standing : null;
}

/**
 * One word, and only to where a report came from: of a transferred referral its sender has said it. What a member entered by hand
 * came from no contact centre; what was joined to it did.
 */
async function report(
  vault: OpenVault,
  { dispositions, referral, joined }: CaseState,
  origin: Origin | null,
): Promise<void> {
  const outcome = selectOutcomeClass(dispositions);
  if (!outcome) return;
  if (!(origin || isByHand(referral.report))) await sayOutcome(vault, referral.reference, outcome);
  for (const { case: from, reference } of joined) {
    if (!(await originOf(vault, from))) await sayOutcome(vault, reference, outcome);
  }
}

async function pass(
  vault: OpenVault,
  state: CaseState,
  disposition: Disposition,
  origin: Origin | null,
): Promise<FollowUpResult> {
  const { chosen, rationale } = disposition;
  if (chosen.kind !== 'otherForce') return 'done';
  const { exclusive } = selectInForce(state.dispositions);
  if (!exclusive.includes(disposition)) return 'done';
  if (exclusive.length > 1) return { waits: notice('disposition-in-conflict') };
  const trouble =
    origin?.from.unit === chosen.unit
      ? await answerUnit(vault, origin, 'sentBack', rationale)
      : await sendToUnit(vault, state, disposition, chosen.unit);
  return trouble ? { waits: trouble } : 'sent';
}
