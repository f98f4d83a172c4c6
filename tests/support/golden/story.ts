import { openAttachment } from '#renderer/vault/attachments.ts';
import { currentCase } from '#renderer/vault/cases/current-case.ts';
import { found } from '#renderer/vault/founding.ts';
import { ask } from '#renderer/vault/host.ts';
import { openDeviceKeys } from '#renderer/vault/keys/device-keys.ts';
import { admit } from '#renderer/vault/members.ts';
import { program } from '#renderer/vault/program.ts';
import type { Store } from '#renderer/vault/store/store.ts';
import { listUnits } from '#renderer/vault/transfer/directory.ts';
import { toBase64, utf8 } from '#shared/crypto/encoding.ts';
import type { Role } from '#shared/domain/policy/policy.ts';
import type { Referral } from '#shared/domain/referral/referral.ts';
import { everyEvent } from '#tests/unit/shared/every-event.ts';
import { intakeWith } from '../intake.ts';
import type { MadeMember } from '../made-roster.ts';
import { grade } from '../workstation.ts';
import { at, people, rowan } from './cast.ts';
import { caseCalled, Desk, kdf, must, passphraseOf } from './desk.ts';
import { beside, type Stage, type Workplace } from './stage.ts';
import { openAhead } from './story-by-hand.ts';
import { assess } from './story-case.ts';
import { type PlayedRecovery, recoverBo } from './story-recovery.ts';
import { changeRoster, handOnCases } from './story-roster.ts';
import { leaveTraces } from './traces.ts';

/*
 * The golden history: one invented unit from its founding on, in which every kind of event happens once at least. The events of
 * a case come from `everyEvent`, where a new one is needed for other reasons too (story-case.ts), and those of one that was opened
 * by hand from story-by-hand.ts. An act on the roster, or an
 * event of the unit's own stream, is added to story-roster.ts; the endpoint's own act, by which its keys are replaced, stands here.
 */

/** What the files are made of. */
export interface Played {
  readonly unit: Workplace;
  readonly other: Workplace;
  /** The disk of the first workstation when the story ends. */
  readonly last: Desk;
  readonly intake: Awaited<ReturnType<Stage['addIntake']>>;
  /** What was posted for the other unit. */
  readonly posted: ReturnType<typeof intakeWith>;
  /** Disks of computers beside the first, with parts of entries that were withdrawn before that read them. */
  readonly others: readonly Store[];
  /** A device of Ash's that has no slot. */
  readonly furtherDevice: MadeMember;
  readonly recovery: PlayedRecovery;
}

const words = toBase64(utf8('The rota is on the wall.\n'));

export async function play(stage: Stage): Promise<Played> {
  const unit = await stage.addUnit('testshire', 'Testshire Constabulary', 'Testshire ACU (invented)');
  const other = await stage.addUnit('samplesex', 'Samplesex Police', 'Samplesex ACU (invented)');
  const intake = await stage.addIntake();
  await foundUnit(stage, unit, people.sal);
  await foundUnit(stage, other, rowan);
  await stage.publishDirectory();
  await staff(stage, unit);
  // To the day on which `everyEvent` happens, after the hour that its answers name.
  stage.pass(26 * 60);

  const post = async (place: Workplace, words: string, attachments: Parameters<typeof intakeWith>[1] = []) => {
    const posted = intakeWith({ force: place.force, narrative: words }, attachments);
    const reference = await intake.client.postReport(posted);
    stage.pass(1);
    return { posted, reference };
  };
  const [received] = everyEvent;
  if (!received) throw new Error('There is no case.');
  const { report } = received.event.data as Referral;
  const file = { name: 'note.txt', type: 'text/plain' as const, bytes: words };
  await post(unit, report.narrative, [file]);
  for (const what of ['linked to the first', 'handed to a circle', 'handed to command', 'disposed of'])
    await post(unit, `An invented report that is ${what}.`);
  const { posted } = await post(other, 'An invented report to the other unit.', [{ ...file, name: 'other note.txt' }]);

  const { reference } = await post(unit, 'An invented report that follows a call.');

  await assess(stage, unit, other);
  await openAhead(stage, unit, reference);
  const furtherDevice = await changeRoster(stage, unit);
  stage.pass(24 * 60);
  const others = await handOnCases(stage, unit);
  const recovery = await recoverBo(stage, unit);
  await stage.replaceKeys();
  return { unit, other, intake, posted, others, furtherDevice, recovery, last: await leaveLast(stage, unit) };
}

const deviceKeysOf = ({ host }: Workplace) => openDeviceKeys(host, kdf);

async function foundUnit(stage: Stage, place: Workplace, name: string): Promise<void> {
  const { enrolment } = await ask(place.host, 'host.describe', {});
  if (!enrolment?.unit) throw new Error('not enrolled');
  const { store, host } = place;
  const opening = { store, host, clock: stage, program, device: await deviceKeysOf(place) };
  must(
    await found(
      { ...opening, enrolment: { ...enrolment, unit: enrolment.unit } },
      { name, grade, passphrase: passphraseOf(name) },
    ),
  );
  stage.pass(1);
  await at(stage, place, name, async () => undefined);
}

async function staff(stage: Stage, unit: Workplace): Promise<void> {
  const device = await deviceKeysOf(unit);
  await at(stage, unit, people.sal, async ({ vault }) => {
    const admitted = async (name: string, role: Role, second?: { slot: string; passphrase: string }) =>
      must(await admit(vault, { name, role, grade, passphrase: passphraseOf(name), ...(second && { second }) }, device))
        .id;
    await admitted(people.ash, 'analyst');
    await admitted(people.bo, 'analyst');
    const slot = await admitted(people.kim, 'supervisor');
    // From now on it takes two.
    await admitted(people.lee, 'analyst', { slot, passphrase: passphraseOf(people.kim) });
  });
}

/** The last session ends off the network. */
async function leaveLast(stage: Stage, unit: Workplace): Promise<Desk> {
  stage.pass(1);
  const place = beside(unit);
  const desk = await Desk.open({ host: place.host, store: unit.store }, stage, people.sal);
  const { vault } = desk;
  await listUnits(vault);
  const attachment = (await currentCase(vault, caseCalled(desk, 1)))?.referral.attachments[0];
  if (!attachment) throw new Error('no attachment');
  must(await openAttachment(vault, attachment));
  place.online = false;
  await leaveTraces(desk, unit.store);
  return desk;
}
