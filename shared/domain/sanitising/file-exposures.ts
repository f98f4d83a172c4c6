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
    /\d{6,}/u.test(name) ? 'numberInName' : undefined,
    /[\p{Lu}][\p{Ll}]+[ _-][\p{Lu}][\p{Ll}]+/u.test(name) ? 'personInName' : undefined,
  ].filter((each): each is FileExposure => each !== undefined);
