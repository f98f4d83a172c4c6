import type { PersonAtRisk, Report, Urgency } from '#shared/domain/report/report.ts';
import type { RiskAction, RiskLevel } from '#shared/domain/risk/rara.ts';
import type { Random } from '../random.ts';
import type { Profile } from './profiles.ts';

/* What the invented members write. Each sentence takes its facts from the report that it is about, so that none fits another. */

/** What the sentences are about. */
export interface Account {
  readonly report: Report;
  readonly profile: Profile;
  /** As a colleague would be told of: "Police Constable Ann Hale", "an unnamed inspector". */
  readonly subject: string;
}

export function subjectOf({ subjects: [subject] }: Report): string {
  const role = subject?.rankOrRole ?? null;
  if (subject?.name) return role ? `${role} ${subject.name}` : subject.name;
  return `an unnamed ${role?.toLowerCase() ?? 'person'}`;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const isNamed = ({ report: { subjects } }: Account): boolean => Boolean(subjects[0]?.name ?? subjects[0]?.collarNumber);

const levelOf: Readonly<Record<Urgency, RiskLevel>> = { immediate: 'critical', high: 'high', concern: 'medium' };
const actionOf: Readonly<Record<Urgency, RiskAction>> = { immediate: 'remove', high: 'avoid', concern: 'reduce' };
const doneAbout: Readonly<Record<Urgency, string>> = {
  immediate:
    'Passed to the force control room and the duty inspector at once, by telephone, without naming where it came from. Officers from another district attend.',
  high: 'Put to the duty inspector of protecting vulnerable people, who arranges a safe contact through a partner agency. The subject’s team is not told.',
  concern:
    'Shared with the safeguarding hub as a concern, sanitised. They look for earlier contact before anybody calls.',
};

export const personAtRisk = ({ who, risk, urgency }: PersonAtRisk) => ({
  ...{ who, risk, level: levelOf[urgency], action: actionOf[urgency] },
  note: doneAbout[urgency],
});

export function riskWords({ report, profile }: Account, random: Random): string {
  const [person, ...more] = report.peopleAtRisk;
  if (!person) {
    return random.pick([
      `The report names nobody who is in danger now. If it is true, ${profile.harmed} would be harmed over time, which the disposition has to answer.`,
      `Nobody is said to be in danger. Read twice for it, with ${profile.harmed} in mind; nothing points to harm that is near.`,
      `No person is described as at risk, and nothing that is said of the subject is violent. To be asked again if more comes in.`,
    ]);
  }
  const others = more.length > 0 ? ' The same goes for the others who are named.' : '';
  return `The contact centre names one at risk: ${person.who}. What is said of it, “${person.risk}”, is taken as true until something shows otherwise.${others}`;
}

export const mandatoryWords = ({ profile, subject }: Account): string =>
  profile.criteria.length === 0
    ? `As alleged, that ${subject} ${profile.alleged}, none of the criteria applies: nobody is said to have been hurt, and it is not on the list of serious corruption.`
    : `Taken as alleged, and without regard to how it is graded: that ${subject} ${profile.alleged} meets the criterion. It became clear as the report was read.`;

export const notOursToTestWords =
  'No criterion is found met here: the subject serves with another force, whose chief officer is the authority, and whose unit is told at once so that it can test this itself.';

export const sentWords = (reference: string): string =>
  `The referral form with the report’s content, sanitised, and the log of what was done so far, under ${reference}. By secure mail to the assessment unit.`;

export const lateWords =
  'The criterion was recognised on the evening before a bank-holiday weekend, and the form was left with a delegate who was on leave. Sent as soon as that was seen. The rota now names a second person.';

export function gradeWords(account: Account, random: Random): string {
  const { report, profile } = account;
  const how =
    report.reporter === 'keepInContact'
      ? 'The reporter can be asked through Crimestoppers'
      : 'The reporter cannot be asked';
  return `${how}. Nothing of it is corroborated yet; ${random.pick(['research begins with', 'the first check is'])} ${profile.research}.`;
}

export const conditionsWords = ({ profile }: Account): string =>
  `Not to be shared beyond the unit until a look at ${profile.research} is over; the subject must not learn of it.`;

export const judgedFalseWords =
  'On each of the days that are given the subject was abroad, on leave that the force had granted. Judged with the head of the unit.';

export function matterWords({ profile, subject }: Account): string {
  return `An indication that ${subject} ${profile.alleged}. It comes from nobody who complains on their own behalf, so it is a conduct matter.`;
}

export function severityWords({ profile }: Account): string {
  const would = {
    gross: 'dismissal would be justified',
    misconduct: 'a written warning at least would be justified',
    neither: 'it would be for reflective practice',
  };
  return `If it were proved that the subject ${profile.alleged}, ${would[profile.severity]}. Said of the conduct as alleged; nothing is proved.`;
}

export function harmWords(account: Account): string {
  const { profile, report } = account;
  const known = isNamed(account)
    ? 'The subject is known, so the risk can be watched.'
    : 'The subject is not known yet, which leaves the risk where it is.';
  const more = report.peopleAtRisk.length > 0 ? ' Somebody is said to be at risk, which weighs most.' : '';
  return `Harm would fall on ${profile.harmed}. ${known}${more}`;
}

export const informationWords = ({ profile, subject }: Account): string =>
  `Known: what the report says of ${subject}. Not known: whether ${profile.research} would bear it out.`;

export const investigateWords = ({ profile, subject }: Account): string =>
  `${capitalised(subject)} is said to have done what can be checked without anybody being approached: ${profile.research}. What is alleged is serious enough, and detailed enough, to be investigated.`;

export const recordWords = (account: Account): string => {
  const { profile } = account;
  const why = isNamed(account)
    ? `A first look at ${profile.research} neither bears it out nor rules it out.`
    : `The subject cannot be told from what is said, and a first look at ${profile.research} gives no name either.`;
  return `${why} It is kept as intelligence and matched with what comes in, and is looked at again on the day that is set.`;
};

export const noActionWords = ({ profile }: Account): string =>
  `Nobody is named, and what is said of the subject fits several people. A look at ${profile.research} found nothing that tells which of them it could be. There is nothing more to find here, and nobody is said to be at risk.`;

export const reviewedWords = ({ profile }: Account): string =>
  `Reviewed on its day. Nothing further came in about the subject, and a second look at ${profile.research} gave the same result. Kept for another year.`;

export const reviewedOutWords = ({ profile }: Account): string =>
  `Reviewed on its day. Nothing came in since, a second look at ${profile.research} found nothing, and to keep it longer could not be justified to the person whom it names.`;

export const investigatedWords = ({ profile }: Account, found: boolean): string =>
  found
    ? `The investigation looked at ${profile.research} and found part of what was alleged. Its report went to the appropriate authority, whose proceedings stand elsewhere; what remains here is kept as intelligence.`
    : `The investigation looked at ${profile.research} and found nothing that bears the allegation out. The subject was told of it with the agreement of the authority. Nothing more is to be done here.`;

export const transferWords = (force: string): string =>
  `The report says in so many words that the subject serves with ${force}, and nothing in it happened in this force’s area. It is theirs to decide; nobody at risk is named who could wait for it.`;

export const maliciousWords =
  'The item that it rests on is graded E: on each of the days that are given the subject was abroad, on leave that the force had granted. It is not merely unsubstantiated: it cannot be true, and whoever wrote it knew the subject’s rota.';

export const safeguardWords = ({ report }: Account): string =>
  `Safety comes before what becomes of the report: ${report.peopleAtRisk[0]?.who ?? 'the person described'}. The steps stand in the first part of the assessment and are looked at again each day until they have worked.`;

export const safeguardEndedWords =
  'The duty inspector reports that the person was seen alone, has a worker of a support service and knows whom to call. Nobody needs safeguarding by this unit any more.';

export const suspensionWords = ({ profile, subject }: Account): string =>
  `That ${subject} ${profile.alleged} is serious enough for the authority to consider suspension. What is put: the sanitised assessment, the posting, and which access the subject has.`;

export const suspendedWords =
  'Redeployment was considered first and would leave the subject with access to the same systems and people. Suspended on full pay, with the conditions that are usual.';

export const notToldWords = ({ profile }: Account): string =>
  `To tell the subject now would prejudice the work: a look at ${profile.research} is under way, of which others would hear. Looked at again on the day that is set.`;

export const linkWords = (subject: string): string =>
  `The same person by name and station, as compared by hand: ${subject}. The accounts are of different occasions, so it is a repeat and no duplicate.`;

export const overrideWords =
  'The answers give less, but the subject is about to move to a post with more access, which the table does not ask about.';

export const considered = (kind: 'investigate' | 'record' | 'noFurtherAction', { profile }: Account) => {
  const said = {
    investigate: {
      option: 'Investigate now',
      why: `Too little is known for it yet: a look at ${profile.research} has to come first.`,
    },
    record: {
      option: 'Record for intelligence',
      why: 'It is detailed enough to be looked into now, and waiting would cost evidence.',
    },
    noFurtherAction: {
      option: 'No further action',
      why: 'It is not shown to be untrue, and what is alleged is too serious to leave.',
    },
  };
  return said[kind];
};
