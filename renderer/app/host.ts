import type { Probity, ReplyOf } from '#shared/bridge/contract.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

export type HostDescription = ReplyOf<'host.describe'>;

/** What the workbench itself asks of its host; everything else is the vault's. */
export async function describeHost(probity: Probity): Promise<Result<HostDescription, string>> {
  const outcome = await probity.call('host.describe', {});
  return outcome.ok ? ok(outcome.reply) : err(outcome.failure.detail);
}

export async function enrolDevice(
  probity: Probity,
  endpoint: string | null,
  code: string,
): Promise<Result<null, string>> {
  const outcome = await probity.call('device.enrol', { endpoint, code });
  if (!outcome.ok) return err(outcome.failure.detail);
  if (outcome.reply.purpose !== 'workstation')
    return err('This code is for an intake device, not for a workstation. Ask for another.');
  return ok(null);
}
