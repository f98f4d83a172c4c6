import { say } from '#renderer/words/say.ts';
import type { Probity, ReplyOf } from '#shared/bridge/contract.ts';
import { notice } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

export type HostDescription = ReplyOf<'host.describe'>;

/** What the workbench itself asks of its host; everything else is the vault's. */
export async function describeHost(probity: Probity): Promise<Result<HostDescription, string>> {
  const result = await probity.call('host.describe', {});
  return result.ok ? ok(result.reply) : err(say(result.failure));
}

export async function enrolDevice(
  probity: Probity,
  endpoint: string | null,
  code: string,
): Promise<Result<null, string>> {
  const result = await probity.call('device.enrol', { endpoint, code });
  if (!result.ok) return err(say(result.failure));
  if (result.reply.purpose !== 'workstation') return err(say(notice('not-a-workstation-code')));
  return ok(null);
}
