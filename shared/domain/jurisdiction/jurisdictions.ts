import { type Cited, idsOf } from '#shared/kernel/cited.ts';

interface Jurisdiction extends Cited {
  /** To whom such matters go. */
  readonly body: string;
  /** How they go there, as far as that is known. */
  readonly means: string;
  /** Whether test, words and clock are in this program. Where they are not, it asks for the body's own reference. */
  readonly built: boolean;
}

const unread = 'Common knowledge of the trade; no text of that law was read';

/** Under which law a force's matters are referred to a body of oversight: in the directory, force by force. */
export const jurisdictions = {
  englandAndWales: {
    label: 'England and Wales',
    body: 'the IOPC',
    means: 'The mandatory-referral test, with its clock.',
    built: true,
    source: 'Police Reform Act 2002 Part 2; SI 2020/2',
    standing: 'found',
  },
  scotland: {
    label: 'Scotland',
    body: 'COPFS, and PIRC',
    means: 'Criminal allegations on duty go to the Crown Office (COPFS); PIRC investigates and reviews.',
    built: false,
    source: unread,
    standing: 'knowledge',
  },
  northernIreland: {
    label: 'Northern Ireland',
    body: 'the Police Ombudsman for Northern Ireland',
    means: 'The Police Ombudsman has a law of its own.',
    built: false,
    source: unread,
    standing: 'knowledge',
  },
  britishTransportPolice: {
    label: 'British Transport Police',
    body: 'the body that its own regulations and agreement name',
    means: 'Regulations of its own, and an agreement under Police Reform Act 2002 s 26.',
    built: false,
    source: unread,
    standing: 'knowledge',
  },
  nationalCrimeAgency: {
    label: 'National Crime Agency',
    body: 'the body that its own regulations name',
    means:
      'National Crime Agency (Complaints and Misconduct) Regulations 2013: for what is done in England and Wales, the IOPC, on terms of their own.',
    built: false,
    source: 'Guidance on those Regulations, its introduction (vdocuments.mx); the Regulations were not read',
    standing: 'summary',
  },
  ministryOfDefencePolice: {
    label: 'Ministry of Defence Police',
    body: 'the body that its own agreement names',
    means: 'Arrangements of its own.',
    built: false,
    source: 'Not read',
    standing: 'unsure',
  },
  civilNuclearConstabulary: {
    label: 'Civil Nuclear Constabulary',
    body: 'the body that its own agreement names',
    means: 'Arrangements of its own.',
    built: false,
    source: 'Not read',
    standing: 'unsure',
  },
} as const satisfies Record<string, Jurisdiction>;

export type JurisdictionId = keyof typeof jurisdictions;
export const jurisdictionIds = idsOf<JurisdictionId>(jurisdictions);

/** Where an operator names none: the law of most forces. They see it before they sign. */
export const usualJurisdiction: JurisdictionId = 'englandAndWales';

export type OtherJurisdiction = {
  [Id in JurisdictionId]: (typeof jurisdictions)[Id]['built'] extends true ? never : Id;
}[JurisdictionId];
export const isBuilt = (id: JurisdictionId): id is Exclude<JurisdictionId, OtherJurisdiction> =>
  jurisdictions[id].built;
export const otherJurisdictionIds = jurisdictionIds.filter((id) => !isBuilt(id)) as [
  OtherJurisdiction,
  ...OtherJurisdiction[],
];
