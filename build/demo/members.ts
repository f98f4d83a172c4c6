import type { DemoMember } from '#shared/bridge/contract.ts';
import type { Grade } from '#shared/domain/policy/ranks.ts';

export interface InventedMember extends DemoMember {
  readonly grade: Grade;
}

/**
 * The invented unit's invented members: the supervisor who founds it first, the other last, because with two it takes both
 * to admit anybody. Their passphrases are printed and offered on screen: demo profiles only.
 */
export const inventedMembers = [
  {
    name: 'Helen Ashworth',
    role: 'supervisor',
    passphrase: 'marble-kettle-juniper-compass',
    grade: { employment: 'officer', rank: 'inspector' },
  },
  {
    name: 'Megan Pritchard',
    role: 'analyst',
    passphrase: 'harvest-copper-lantern-drizzle',
    grade: { employment: 'staff', rank: 'sergeant' },
  },
  {
    name: 'Daniel Okafor',
    role: 'analyst',
    passphrase: 'thimble-orchard-granite-whistle',
    grade: { employment: 'officer', rank: 'sergeant' },
  },
  {
    name: 'Nisha Varma',
    role: 'analyst',
    passphrase: 'saddle-meadow-tangerine-anchor',
    grade: { employment: 'staff', rank: 'constable' },
  },
  {
    name: 'Ruth Castell',
    role: 'reviewer',
    passphrase: 'pebble-walnut-lighthouse-mitten',
    grade: { employment: 'officer', rank: 'chiefInspector' },
  },
  {
    name: 'Owen Tregarth',
    role: 'supervisor',
    passphrase: 'velvet-harbour-chestnut-ladder',
    grade: { employment: 'officer', rank: 'inspector' },
  },
] as const satisfies readonly InventedMember[];

export type MemberName = (typeof inventedMembers)[number]['name'];

/** As a host is told of them. */
export const demoMembers: readonly DemoMember[] = inventedMembers.map(({ name, role, passphrase }) => ({
  name,
  role,
  passphrase,
}));
