import { foldText } from '#shared/kernel/folded-text.ts';

/** Ranks as reports write them, by the abbreviation that stands for all of them. Roles of staff stay as they are written. */
const ranks: Readonly<Record<string, readonly string[]>> = {
  PC: ['pc', 'police constable', 'constable', 'wpc', 'pcon', 'police officer', 'officer'],
  DC: ['dc', 'detective constable', 'detective', 'tdc', 'trainee detective constable'],
  PS: ['ps', 'police sergeant', 'sergeant', 'sgt', 'sarge', 'skipper'],
  DS: ['ds', 'detective sergeant', 'det sgt', 'detective sgt'],
  Insp: ['insp', 'inspector', 'police inspector'],
  DI: ['di', 'detective inspector', 'det insp', 'detective insp'],
  CI: ['ci', 'chief inspector', 'ch insp', 'chief insp'],
  DCI: ['dci', 'detective chief inspector'],
  Supt: ['supt', 'superintendent'],
  DSupt: ['dsu', 'd supt', 'det supt', 'detective superintendent'],
  CSupt: ['c supt', 'ch supt', 'chief superintendent', 'chief supt'],
  DCS: ['dcs', 'detective chief superintendent'],
  ACC: ['acc', 'assistant chief constable', 'commander'],
  DCC: ['dcc', 'deputy chief constable'],
  CC: ['cc', 'chief constable'],
  SC: ['sc', 'special constable', 'special'],
  SSgt: ['special sergeant', 'special sgt'],
  PCSO: ['pcso', 'police community support officer', 'community support officer'],
};

const byWords = new Map(Object.entries(ranks).flatMap(([rank, names]) => names.map((name) => [name, rank] as const)));

/** "T/Sgt", "Temporary Sergeant" and "Police Sergeant" are all PS; what is no rank comes back in lower case. */
export function toRank(written: string): string {
  const words = foldText(written)
    .replace(/[^\p{L}]+/gu, ' ')
    .replace(/^ ?(t|a|acting|temp|temporary|retired|ex)(?= )/, '')
    .trim();
  return byWords.get(words) ?? words;
}

const titles = new Set(
  `mr mrs ms miss mx dr sir madam the a an named called ${[...byWords.keys()].join(' ')}`.split(' '),
);
/** Whether a word, lower case, may stand before a name. */
export const isTitle = (word: string): boolean => titles.has(word);
