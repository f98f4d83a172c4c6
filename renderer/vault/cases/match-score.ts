import type { Notice } from '#shared/kernel/refusal.ts';
import { weighEvent } from './match-event.ts';
import type { Compared, MatchIndex } from './match-index.ts';
import { type AskedSubject, type Evidence, weighPerson } from './match-person.ts';
import { toScore, weights } from './match-weights.ts';

export interface Asked extends Compared {
  readonly subjects: readonly AskedSubject[];
}

export interface Weighed {
  readonly score: number;
  /** Strongest first. */
  readonly reasons: readonly Notice[];
}

const sum = (evidence: readonly Evidence[]): number => evidence.reduce((bits, each) => bits + each.bits, 0);

/** A second subject counts only where he or she speaks for a match alone. */
const leastOfSecond = 8;

/** The likeliest pair of subjects, and any other pair that is strong by itself. */
function weighPeople(asked: Asked, other: Compared, index: MatchIndex): Evidence[] {
  const pairs = asked.subjects
    .flatMap((mine, left) =>
      other.subjects.map((theirs, right) => {
        const evidence = weighPerson(mine, theirs, index);
        return { left, right, evidence, bits: sum(evidence) };
      }),
    )
    .sort((a, b) => b.bits - a.bits);
  const [best] = pairs;
  if (!best) return [];
  const second = pairs.find(
    ({ left, right, bits }) => left !== best.left && right !== best.right && bits >= leastOfSecond,
  );
  return [...best.evidence, ...(second?.evidence ?? [])];
}

/** Two subjects may match for the same reason: it is said once. */
const isFirst = (reason: Notice, index: number, all: readonly Notice[]): boolean =>
  all.findIndex((other) => JSON.stringify(other) === JSON.stringify(reason)) === index;

export function weigh(asked: Asked, other: Compared, index: MatchIndex): Weighed {
  const people = weighPeople(asked, other, index);
  const event = weighEvent(asked, other, index);
  const person = event.some(({ bits }) => bits > 0) ? Math.max(weights.worstPerson, sum(people)) : sum(people);
  const spoken = [...people, ...event].filter(({ bits }) => bits > 0).sort((a, b) => b.bits - a.bits);
  const reasons = spoken.flatMap(({ reason }) => (reason ? [reason] : []));
  return { score: toScore(person + sum(event), index.size), reasons: reasons.filter(isFirst) };
}
