import type { IntelligenceCategory } from '#shared/domain/classification/intelligence-categories.ts';
import type { Standard } from '#shared/domain/classification/standards.ts';
import type { DispositionKind } from '#shared/domain/disposition/dispositions.ts';
import type { MandatoryCriterion } from '#shared/domain/iopc/mandatory-criteria.ts';
import type { SeriousCorruption } from '#shared/domain/iopc/serious-corruption.ts';

/** What an assessor makes of one sort of report. */
export interface Profile {
  /** What is alleged, after "that the subject": completes the sentences of words.ts. */
  readonly alleged: string;
  /** What research looks at first. */
  readonly research: string;
  /** What could soon be lost; null where nothing is. */
  readonly perishable: string | null;
  readonly categories: readonly [IntelligenceCategory, ...IntelligenceCategory[]];
  readonly standards: readonly Standard[];
  /** Criteria that the conduct as alleged meets, with the kinds of serious corruption. */
  readonly criteria: readonly MandatoryCriterion[];
  readonly corruption: readonly SeriousCorruption[];
  readonly severity: 'gross' | 'misconduct' | 'neither';
  /** Who is harmed, if it is so. */
  readonly harmed: string;
}

const profile = (
  alleged: string,
  research: string,
  harmed: string,
  severity: Profile['severity'],
  categories: Profile['categories'],
  standards: Profile['standards'],
  more: Partial<Pick<Profile, 'criteria' | 'corruption' | 'perishable'>> = {},
): Profile => ({
  ...{ alleged, research, harmed, severity, categories, standards },
  ...{ criteria: [], corruption: [], perishable: null, ...more },
});

const sexual = { criteria: ['seriousCorruption'], corruption: ['sexualPurpose'] } as const;

/** By theme of the invented reports. */
export const profiles: Readonly<Record<string, Profile>> = {
  'checks-for-associates': profile(
    'searches police systems for associates and passes on what is found',
    'the audit of searches on the dates that are given',
    'the people who were looked up, and their safety',
    'gross',
    ['disclosure', 'systems'],
    ['confidentiality', 'honesty'],
  ),
  'leaking-operations': profile(
    'gives warning of police operations',
    'who knew of the operations that are named, and when',
    'officers who go through a door that expects them',
    'gross',
    ['disclosure', 'association'],
    ['confidentiality', 'duties'],
    { criteria: ['seriousCorruption'], corruption: ['confidentialInformation'] },
  ),
  'crime-group-favours': profile(
    'takes cash and favours from a crime group',
    'declared interests, and the holidays that are described',
    'trust in every case that the subject had a hand in',
    'gross',
    ['association', 'theftAndFraud'],
    ['honesty', 'conduct'],
    { criteria: ['seriousCorruption'], corruption: ['payments'] },
  ),
  'inappropriate-association': profile(
    'keeps close company with a known offender and has not declared it',
    'the register of notifiable associations',
    'the integrity of work on the associate',
    'misconduct',
    ['association'],
    ['conduct', 'orders'],
  ),
  'perverting-justice': profile(
    'interfered with a criminal case to protect an associate',
    'the history of the crime report and of its exhibits',
    'the victim of that case, and the case itself',
    'gross',
    ['pervertingJustice', 'association'],
    ['honesty', 'duties'],
    { criteria: ['seriousCorruption'], corruption: ['justice'] },
  ),
  'browsing-records': profile(
    'reads records of neighbours and relatives and talks about them',
    'the audit of searches against the people who are described',
    'the privacy of those who were looked up',
    'misconduct',
    ['systems', 'disclosure'],
    ['confidentiality'],
  ),
  'drug-use-and-supply': profile(
    'uses controlled drugs and supplies them to others',
    'duty records, sickness and any earlier test',
    'the public, where an officer is on duty and unfit',
    'gross',
    ['drugs', 'association'],
    ['fitness', 'conduct'],
  ),
  'overtime-and-vehicles': profile(
    'claims overtime that is not worked and uses a force vehicle privately',
    'claims, telematics of the vehicle and duty records',
    'public money, and colleagues who cover the absences',
    'misconduct',
    ['theftAndFraud'],
    ['honesty', 'duties'],
  ),
  'business-interest': profile(
    'runs a business that was not declared, in duty time',
    'the register of business interests',
    'the duties that are left undone meanwhile',
    'misconduct',
    ['vulnerability', 'theftAndFraud'],
    ['orders', 'duties'],
  ),
  'theft-of-property': profile(
    'steals seized property and sells it',
    'the property system and the store’s own counts',
    'those whose property it is, and cases that rest on it',
    'gross',
    ['theftAndFraud'],
    ['honesty'],
    {
      criteria: ['seriousCorruption'],
      corruption: ['seizedMaterial'],
      perishable: 'Recordings of the property store.',
    },
  ),
  'abuse-of-authority': profile(
    'uses the warrant card in private disputes',
    'incidents at the places that are named, and body-worn recordings',
    'those who gave way to what they took for the law',
    'misconduct',
    ['abuseOfAuthority'],
    ['respect', 'conduct'],
  ),
  'racist-chat-group': profile(
    'posts racist content in a private group of colleagues',
    'who works together on that shift, and earlier complaints',
    'colleagues and members of the public who are mocked',
    'gross',
    ['abuseOfAuthority', 'other'],
    ['equality', 'conduct'],
    { criteria: ['discrimination'], perishable: 'Messages that delete themselves.' },
  ),
  'misogyny-in-custody': profile(
    'treats women in custody with contempt',
    'custody records and recordings of the shifts in question',
    'women who are detained there, and women who work there',
    'misconduct',
    ['abuseOfAuthority'],
    ['equality', 'respect'],
    { criteria: ['discrimination'], perishable: 'Custody recordings, which are overwritten.' },
  ),
  'homophobic-bullying': profile(
    'bullies a colleague over sexuality',
    'sickness and transfers on the team, in confidence',
    'the colleague, whose health is said to have suffered',
    'misconduct',
    ['abuseOfAuthority', 'other'],
    ['equality', 'respect'],
    { criteria: ['discrimination'] },
  ),
  'disablist-conduct': profile(
    'mocks and mistreats disabled people on duty',
    'incidents with the people who are described',
    'disabled people whom the subject deals with',
    'misconduct',
    ['abuseOfAuthority'],
    ['equality', 'respect'],
    { criteria: ['discrimination'] },
  ),
  'racist-stops': profile(
    'picks on young Black men and uses force without cause',
    'stop records and body-worn recordings for the streets that are named',
    'young men who were stopped',
    'gross',
    ['abuseOfAuthority'],
    ['equality', 'force'],
    { criteria: ['discrimination'], perishable: 'Body-worn recordings that nobody marked as evidence.' },
  ),
  'controlling-partner': profile(
    'controls a partner and uses the police to do it',
    'searches on the partner, and calls to the address',
    'the partner',
    'gross',
    ['abuseOfAuthority', 'crime'],
    ['conduct'],
  ),
  'violence-at-home': profile(
    'is violent to a partner at home',
    'calls to the address, and earlier reports under any name',
    'the partner, and any children in the house',
    'gross',
    ['crime'],
    ['conduct'],
    { criteria: ['seriousAssault'] },
  ),
  'stalking-former-partner': profile(
    'stalks a former partner and uses police systems to do it',
    'the audit of searches on the former partner and their vehicle',
    'the former partner',
    'gross',
    ['systems', 'crime'],
    ['conduct', 'confidentiality'],
    { criteria: ['seriousCorruption'], corruption: ['abuseOfAuthority'] },
  ),
  'abuse-within-the-force': profile(
    'abuses a partner who also works for the police',
    'who supervises both, and what was reported before',
    'the partner, who has to work beside the subject’s friends',
    'gross',
    ['crime', 'abuseOfAuthority'],
    ['conduct', 'respect'],
  ),
  'abuse-of-position-victims': profile(
    'seeks a sexual relationship with people met as victims',
    'which victims the subject was given, and contact that is not on the record',
    'vulnerable people who turned to the police',
    'gross',
    ['sexualMisconduct', 'abuseOfAuthority'],
    ['conduct', 'respect'],
    sexual,
  ),
  'messages-to-complainant': profile(
    'sends unwanted messages to somebody who had asked the police for help',
    'the call and who attended it, without approaching anyone',
    'the person who was sent the messages',
    'gross',
    ['sexualMisconduct', 'systems'],
    ['conduct', 'confidentiality'],
    { ...sexual, perishable: 'Messages, of which the subject is said to delete one side.' },
  ),
  'advances-to-juniors': profile(
    'makes sexual advances to junior colleagues',
    'postings, transfers and exit interviews on that team',
    'probationers and others who depend on the subject',
    'gross',
    ['sexualMisconduct'],
    ['respect', 'conduct'],
  ),
  'strip-search': profile(
    'orders strip-searches without reason and watches them',
    'custody records, authorities and recordings of the searches',
    'detainees, some of whom are said to be young',
    'gross',
    ['sexualMisconduct', 'abuseOfAuthority'],
    ['respect', 'conduct'],
    { ...sexual, perishable: 'Custody recordings, which are thought to be kept for 90 days.' },
  ),
};

/** What is not for an anti-corruption unit, by theme: where it goes, and why. */
export const outOfScope: Readonly<Record<string, { readonly to: DispositionKind; readonly why: string }>> = {
  incivility: {
    to: 'complaints',
    why: 'What is described is rudeness at a visit. Nothing dishonest or abusive is alleged, so it belongs with complaints, who can answer the reporter’s wish for an apology.',
  },
  'service-and-policy': {
    to: 'complaints',
    why: 'The reporter disagrees with how a matter was closed. It is a complaint about a service, and no corruption is alleged of anybody.',
  },
  'former-officer': {
    to: 'otherAgency',
    why: 'The subject left the police years ago, and what is described was done in trade since then. Trading Standards are the ones who can look at it.',
  },
  'not-police': {
    to: 'notPolicing',
    why: 'From the description the person is not of the police at all: the jacket and the badge are those of a private company. There is nobody here whom the force has authority over.',
  },
  'emergency-long-past': {
    to: 'noFurtherAction',
    why: 'The disturbance was over long before the form was sent, and the subject is mentioned only as somebody on duty. No wrongdoing is alleged, and nobody is in danger from it now.',
  },
};
