import { idsOf } from '#shared/kernel/cited.ts';

/**
 * What in a text may show who reported. Crimestoppers withholds gender, location and relationship of the reporter
 * (kingsblog.org.uk, 2014); sanitising must withhold them too, explicit or implied (College APP; PIDA, ERA 1996 Pt IVA).
 */
export const exposureKinds = {
  firstPerson: { label: 'First person', why: 'The reporter speaks of themselves.' },
  kinship: { label: 'Relationship', why: 'A relationship may point to the reporter.' },
  reporter: { label: 'About the reporter', why: 'The text speaks of who reported.' },
  contact: { label: 'Contact details', why: 'A number, address or handle may belong to the reporter.' },
  workplace: { label: 'Workplace', why: 'It shows where the reporter works, or that they work with the subject.' },
  rareDetail: { label: 'Rare detail', why: 'Few people can know this: the subject may work out who told.' },
  witnessTime: { label: 'Time of a witness', why: 'Only someone who was there would know the time so exactly.' },
  fileMetadata: { label: 'File', why: 'A file’s name or metadata may show who made it, where and when.' },
} as const;

export type ExposureKind = keyof typeof exposureKinds;
export const exposureKindIds = idsOf<ExposureKind>(exposureKinds);
