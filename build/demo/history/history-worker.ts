import { parentPort, workerData } from 'node:worker_threads';
import { createKeyFileSecrets } from '#electron/host/key-file-secrets.ts';
import { demoIntakeCode } from '#endpoint/demo.ts';
import { importStoredKey, newStoredKey } from '#endpoint/stored-key.ts';
import { intakeReplySchema } from '#shared/domain/report/intake.ts';
import { enrolIntakeDevice } from '../intake-device.ts';
import { type InventedMember, inventedMembers } from '../members.ts';
import { otherForce } from './arrivals.ts';
import { Computer } from './computer.ts';
import { planHistory } from './plan-history.ts';
import { playHistory } from './play-history.ts';
import { SetClock } from './set-clock.ts';

/* The thread in which the invented history is made. Says so once all of it is kept. */

export interface Asked {
  /** Of the endpoint. */
  readonly url: string;
  /** One-time, of the two workstations. */
  readonly codes: { readonly own: string; readonly other: string };
  readonly otherUnit: string;
  /** Of the workstation whose window is opened next. */
  readonly profile: string;
  /** For the workstation of the other force. */
  readonly elsewhere: string;
  readonly seed: number;
  /** How many referrals. */
  readonly count: number;
  /** ISO instant at which the history ends: now. */
  readonly until: string;
  /** The clock that the endpoint goes by too. */
  readonly clock: BigInt64Array<SharedArrayBuffer>;
}

/** Who founds the unit of the other force, and alone is at work in it. */
const founderElsewhere: InventedMember = {
  name: 'Rhys Tolland',
  role: 'supervisor',
  passphrase: 'quarry-ribbon-saffron-beacon',
  grade: { employment: 'officer', rank: 'inspector' },
};

async function makeHistory({ url, codes, otherUnit, profile, elsewhere, seed, count, until, clock: shared }: Asked) {
  const history = planHistory({ seed, count, until });
  const clock = SetClock.of(shared);
  const enrol = (folder: string, code: string) =>
    Computer.enrol({ profile: folder, endpoint: url, code, secrets: createKeyFileSecrets(folder), clock });
  const [founder, ...members] = inventedMembers;
  const computer = await enrol(profile, codes.own);
  await computer.found(founder);
  for (const member of members) await computer.admit(member);
  const other = await enrol(elsewhere, codes.other);
  await other.found(founderElsewhere);
  const device = await enrolIntakeDevice(url, await importStoredKey(await newStoredKey()), demoIntakeCode, clock);
  const post = async (intake: object) => intakeReplySchema.parse(await device.post('/v1/reports', intake)).reference;
  await playHistory({ clock, post, computer, other, units: { [otherForce.id]: otherUnit } }, history);
  await computer.leave();
  await other.leave();
}

await makeHistory(workerData as Asked);
parentPort?.postMessage('made');
