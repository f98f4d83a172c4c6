import { join } from 'node:path';
import { createKeyFileSecrets } from '#electron/host/key-file-secrets.ts';
import { demoIntakeCode, demoWorkstationCode } from '#endpoint/demo.ts';
import type { Endpoint } from '#endpoint/start-endpoint.ts';
import { importStoredKey, newStoredKey } from '#endpoint/stored-key.ts';
import { usualJurisdiction } from '#shared/domain/jurisdiction/jurisdictions.ts';
import { intakeReplySchema } from '#shared/domain/report/report.ts';
import { day } from '../calendar.ts';
import { enrolIntakeDevice } from '../intake-device.ts';
import { type InventedMember, inventedMembers } from '../members.ts';
import { otherForce } from './arrivals.ts';
import { Computer } from './computer.ts';
import { planHistory } from './plan-history.ts';
import { playHistory } from './play-history.ts';
import type { SetClock } from './set-clock.ts';

/** Who founds the unit of the other force, and alone is at work in it. */
const founderElsewhere: InventedMember = {
  name: 'Rhys Tolland',
  role: 'supervisor',
  passphrase: 'quarry-ribbon-saffron-beacon',
  grade: { employment: 'officer', rank: 'inspector' },
};

/** Days before the first report at which the units were founded. */
const foundedBefore = 14;
/** Days over which the reports came in. */
const months = 560;

export const beginningOf = (until: number): number => until - (months + foundedBefore) * day;

interface Making {
  /** A demonstration that nothing was ever told, on the clock. */
  readonly endpoint: Pick<Endpoint, 'url' | 'operate'>;
  readonly clock: SetClock;
  /** Of the workstation whose window is opened next. */
  readonly profile: string;
  /** For the workstation of the other force. */
  readonly elsewhere: string;
  readonly seed: number;
  /** How many referrals. */
  readonly count: number;
  /** ISO instant at which the history ends: now. */
  readonly until: string;
  readonly signal: AbortSignal;
}

/**
 * The invented unit with its history: founded, its members admitted, and each report posted, read and decided at its time by the
 * vault's own code. What was signed is in the endpoint's log, and the members' keys in the journal of the profile, from which the
 * first window fills its database.
 */
export async function makeDemo({
  endpoint,
  clock,
  profile,
  elsewhere,
  seed,
  count,
  until,
  signal,
}: Making): Promise<void> {
  const history = planHistory({ seed, count, until });
  const { url } = endpoint;
  const added = await endpoint.operate({
    ...{ order: 'addUnit', force: otherForce.id, forceName: otherForce.name, name: otherForce.unit },
    jurisdiction: usualJurisdiction,
  });
  if (!('code' in added) || added.unit === null) throw new Error('The other unit could not be added.');
  const enrol = (folder: string, code: string) =>
    Computer.enrol({ profile: folder, endpoint: url, code, secrets: createKeyFileSecrets(folder), clock });
  const computer = await enrol(profile, demoWorkstationCode);
  const other = await enrol(elsewhere, added.code);
  try {
    await foundUnits(computer, other);
    const device = await enrolIntakeDevice(url, await importStoredKey(await newStoredKey()), demoIntakeCode, {
      now: clock.now,
      signal,
    });
    const post = async (intake: object) => intakeReplySchema.parse(await device.post('/v1/reports', intake)).reference;
    const units = { [otherForce.id]: added.unit };
    await playHistory({ clock, post, computer, other, units, signal }, history);
    await computer.leave();
    await other.leave();
  } finally {
    computer.abandon();
    other.abandon();
  }
}

async function foundUnits(computer: Computer, other: Computer): Promise<void> {
  const [founder, ...members] = inventedMembers;
  await computer.found(founder);
  await other.found(founderElsewhere);
  for (const member of members) await computer.admit(member);
}

/** Where the workstation of the other force is kept. */
export const elsewhereIn = (folder: string): string => join(folder, 'other-force');
