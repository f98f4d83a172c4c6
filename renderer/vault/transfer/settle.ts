import { assessmentOf } from '#shared/domain/assessment/assessment-of.ts';
import type { Disposition } from '#shared/domain/assessment/assessment-state.ts';
import { selectInForce, selectOutcomeClass } from '#shared/domain/assessment/dispositions-in-force.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { EntryId } from '#shared/kernel/ids.ts';
import type { Held } from '../held.ts';
import { ask, HostFailure } from '../host.ts';
import { confirmedCase } from '../log/project-pending.ts';
import type { Origin } from '../transfer-api.ts';
import { type Duties, type Duty, findDuties, loadDuties, saveDuties } from './duties.ts';
import { createErrand, type Errand } from './errand.ts';
import { originOf } from './origin.ts';

type Outcome =
  /** `sent`: something left for another unit. */
  { readonly kind: 'done'; readonly sent: boolean } | { readonly kind: 'waits'; readonly trouble: string };

const nothingToDo: Outcome = { kind: 'done', sent: false };
const sent: Outcome = { kind: 'done', sent: true };
const waits = (trouble: string): Outcome => ({ kind: 'waits', trouble });

/** What the endpoint refused in this session: asking again before the next unlock would not help. */
const refused = new WeakMap<Held, Set<EntryId>>();

/**
 * Finds what follows from the log as it is confirmed here, and does it. Each step may be cut off anywhere and is done
 * again then. @throws HostFailure when the endpoint cannot be reached; what is open stays so
 */
export async function settleTransfers(held: Held): Promise<void> {
  const before = await loadDuties(held);
  let duties = await findDuties(held, before);
  // Before anything is sent: what was found is never looked for again.
  if (duties !== before) await saveDuties(held, duties);
  const errand = createErrand(held);
  for (const duty of duties.open) {
    if (refused.get(held)?.has(duty.entry)) continue;
    const next = withOutcome(duties, duty, await attempt(held, errand, duty), held.clock.now());
    if (next === duties) continue;
    duties = next;
    await saveDuties(held, duties);
    held.emit({ type: 'caseChanged', case: duty.case });
  }
}

function withOutcome(duties: Duties, duty: Duty, outcome: Outcome, now: number): Duties {
  if (outcome.kind === 'waits') {
    if (outcome.trouble === duty.trouble) return duties;
    const { trouble } = outcome;
    return { ...duties, open: duties.open.map((each) => (each.entry === duty.entry ? { ...each, trouble } : each)) };
  }
  const open = duties.open.filter(({ entry }) => entry !== duty.entry);
  const at = new Date(now).toISOString();
  return { ...duties, open, sent: outcome.sent ? { ...duties.sent, [duty.entry]: at } : duties.sent };
}

/** @throws HostFailure when it is worth trying again */
async function attempt(held: Held, errand: Errand, duty: Duty): Promise<Outcome> {
  try {
    return duty.do === 'acknowledge' ? await acknowledge(held, errand, duty) : await follow(held, errand, duty);
  } catch (error) {
    if (error instanceof HostFailure && error.failure.retry) throw error;
    refused.set(held, (refused.get(held) ?? new Set()).add(duty.entry));
    return waits(error instanceof HostFailure ? error.message : 'Something went wrong in Probity. It is tried again.');
  }
}

async function acknowledge(held: Held, errand: Errand, duty: Duty): Promise<Outcome> {
  // A package that did not verify made no case: it stands among the warnings, and nobody is told that it arrived.
  if (!(await confirmedCase(held, duty.case))) return nothingToDo;
  const origin = await originOf(held, duty.case);
  if (!origin) return nothingToDo;
  const trouble = await errand.answer(origin, 'acknowledged', null);
  return trouble ? waits(trouble) : nothingToDo;
}

async function follow(held: Held, errand: Errand, duty: Duty): Promise<Outcome> {
  const state = await confirmedCase(held, duty.case);
  const all = state ? assessmentOf(state).dispositions : [];
  const disposition = all.find(({ entry }) => entry === duty.entry);
  // Refused by the rules, and so never said.
  if (!state || !disposition) return nothingToDo;
  const origin = await originOf(held, duty.case);
  if (!origin && duty.trouble === null) await report(held, state, all);
  return pass(errand, state, all, disposition, origin);
}

/** One word, and only to where the report came from: of a transferred referral its sender has said it. */
async function report(held: Held, state: CaseState, all: readonly Disposition[]): Promise<void> {
  const outcome = selectOutcomeClass(all);
  if (!outcome) return;
  await ask(held.host, 'disposition.report', { reference: state.referral.reference, class: outcome });
}

async function pass(
  errand: Errand,
  state: CaseState,
  all: readonly Disposition[],
  disposition: Disposition,
  origin: Origin | null,
): Promise<Outcome> {
  const { outcome, rationale } = disposition;
  if (outcome.kind !== 'otherForce') return nothingToDo;
  const { outcomes } = selectInForce(all);
  if (!outcomes.includes(disposition)) return nothingToDo;
  if (outcomes.length > 1)
    return waits('Another outcome was recorded at the same time. It is sent once that is settled.');
  const trouble =
    origin?.from.unit === outcome.unit
      ? await errand.answer(origin, 'sentBack', rationale)
      : await errand.send(state, disposition, outcome.unit);
  return trouble ? waits(trouble) : sent;
}
