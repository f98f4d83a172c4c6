import type { Subject } from '#shared/domain/report/report.ts';
import type { Random, Weighted } from './random.ts';

/** Of which people are drawn: specials with the volunteers, since they are numbered and met as those are. */
export type Kind = Exclude<Subject['kind'], 'contractor' | 'formerOfficer'>;

/** With those out of scope, whose standing is mostly unknown, it comes to 70 : 18 : 7 : 5; three in four of the seven are specials, and so officers. */
export const kinds: Weighted<Kind> = [
  ['officer', 71],
  ['staff', 18.5],
  ['volunteer', 7],
  ['unknown', 3.5],
];

/** `title` stands before a surname; a role of staff stands behind the name. */
export interface Role {
  readonly role: string;
  readonly title: string | null;
  /** How a sentence says what the unnamed person is: "a detective constable". */
  readonly noun: string;
}
const titled = (role: string, title: string, noun: string): Role => ({ role, title, noun });
const untitled = (noun: string): Role => ({ role: noun.replace(/^an? /, ''), title: null, noun });

const roles: Record<Exclude<Kind, 'unknown'>, Weighted<Role>> = {
  officer: [
    [titled('Police Constable', 'PC', 'a uniformed police constable'), 60],
    [titled('Detective Constable', 'DC', 'a detective constable'), 14],
    [titled('Police Sergeant', 'Sergeant', 'a uniformed sergeant'), 12],
    [titled('Detective Sergeant', 'DS', 'a detective sergeant'), 6],
    [titled('Inspector', 'Inspector', 'a uniformed inspector'), 5],
    [titled('Detective Inspector', 'DI', 'a detective inspector'), 2],
    [titled('Chief Inspector', 'Chief Inspector', 'a chief inspector'), 1],
  ],
  staff: [
    [untitled('a control room operator'), 22],
    [untitled('a custody detention officer'), 20],
    [titled('Police Community Support Officer', 'PCSO', 'a police community support officer'), 22],
    [untitled('an evidence store clerk'), 12],
    [untitled('an enquiry office assistant'), 7],
    [untitled('a crime recording clerk'), 7],
    [untitled('a civilian investigator'), 7],
    [untitled('a fleet technician'), 4],
    [untitled('an intelligence researcher'), 5],
  ],
  volunteer: [
    [titled('Special Constable', 'Special Constable', 'a special constable'), 70],
    [titled('Special Sergeant', 'Special Sergeant', 'a special sergeant'), 8],
    [untitled('a volunteer cadet leader'), 14],
    [untitled('a police support volunteer'), 8],
  ],
};

/** What the report has them serve as: special constables are officers. */
export const servesAs = (kind: Kind, role: Role | null): Kind =>
  role?.title?.startsWith('Special') ? 'officer' : kind;

/** @param only the roles that fit what is alleged; ignored where none of this kind is among them */
export function inventRole(random: Random, kind: Kind, only: readonly string[] = []): Role | null {
  if (kind === 'unknown') return null;
  const fitting = roles[kind].filter(([{ role }]) => only.includes(role));
  return random.weighted(fitting.length > 0 ? fitting : roles[kind]);
}
