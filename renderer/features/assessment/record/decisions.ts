import { createContext } from 'react';
import { sayDecision } from '#renderer/words/policy-log.ts';
import type { PolicyLine } from '#shared/domain/case/policy-log.ts';
import type { EntryId } from '#shared/kernel/ids.ts';
import { readable } from '../policy/readable.ts';

/** What was decided by each entry, in one sentence: the words of the policy log. */
export type Decisions = ReadonlyMap<EntryId, string>;

export const decisionsOf = (log: readonly PolicyLine[]): Decisions =>
  new Map(log.map((line) => [line.decided.entry, readable(sayDecision(line).decision)]));

export const DecisionsContext = createContext<Decisions>(new Map());
