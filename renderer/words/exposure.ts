import {
  type ExposureKind,
  exposureKindIds,
  exposureKinds,
  type FileExposure,
} from '#shared/domain/sanitising/exposure-kinds.ts';
import { measuredKindIds, measuredKinds, measuredRecall } from '#shared/domain/sanitising/measured-recall.ts';

export const exposureCaution =
  'This check helps and does not decide. Read the whole text as the subject would: could they tell who reported, or find somebody who is hiding from them?';

/** Never "nothing found": what it looked for. */
export const lookedFor = `The check looked for ${exposureKindIds.map((id) => exposureKinds[id].looksFor).join('; ')}. What nobody thought of it cannot find.`;

/** How often it finds what people marked by hand, where it was not fitted to what they marked. */
export const measuredWords = `On test narratives that it was not fitted to, it finds ${measuredKindIds
  .map((id) => {
    const { found, of } = measuredRecall[id].heldOut;
    return `${found} of ${of} ${measuredKinds[id].label}`;
  })
  .join(', ')}.`;

/** What making a copy cannot do. */
export const copyCaution =
  'A copy of a picture keeps its pixels and nothing else, and each page of a PDF becomes a picture of what it shows: its text cannot be selected or searched, its links and forms do nothing. Faces, screens, handwriting and what stands in the background may still show who reported. What a page or a text file says is not sanitised. Look at every copy before it leaves. Probity shows no PDF, so one cannot be checked here.';

/** Why what the check marks must not leave as it is. */
export const exposureWords: Readonly<Record<ExposureKind, string>> = {
  victim: 'It says where somebody can be found who must not be.',
  telephone: 'The number may be the reporter’s.',
  account: 'The account may be the reporter’s, or lead to them.',
  address: 'The address may be the reporter’s.',
  vehicle: 'The vehicle may be the reporter’s.',
  name: 'Somebody seems to give their own name.',
  kinship: 'A relationship may point to the reporter.',
  workplace: 'It may show where the reporter works, or that they work with the subject.',
  reporter: 'The text speaks of who reported.',
  witness: 'It shows how the reporter came to know.',
  rareDetail: 'Few people can know this: the subject may work out who told.',
  witnessTime: 'Only someone who was there would know the time so exactly.',
  unitPhrase: 'The unit’s policy lists these words.',
  firstPerson: 'The reporter speaks of themselves.',
};

/** What a file may give away beside what it shows. */
export const fileExposureWords: Readonly<Record<FileExposure, string>> = {
  photograph: 'A photograph may hold where, when and with which device it was taken.',
  picture: 'A picture may show whose screen it is, and hold when it was made.',
  document: 'A document may hold its author, their organisation and the programme that made it.',
  numberInName: 'Its name may hold a date, a time or a number.',
  personInName: 'Its name may hold a person’s name.',
};
