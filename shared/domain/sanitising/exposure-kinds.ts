import { idsOf } from '#shared/kernel/cited.ts';
import { evenText } from '#shared/kernel/folded-text.ts';

/**
 * What in a text may show who reported, or where somebody is who must not be found. Crimestoppers withholds gender, location and
 * relationship of the reporter (kingsblog.org.uk, 2014); sanitising must withhold them too, explicit or implied (College APP;
 * PIDA, ERA 1996 Pt IVA). `looksFor`: what the check says that it looked for.
 */
export const exposureKinds = {
  victim: { label: 'Endangers the victim', looksFor: 'where the victim or their children stay' },
  telephone: { label: 'Telephone', looksFor: 'telephone numbers' },
  account: { label: 'E-mail or account', looksFor: 'e-mail addresses, accounts and links' },
  address: { label: 'Address', looksFor: 'addresses and postcodes' },
  vehicle: { label: 'Vehicle', looksFor: 'number plates' },
  name: { label: 'The reporter’s name', looksFor: 'names that somebody gives as their own' },
  kinship: { label: 'Relationship', looksFor: 'relatives, colleagues, friends and neighbours' },
  workplace: { label: 'Work', looksFor: 'where the reporter works, and as what' },
  reporter: { label: 'About the reporter', looksFor: 'what is said of the reporter' },
  witness: { label: 'Seen or heard', looksFor: 'that the reporter was there, saw, heard or was told' },
  rareDetail: { label: 'Turn of phrase', looksFor: 'turns of phrase that say how few can know' },
  witnessTime: { label: 'Time of a witness', looksFor: 'exact times' },
  unitPhrase: { label: 'The unit’s own list', looksFor: 'the words on this unit’s list' },
  firstPerson: { label: 'First person', looksFor: 'words in the first person' },
} as const satisfies Record<string, { label: string; looksFor: string }>;

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
