import type { Slot } from '#renderer/vault/vault-api.ts';
import type { HostDescription } from './host.ts';

/*
 *   starting -> firstRun -> found -> unlock -> open -> locking -> unlock ...
 *       '-> failed   '-> (demo) ------^         elsewhere: the unit was founded on another workstation
 */
export type Stage =
  | { readonly name: 'starting' }
  | { readonly name: 'failed'; readonly trouble: string }
  | { readonly name: 'firstRun'; readonly host: HostDescription }
  | { readonly name: 'found'; readonly host: HostDescription }
  | { readonly name: 'elsewhere'; readonly host: HostDescription }
  | {
      readonly name: 'unlock';
      readonly host: HostDescription;
      readonly slots: readonly Slot[];
      readonly because: string | null;
    }
  | { readonly name: 'open' }
  | { readonly name: 'locking' };

/** Where a workstation stands that has no vault open. */
export function planStage(host: HostDescription, slots: readonly Slot[], because: string | null): Stage {
  if (slots.length > 0) return { name: 'unlock', host, slots, because };
  if (!host.enrolment) return { name: 'firstRun', host };
  if (host.enrolment.unit?.sealingKey) return { name: 'elsewhere', host };
  return host.demo ? { name: 'firstRun', host } : { name: 'found', host };
}
