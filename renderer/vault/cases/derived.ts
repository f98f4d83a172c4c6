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

/** Of a case with something that waits each row of the queue asks again, and a state never changes. */
function once<T>(derive: (state: CaseState, failed: () => void) => T) {
  const known = new WeakMap<CaseState, { readonly value: T }>();
  return (state: CaseState, failed = unnoticed): T => {
    const derived = known.get(state) ?? { value: derive(state, failed) };
    known.set(state, derived);
    return derived.value;
  };
}

export const summaryOf = once(
  (state, failed): CaseSummary =>
    attempt(
      () => summarise(state),
      () => summariseUnread(state),
      failed,
    ),
);

/** What was joined to another case is found there, and not twice. */
export const matchKeysOf = ({ referral, joinedInto }: CaseState, failed = unnoticed): MatchKeys =>
  attempt(
    () => (joinedInto.length > 0 ? { who: [] } : selectMatchKeys(referral)),
    () => ({ who: [] }),
    failed,
  );

export const traceOf = once(
  (state, failed): Trace =>
    attempt(
      () => selectTrace(state),
      () => ({ received: state.activity[0]?.position ?? 0 }),
      failed,
    ),
);
