import { expect, test } from 'vitest';
import { mostTestsSent, type SentTest } from '#shared/domain/referral/sent-with.ts';
import { selectTestsToSend } from '#shared/domain/referral/tests-to-send.ts';
import { at, delivered, foldAll, met, narrative } from './assessment-fixtures.ts';

const carriedFrom = (becameClearAt: string | null, index: number): SentTest => ({
  ...{ force: `force-${index}`, criteria: becameClearAt ? (['seriousAssault'] as const).slice() : [], becameClearAt },
  ...{ rationale: `As force ${index} saw it.`, at },
});

/** A case that came with these, and has a test of its own. */
const sentOn = (...times: readonly (string | null)[]) => {
  const plain = delivered({ narrative });
  const sentWith = { force: 'kent', tests: times.map(carriedFrom) };
  const received = {
    ...plain,
    event: { ...plain.event, data: { ...plain.event.data, sentWith } } as typeof plain.event,
  };
  return selectTestsToSend(foldAll([received, met({ becameClearAt: '2026-11-20T08:00:00.000Z' })]));
};
const forcesOf = (tests: readonly SentTest[]) => tests.map(({ force }) => force);

test('what came with a case goes on with it, and the own test after it, each with its force', () => {
  const tests = sentOn('2026-11-17T09:00:00.000Z', null);
  expect(forcesOf(tests)).toEqual(['force-0', 'force-1', 'avon-and-somerset']);
  expect(tests.at(-1)).toMatchObject({ becameClearAt: '2026-11-20T08:00:00.000Z' });
});

test('of too many the newest go, and the one by which it became clear first', () => {
  const late = '2026-11-19T09:00:00.000Z';
  const tests = sentOn(null, '2026-11-17T09:00:00.000Z', late, late, late);
  expect(tests).toHaveLength(mostTestsSent);
  expect(forcesOf(tests)).toEqual(['force-1', 'force-2', 'force-3', 'force-4', 'avon-and-somerset']);
  const first = sentOn('2026-11-17T09:00:00.000Z', null, late, late, late);
  expect(forcesOf(first)).toEqual(['force-0', 'force-2', 'force-3', 'force-4', 'avon-and-somerset']);
});

test('of too many of which none is met, the newest go', () => {
  expect(forcesOf(sentOn(null, null, null, null, null))).toEqual([
    ...['force-1', 'force-2', 'force-3', 'force-4', 'avon-and-somerset'],
  ]);
});
