import { type MandatoryCriterion, mandatoryCriteria } from '#shared/domain/iopc/mandatory-criteria.ts';
import type { mandatoryWarnings } from '#shared/domain/iopc/mandatory-warnings.ts';
import type { gradingWarnings } from '#shared/domain/items/grading.ts';
import type { ExplainedPriority } from '#shared/domain/priority/assessed-priority.ts';
import { priorities } from '#shared/domain/priority/priorities.ts';
import { type Catalogue, wordsOf } from './catalogue.ts';

type Caution = ReturnType<typeof gradingWarnings>[number] | ReturnType<typeof mandatoryWarnings>[number];

const cautions: Catalogue<Caution['code']> = {
  'source-1': 'Source 1 says that this reporter has proved reliable. One who is not known can hardly be.',
  'assessment-a': 'Assessment A says that the source saw or heard it. Does the referral show that?',
  'handling-p': 'Handling P lets others share it for any policing purpose. Is the reporter safe if they do?',
  'handling-c-without-conditions': 'Handling C without conditions says nothing: say which apply.',
  'criterion-dropped': ({ criterion }) =>
    `${mandatoryCriteria[criterion as MandatoryCriterion].label} was met before. That it may not be true is no reason to drop it.`,
  'deadline-later': 'This moves the deadline later. The law counts from when it first became clear.',
};

/** What should make one stop. It refuses nothing. */
export const sayCaution = ({ code, params }: Caution): string => wordsOf(cautions[code], params);

/** The priority, and why it is what it is. */
export function sayPriority({ priority, computed, because, override }: ExplainedPriority): string {
  const answers = `${priorities[computed].label}: ${because.join('; ')}.`;
  return override
    ? `${priorities[priority].label}, set by a person: ${override.why} The answers give ${answers}`
    : answers;
}
