import { expect } from 'vitest';
import { problems } from '#endpoint/http/problems.ts';
import { type Problem, problemSchema } from '#shared/sync/problem.ts';
import type { Reply } from './endpoint-client.ts';

export type ProblemCode = keyof typeof problems;

/** The problem that a reply is. @throws when it is none, or has another status than its code */
export function problemOf({ status, bytes }: Reply): Problem {
  const problem = problemSchema.parse(JSON.parse(Buffer.from(bytes).toString()));
  expect([problem.status, problems[problem.code as ProblemCode]?.[0]]).toEqual([status, status]);
  return problem;
}

/** The reply is this refusal. @returns its detail */
export function expectProblem(reply: Reply, code: ProblemCode): string {
  const problem = problemOf(reply);
  expect(problem.code).toBe(code);
  return problem.detail;
}
