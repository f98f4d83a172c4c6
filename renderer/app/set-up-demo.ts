import type { Vault } from '#renderer/vault/calls/call-list.ts';
import { say } from '#renderer/words/say.ts';
import type { Probity } from '#shared/bridge/contract.ts';
import type { Role } from '#shared/domain/policy/policy.ts';
import type { Grade } from '#shared/domain/policy/ranks.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { enrolDevice, type HostDescription } from './stage.ts';

/** Of the invented members. */
const gradeOf: Readonly<Record<Role, Grade>> = {
  analyst: { employment: 'staff', rank: 'sergeant' },
  supervisor: { employment: 'officer', rank: 'inspector' },
  reviewer: { employment: 'officer', rank: 'chiefInspector' },
};

type Demo = NonNullable<HostDescription['demo']>;

async function foundAndAdmit(
  vault: Vault,
  { members }: Demo,
  progress: (step: string) => void,
): Promise<Result<null, string>> {
  const founder = members.find(({ role }) => role === 'supervisor');
  if (!founder) return err('The invented unit has no supervisor.');
  progress("Making the unit's keys.");
  const slot = await vault.call('unit.found', {
    name: founder.name,
    passphrase: founder.passphrase,
    grade: gradeOf.supervisor,
  });
  if (!slot.ok) return err(say(slot.error));
  const session = await vault.call('slot.unlock', { slot: slot.value.id, passphrase: founder.passphrase });
  if (!session.ok) return err(say(session.error));
  for (const member of members) {
    if (member === founder) continue;
    progress(`Admitting ${member.name}.`);
    const admitted = await vault.call('member.admit', { ...member, grade: gradeOf[member.role] });
    if (!admitted.ok) return err(say(admitted.error));
  }
  return ok(null);
}

/**
 * The invented unit, from nothing to a locked workstation with all its members.
 * @param freshVault a vault that knows of the enrolment
 */
export async function setUpDemo(
  probity: Probity,
  host: HostDescription,
  freshVault: () => Vault,
  progress: (step: string) => void,
): Promise<Result<null, string>> {
  if (!host.demo) return err('This is not a demo profile.');
  if (!host.enrolment) {
    progress('Enrolling this workstation.');
    const enrolled = await enrolDevice(probity, null, host.demo.code);
    if (!enrolled.ok) return enrolled;
  }
  return foundAndAdmit(freshVault(), host.demo, progress);
}
