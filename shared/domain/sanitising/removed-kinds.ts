import { type Cited, idsOf } from '#shared/kernel/cited.ts';

const app = { source: 'College of Policing APP, information management: sanitising', standing: 'knowledge' } as const;
const pictures = {
  source: 'CIPA DC-008 (Exif); ITU-T T.81 annex B; W3C PNG, clause 11',
  standing: 'knowledge',
} as const;
const pdf = (clause: string) => ({ source: `ISO 32000-1, ${clause}`, standing: 'knowledge' }) as const;

/** What a sanitised copy of an attachment leaves out. One and all were found in the original, except for `encoding`. */
export const removedKinds = {
  name: { label: 'File name', ...app },
  /** A picture is decoded and encoded again, and a page becomes a picture: nothing else could pass, whatever the file hid. */
  encoding: { label: 'All but the pixels', ...app },
  metadata: { label: 'Metadata of pictures (where, when, which device)', ...pictures },
  appended: { label: 'Data after the end of a picture', ...pictures },
  /** Nobody hid anything there: it is said because the copy shows less than the original. */
  resolution: { label: 'Fine detail: the picture was scaled down', ...pictures },
  text: { label: 'Text that can be selected, searched or is covered', ...pdf('9.4') },
  documentProperties: { label: 'Author, programme, dates and other properties', ...pdf('14.3') },
  earlierVersions: { label: 'Earlier versions', ...pdf('7.5.6') },
  embeddedFiles: { label: 'Embedded files', ...pdf('7.11.4') },
  scripts: { label: 'Scripts', ...pdf('12.6') },
  annotations: { label: 'Comments, links and other annotations, except for how they look', ...pdf('12.5') },
  formFields: { label: 'Form fields, except for how they look', ...pdf('12.7') },
  signatures: { label: 'Digital signatures', ...pdf('12.8') },
  structure: { label: 'Outline, tags and names of places', ...pdf('12.3, 14.7') },
  byteOrderMark: { label: 'Byte order mark', source: 'Unicode Standard, 23.8', standing: 'knowledge' },
} as const satisfies Record<string, Cited>;

export type RemovedKind = keyof typeof removedKinds;
export const removedKindIds = idsOf<RemovedKind>(removedKinds);
