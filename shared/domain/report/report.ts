import { z } from 'zod';
import { idsOf } from '#shared/kernel/cited.ts';
import { written } from '../written/written.ts';
import { publicCategoryIds } from './public-categories.ts';

const line = (most: number) => written(1, most);
const lines = (most: number) => z.array(line(300)).max(most);

/**
 * As what a subject serves; `label`: said where neither rank nor role is known. Special constables are officers, and
 * designated volunteers are not. `conductRegulations`: whether the Police (Conduct) Regulations 2020 apply, with their
 * clocks; to a former officer they do with modifications (Sch 1). Of contractors: SI 2015/431, which was not read.
 */
export const subjectKinds = {
  officer: { label: 'Officer', means: 'Police officer or special constable', conductRegulations: true },
  staff: { label: 'Staff', means: 'Police staff', conductRegulations: false },
  volunteer: { label: 'Volunteer', means: 'Designated volunteer', conductRegulations: false },
  contractor: { label: 'Contractor', means: 'Contractor', conductRegulations: false },
  formerOfficer: { label: 'Former officer', means: 'Former officer', conductRegulations: true },
  unknown: { label: 'Person', means: 'Not known as what they serve', conductRegulations: false },
} as const satisfies Record<string, { label: string; means: string; conductRegulations: boolean }>;
export type SubjectKind = keyof typeof subjectKinds;
export const subjectKindIds = idsOf<SubjectKind>(subjectKinds);

/** Who is reported: named, or only described. A subject may be unnamed; it may not be empty. */
export const subjectSchema = z
  .strictObject({
    kind: z.enum(subjectKindIds),
    name: line(200).nullable(),
    /** Rank of an officer or special, role of staff or a volunteer. */
    rankOrRole: line(120).nullable(),
    collarNumber: line(30).nullable(),
    station: line(200).nullable(),
    description: line(2000).nullable(),
  })
  .refine((subject) => subject.name ?? subject.collarNumber ?? subject.rankOrRole ?? subject.description);
export type Subject = z.output<typeof subjectSchema>;

/** How near the harm is, in the contact centre's words: they ask, we assess. */
export const urgencies = ['immediate', 'high', 'concern'] as const;
export type Urgency = (typeof urgencies)[number];

export const personAtRiskSchema = z.strictObject({ who: line(300), risk: line(1000), urgency: z.enum(urgencies) });
export type PersonAtRisk = z.output<typeof personAtRiskSchema>;

/** In which a narrative is written: forces in Wales take reports in either of theirs. */
export const narrativeLanguages = {
  en: { label: 'English' },
  cy: { label: 'Welsh' },
  other: { label: 'Another language' },
} as const;
type NarrativeLanguage = keyof typeof narrativeLanguages;
export const narrativeLanguageIds = idsOf<NarrativeLanguage>(narrativeLanguages);

/** How somebody reports to the contact centre. */
export const centreChannels = ['online', 'phone'] as const;
/** How they chose to report to it. */
export const centreContacts = ['anonymous', 'detailsSupplied', 'keepInContact'] as const;

/**
 * What the analyst may know of the reporter: only how they chose to report. No field holds who they are. `notRecorded`: of what a
 * member entered by hand, from somebody whom the unit may know.
 */
const reporterContacts = [...centreContacts, 'notRecorded'] as const;
export type ReporterContact = (typeof reporterContacts)[number];

/** Nobody here can know who it is: also of one whom Crimestoppers can ask again. */
export const isAnonymous = ({ reporter }: Pick<Report, 'reporter'>): boolean =>
  reporter === 'anonymous' || reporter === 'keepInContact';

/** As the central endpoint gives it. */
export const centralReferenceSchema = z.string().regex(/^PA-\d{6,9}$/);
/** Of any case: that of one which a member opened follows from its stream (referral/case-opened.ts). */
export const referenceSchema = z.string().regex(/^(?:PA-\d{6,9}|H-[0-9A-HJKMNP-TV-Z]{8})$/);

/**
 * A report without its attachments. What the contact centre records says more (intake.ts): of what a member enters by hand, at
 * two in the morning, nobody may know yet of whom it tells.
 */
export const reportSchema = z.strictObject({
  /*
   * Channel, language and the hour of contact point to the reporter. They are for whoever assesses or translates the report,
   * and stand in no summary, search, export, package or print: there a day and the part of the day must do.
   */
  channel: z.enum([...centreChannels, 'byHand']),
  /** When the contact centre, or the member, recorded it, not when the reporter wrote or called. */
  recordedAt: z.iso.datetime(),
  /** Of the narrative. */
  language: z.enum(narrativeLanguageIds),
  force: z.string().regex(/^[a-z][a-z-]{1,59}$/),
  categories: z.array(z.enum(publicCategoryIds)).max(5),
  reporter: z.enum(reporterContacts),
  subjects: z.array(subjectSchema).max(20),
  narrative: written(1, 50_000),
  dates: lines(50),
  places: lines(50),
  vehicles: lines(50),
  peopleAtRisk: z.array(personAtRiskSchema).max(20),
  earlierReference: referenceSchema.nullable(),
});
export type Report = z.output<typeof reportSchema>;

/** Entered by a member here, or of a unit that sent it on: nothing proves where it came from. */
export const isByHand = ({ channel }: Pick<Report, 'channel'>): boolean => channel === 'byHand';
