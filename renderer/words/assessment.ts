import { type MandatoryCriterion, mandatoryCriteria } from '#shared/domain/iopc/mandatory-criteria.ts';
import type { mandatoryWarnings } from '#shared/domain/iopc/mandatory-referral-assessed.ts';
import type { gradingWarnings } from '#shared/domain/items/grading.ts';
import type { ExplainedPriority } from '#shared/domain/priority/assessed-priority.ts';
import { priorities } from '#shared/domain/priority/priorities.ts';
import type { PriorityReason } from '#shared/domain/priority/priority-rules.ts';
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

const priorityReasons: Readonly<Record<PriorityReason, string>> = {
  'critical-risk': 'someone is at critical risk',
  'threat-immediate': 'the threat is immediate',
  'at-risk-now': 'someone is at risk now',
  'high-risk': 'someone is at high risk',
  'threat-credible-harm-serious': 'the threat is credible and the harm serious',
  'vulnerable-and-likely': 'someone is vulnerable and it is likely to happen',
  'at-risk-unknown': 'it is not known whether anyone is at risk',
  'medium-risk': 'someone is at medium risk',
  'must-be-referred': 'it must be referred to the IOPC',
  'threat-credible': 'the threat is credible',
  'harm-serious': 'the harm is serious',
  vulnerable: 'someone is vulnerable',
  'evidence-perishable': 'evidence may soon be lost',
  'threat-and-harm-unknown': 'neither the threat nor the harm is known',
  'vulnerable-perhaps': 'someone may be vulnerable to harm',
  'nothing-calls-for-more': 'no answer calls for more',
  'contact-centre': 'what was received calls for it',
};

/** The priority, and why it is what it is. */
export function sayPriority({ priority, computed, because, override }: ExplainedPriority): string {
  const answers = `${priorities[computed].label}: ${because.map((reason) => priorityReasons[reason]).join('; ')}.`;
  return override
    ? `${priorities[priority].label}, set by a person: ${override.why} The answers give ${answers}`
    : answers;
}
