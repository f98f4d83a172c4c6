import { describe, expect, test } from 'vitest';
import { isLater, recordedAt, selectTrace } from '#shared/domain/case/resurfacing.ts';
import type { DispositionChoice } from '#shared/domain/disposition/disposition-schemas.ts';
import { at, bo, disposed, entry, fold, notMet, otherCase, risk, type Step, step, why } from './assessment-fixtures.ts';

const record = { kind: 'record', reviewOn: '2027-11-20' } as const;
/** Risk and test stand at positions 2 and 3; what follows begins at 4. */
const traceOf = (...steps: Step[]) => selectTrace(fold(risk(), notMet(), ...steps));
const link = step('referral.linked', { case: otherCase, reference: 'PA-004211', kind: 'duplicate', why });
const reject = step('match.rejected', { case: otherCase, reference: 'PA-004211', why });

describe('the trace of a case', () => {
  test('is where it stands in the log, and nothing else until something is recorded', () => {
    expect(traceOf()).toEqual({ received: 1 });
  });

  test('has the disposition that keeps it for intelligence, with what its author had seen', () => {
    const trace = traceOf(disposed(record));
    expect(trace.recorded).toEqual([{ entry: entry(4), at, seen: 3, position: 4 }]);
    expect(recordedAt(trace)).toBe(at);
  });

  test('has none once another disposition is in force, or while safeguarding is the only one', () => {
    expect(traceOf(disposed(record), disposed({ kind: 'investigate' })).recorded).toBeUndefined();
    expect(traceOf(disposed({ kind: 'safeguard', ended: false })).recorded).toBeUndefined();
    expect(recordedAt(traceOf())).toBeNull();
  });

  test('keeps it beside safeguarding, and through a refused disposition', () => {
    const refused = disposed({ kind: 'record', reviewOn: '2020-01-01' });
    expect(traceOf(disposed(record), disposed({ kind: 'safeguard', ended: false }), refused).recorded).toMatchObject([
      { entry: entry(4) },
    ]);
  });

  test.each<[DispositionChoice, boolean]>([
    [record, true],
    [{ kind: 'complaints', department: 'Complaints' }, false],
    [{ kind: 'investigate' }, false],
    [{ kind: 'noFurtherAction' }, false],
  ])('reads a disposition that keeps for intelligence, and no other: %j', (chosen, kept) => {
    expect(traceOf(disposed(chosen)).recorded?.length === 1).toBe(kept);
  });

  test('has links and rejections while they stand', () => {
    expect(traceOf(link).linked).toEqual([{ case: otherCase, kind: 'duplicate' }]);
    expect(traceOf(link, step('referral.unlinked', { link: entry(4), why })).linked).toBeUndefined();
    expect(traceOf(reject).rejected).toEqual([otherCase]);
    expect(traceOf(reject, step('match.restored', { rejection: entry(4), why })).rejected).toBeUndefined();
  });
});

describe('a later referral', () => {
  test('is one that came after what the author of the disposition had seen', () => {
    const trace = traceOf(disposed(record));
    expect([2, 3, 4, 9].map((received) => isLater(trace, received))).toEqual([false, false, true, true]);
  });

  test('is none where nothing is recorded for intelligence', () => expect(isLater(traceOf(), 9)).toBe(false));

  test('is one to the disposition in conflict that did not know of it, until both are settled', () => {
    // Position 4 stands for what one of the two had seen.
    const conflict = [risk(), disposed(record), disposed(record, { actor: bo, seen: 3 })];
    const trace = traceOf(...conflict);
    expect(trace.recorded).toHaveLength(2);
    expect(isLater(trace, 4)).toBe(true);
    expect(isLater(traceOf(risk(), disposed(record)), 4)).toBe(false);
    expect(isLater(traceOf(...conflict, disposed(record)), 4)).toBe(false);
    const mixed = traceOf(risk(), disposed(record), disposed({ kind: 'investigate' }, { actor: bo, seen: 3 }));
    expect(mixed.recorded).toHaveLength(1);
    expect(isLater(mixed, 5)).toBe(true);
  });
});
