import type { CaseState } from '#shared/domain/case/case-state.ts';
import { type CaseSummary, summarise, summariseUnread } from '#shared/domain/case/case-summary.ts';
import { selectTrace, type Trace } from '#shared/domain/case/resurfacing.ts';
import { type MatchKeys, selectMatchKeys } from './match-keys.ts';

/*
 * What is derived from a case for the queue and for matching. Where a defect of this program keeps it from deriving
 * something, that is told to `failed` and stands in its shortest form: one odd case must not keep anybody from the
 * others.
 */

const attempt = <T>(whole: () => T, least: () => T, failed: () => void): T => {
  try {
    return whole();
  } catch {
    failed();
    return least();
  }
};

const unnoticed = (): void => undefined;

/** A case with something that waits is asked for with each row of the queue, and does not change meanwhile. */
const summaries = new WeakMap<CaseState, CaseSummary>();

export function summaryOf(state: CaseState, failed = unnoticed): CaseSummary {
  const known = summaries.get(state);
  if (known) return known;
  const summary = attempt(
    () => summarise(state),
    () => summariseUnread(state),
    failed,
  );
  summaries.set(state, summary);
  return summary;
}

export const matchKeysOf = ({ referral }: CaseState, failed = unnoticed): MatchKeys =>
  attempt(
    () => selectMatchKeys(referral),
    () => ({ who: [] }),
    failed,
  );

export const traceOf = (state: CaseState, failed = unnoticed): Trace =>
  attempt(
    () => selectTrace(state),
    () => ({ received: state.activity[0]?.position ?? 0 }),
    failed,
  );
