import { foldText } from '#shared/kernel/folded-text.ts';

/** As officers write them. Whoever reports may write a rank in either way, and a role of staff in any. */
const short = {
  constable: 'PC',
  'police constable': 'PC',
  'detective constable': 'DC',
  'special constable': 'SC',
  'special sergeant': 'SPS',
  'special inspector': 'SInsp',
  sergeant: 'PS',
  'police sergeant': 'PS',
  'detective sergeant': 'DS',
  inspector: 'Insp',
  'police inspector': 'Insp',
  'detective inspector': 'DI',
  'chief inspector': 'Ch Insp',
  'detective chief inspector': 'DCI',
  superintendent: 'Supt',
  'detective superintendent': 'Det Supt',
  'chief superintendent': 'Ch Supt',
  'detective chief superintendent': 'DCS',
  'assistant chief constable': 'ACC',
  'deputy chief constable': 'DCC',
  'chief constable': 'CC',
  'police community support officer': 'PCSO',
} as const;
/** What is looked up came from outside, and may be called like a property of every object. */
const shortForms = new Map<string, string>(Object.entries(short));

/** "DS" for "Detective Sergeant"; what has no short form stays as it is written. */
export const shortRank = (role: string): string => shortForms.get(foldText(role).trim().replace(/\s+/g, ' ')) ?? role;
