import type { z } from 'zod';
import { type Refusal, refuseField } from '#shared/kernel/refusal.ts';

type Issue = z.core.$ZodIssue;

function toRefusal(issue: Issue) {
  const field = issue.path.join('.');
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'array') return refuseField(field, 'choose-at-least-one');
      return Number(issue.minimum) > 1
        ? refuseField(field, 'too-short', { minimum: Number(issue.minimum) })
        : refuseField(field, 'fill-in');
    case 'too_big':
      return refuseField(field, 'too-long', { maximum: Number(issue.maximum) });
    case 'invalid_value':
    case 'invalid_union':
      return refuseField(field, 'choose-one');
    case 'invalid_type':
      return issue.expected === 'int' || issue.expected === 'number'
        ? refuseField(field, 'not-whole')
        : refuseField(field, 'fill-in');
    case 'invalid_format':
      if (issue.format === 'datetime') return refuseField(field, 'not-an-instant');
      return issue.format === 'date' ? refuseField(field, 'not-a-day') : refuseField(field, 'malformed');
    case 'custom':
      return refuseField(field, issue.params?.unseen ? 'has-unseen' : 'malformed');
    default:
      return refuseField(field, 'malformed');
  }
}

export type DataRefusalCode = ReturnType<typeof toRefusal>['code'];

/** What is missing or wrong in an event's data, one refusal a field, in the order of the schema. */
export function dataRefusals(error: z.ZodError): readonly Refusal<DataRefusalCode>[] {
  const found = new Map<string, Refusal<DataRefusalCode>>();
  for (const issue of error.issues) {
    const refusal = toRefusal(issue as Issue);
    const field = refusal.field ?? '';
    if (!found.has(field)) found.set(field, refusal);
  }
  return [...found.values()];
}
