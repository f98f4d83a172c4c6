import type { Slot, Slots } from '#renderer/vault/vault-api.ts';
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

/** Tells the host that nothing of a case is on screen. Returns, in words, what became of the window before. */
export async function sayLocked(probity: Probity): Promise<string | null> {
  const result = await probity.call('window.locked', {});
  return result.ok && result.reply.notice ? say(notice(result.reply.notice)) : null;
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

interface Described {
  readonly host: HostDescription;
  /** What is to be known first: why it was locked, or what was found on the disk. */
  readonly because: string | null;
}

/*
 *   starting -> firstRun -> found -> unlock -> open -> locking -> unlock ...
 *       '-> failed   '-> (demo) ------^         elsewhere: the unit was founded on another workstation
 */
export type Stage =
  | { readonly name: 'starting' }
  | { readonly name: 'failed'; readonly trouble: string }
  | (Described & { readonly name: 'firstRun' })
  | (Described & { readonly name: 'found' })
  | (Described & { readonly name: 'elsewhere' })
  | (Described & { readonly name: 'unlock'; readonly unit: string | null; readonly slots: readonly Slot[] })
  /** `invented`: a demonstration, whose people and cases are none. */
  | { readonly name: 'open'; readonly invented: boolean }
  | { readonly name: 'locking' };

/** Where a workstation stands that has no vault open. */
export function planStage(host: HostDescription, { unit, slots }: Slots, because: string | null): Stage {
  if (slots.length > 0) return { name: 'unlock', host, unit, slots, because };
  if (!host.enrolment) return { name: 'firstRun', host, because };
  if (host.enrolment.unit?.founded) return { name: 'elsewhere', host, because };
  return { name: host.demo ? 'firstRun' : 'found', host, because };
}
