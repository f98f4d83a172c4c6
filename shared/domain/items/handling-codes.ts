import { type Cited, idsOf } from '#shared/kernel/cited.ts';

const source = 'College of Policing APP, intelligence report: conditions';

/** What may be done with the information under handling C. [unsure: labels; check the force's own form] */
export const actionCodes = {
  A1: { label: 'Covert development permitted', source, standing: 'unsure' },
  A2: { label: 'Covert use permitted', source, standing: 'unsure' },
  A3: { label: 'Overt use permitted', source, standing: 'unsure' },
} as const satisfies Record<string, Cited>;

/** Who may sanitise it further before it is passed on. [unsure: labels] */
export const sanitisationCodes = {
  S1: { label: 'Recipient may sanitise', source, standing: 'unsure' },
  S2: { label: 'Consult the originator before sanitising', source, standing: 'unsure' },
} as const satisfies Record<string, Cited>;

export type ActionCode = keyof typeof actionCodes;
export type SanitisationCode = keyof typeof sanitisationCodes;
export const actionCodeIds = idsOf<ActionCode>(actionCodes);
export const sanitisationCodeIds = idsOf<SanitisationCode>(sanitisationCodes);
