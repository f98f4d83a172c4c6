import type { DemoMember } from '#shared/bridge/contract.ts';

/** The invented unit's invented members. Their passphrases are printed and offered on screen: demo profiles only. */
export const demoMembers: readonly DemoMember[] = [
  { name: 'Megan Pritchard', role: 'analyst', passphrase: 'harvest-copper-lantern-drizzle' },
  { name: 'Daniel Okafor', role: 'analyst', passphrase: 'thimble-orchard-granite-whistle' },
  { name: 'Helen Ashworth', role: 'supervisor', passphrase: 'marble-kettle-juniper-compass' },
];
