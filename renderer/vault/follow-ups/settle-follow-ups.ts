import type { FollowUpKind } from '#shared/domain/event/define-event.ts';
import type { EntryId } from '#shared/kernel/ids.ts';
import type { Notice } from '#shared/kernel/refusal.ts';
import { notice } from '../codes.ts';
import { HostFailure, noticeOf } from '../host.ts';
import type { OpenVault } from '../open-vault.ts';
import { type FollowUp, type FollowUps, findFollowUps, loadFollowUps, saveFollowUps } from './follow-ups.ts';

/** `sent`: something left for another unit. `waits`: it is tried again. */
export type FollowUpResult = 'done' | 'sent' | { readonly waits: Notice };

/** Does one follow-up. May be cut off anywhere, and is done again then. @throws HostFailure */
export type FollowUpHandler = (vault: OpenVault, followUp: FollowUp) => Promise<FollowUpResult>;

export type FollowUpTable = Readonly<Record<FollowUpKind, FollowUpHandler>>;

/** What the endpoint refused in this session: asking again before the next unlock would not help. */
const refused = new WeakMap<OpenVault, Set<EntryId>>();

/**
 * Finds what follows from the log as it is confirmed here, and does it.
 * @throws HostFailure when the endpoint cannot be reached; what is open stays so
 */
export async function settleFollowUps(vault: OpenVault, handlers: FollowUpTable): Promise<void> {
  const before = await loadFollowUps(vault);
  let followUps = await findFollowUps(vault, before);
  // Before anything is sent: what was found is never looked for again.
  if (followUps !== before) await saveFollowUps(vault, followUps);
  for (const followUp of followUps.open) {
    if (refused.get(vault)?.has(followUp.entry)) continue;
    const result = await attempt(vault, followUp, handlers[followUp.name]);
    const next = withResult(followUps, followUp, result, vault.io.clock.now());
    if (next === followUps) continue;
    followUps = next;
    await saveFollowUps(vault, followUps);
    vault.io.emit({ type: 'caseChanged', case: followUp.case });
  }
}

const isSame = (one: Notice | null, other: Notice): boolean => JSON.stringify(one) === JSON.stringify(other);

function withResult(followUps: FollowUps, done: FollowUp, result: FollowUpResult, now: number): FollowUps {
  if (typeof result === 'object') {
    const trouble = result.waits;
    if (isSame(done.trouble, trouble)) return followUps;
    return {
      ...followUps,
      open: followUps.open.map((each) => (each.entry === done.entry ? { ...each, trouble } : each)),
    };
  }
  const open = followUps.open.filter(({ entry }) => entry !== done.entry);
  const at = new Date(now).toISOString();
  return { ...followUps, open, sent: result === 'sent' ? { ...followUps.sent, [done.entry]: at } : followUps.sent };
}

/** @throws HostFailure when it is worth trying again */
async function attempt(vault: OpenVault, followUp: FollowUp, handle: FollowUpHandler): Promise<FollowUpResult> {
  try {
    return await handle(vault, followUp);
  } catch (error) {
    if (error instanceof HostFailure && error.failure.retry) throw error;
    refused.set(vault, (refused.get(vault) ?? new Set()).add(followUp.entry));
    return { waits: error instanceof HostFailure ? noticeOf(error) : notice('vault-defect') };
  }
}
