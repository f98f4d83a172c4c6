import { idsOf } from '#shared/kernel/cited.ts';
import { evenText } from '#shared/kernel/folded-text.ts';

/**
 * What in a text may show who reported. Crimestoppers withholds gender, location and relationship of the reporter
 * (kingsblog.org.uk, 2014); sanitising must withhold them too, explicit or implied (College APP; PIDA, ERA 1996 Pt IVA).
 */
export const exposureKinds = {
  firstPerson: { label: 'First person' },
  kinship: { label: 'Relationship' },
  reporter: { label: 'About the reporter' },
  contact: { label: 'Contact details' },
  workplace: { label: 'Workplace' },
  rareDetail: { label: 'Rare detail' },
  witnessTime: { label: 'Time of a witness' },
  unitPhrase: { label: 'The unit’s own list' },
  fileMetadata: { label: 'File' },
} as const;

export type ExposureKind = keyof typeof exposureKinds;
export const exposureKindIds = idsOf<ExposureKind>(exposureKinds);

export type FileExposure = 'photograph' | 'picture' | 'document' | 'numberInName' | 'personInName';

const ofType: Readonly<Record<string, FileExposure>> = {
  'image/jpeg': 'photograph',
  'image/png': 'picture',
  'application/pdf': 'document',
};

/** What an attachment may give away beside what it shows. */
export const selectFileExposures = ({ name, type }: { name: string; type: string }): readonly FileExposure[] =>
  [
    ofType[type],
    /\d{6,}/u.test(evenText(name)) ? 'numberInName' : undefined,
    /[\p{Lu}][\p{Ll}]+[ _-][\p{Lu}][\p{Ll}]+/u.test(evenText(name)) ? 'personInName' : undefined,
  ].filter((each): each is FileExposure => each !== undefined);
