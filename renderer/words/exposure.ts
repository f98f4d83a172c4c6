import type { ExposureKind, FileExposure } from '#shared/domain/sanitising/exposure-kinds.ts';

export const exposureCaution =
  'This check helps and does not decide. Read the whole text as the subject would: could they tell who reported?';

/** What making a copy cannot do. */
export const copyCaution =
  'A copy of a picture keeps its pixels and nothing else, and each page of a PDF becomes a picture of what it shows: its text cannot be selected or searched, its links and forms do nothing. Faces, screens, handwriting and what stands in the background may still show who reported. What a page or a text file says is not sanitised. Look at every copy before it leaves. Probity shows no PDF, so one cannot be checked here.';

/** Why what the check marks may show who reported. */
export const exposureWords: Readonly<Record<ExposureKind, string>> = {
  firstPerson: 'The reporter speaks of themselves.',
  kinship: 'A relationship may point to the reporter.',
  reporter: 'The text speaks of who reported.',
  contact: 'A number, address or handle may belong to the reporter.',
  workplace: 'It shows where the reporter works, or that they work with the subject.',
  rareDetail: 'Few people can know this: the subject may work out who told.',
  witnessTime: 'Only someone who was there would know the time so exactly.',
  unitPhrase: 'The unit’s policy lists these words.',
  fileMetadata: 'A file’s name or metadata may show who made it, where and when.',
};

/** What a file may give away beside what it shows. */
export const fileExposureWords: Readonly<Record<FileExposure, string>> = {
  photograph: 'A photograph may hold where, when and with which device it was taken.',
  picture: 'A picture may show whose screen it is, and hold when it was made.',
  document: 'A document may hold its author, their organisation and the programme that made it.',
  numberInName: 'Its name may hold a date, a time or a number.',
  personInName: 'Its name may hold a person’s name.',
};
