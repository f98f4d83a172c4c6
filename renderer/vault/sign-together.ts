import { fromBase64url } from '#shared/crypto/encoding.ts';
import { importSigningKey, type SigningKey } from '#shared/crypto/signing.ts';
import { applyToRoster } from '#shared/domain/membership/apply-to-roster.ts';
import type { Roster } from '#shared/domain/unit/roster.ts';
import type { Notice, Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { refuse } from './codes.ts';
import type { DeviceKeys } from './keys/device-keys.ts';
import { groundOf } from './log/fold-roster.ts';
import { type Signed, signEvents, type Unsigned } from './log/outbox.ts';
import type { OpenVault } from './open-vault.ts';
import { unlockSlot } from './unlock.ts';
import type { SecondSigner } from './vault-api.ts';

/* Acts on the roster that two members sign at one workstation, in one commit. */

/** The key of the member who signs too. */
export async function openSecond(
  { io, member }: OpenVault,
  { slot, passphrase }: SecondSigner,
  device: DeviceKeys,
): Promise<Result<SigningKey, Notice>> {
  const opened = await unlockSlot(io, device, slot, passphrase);
  if (!opened.ok) return opened;
  const { author, signingKey } = opened.value.secrets;
  if (author === member.slot.author) return err(refuse('same-member-twice'));
  return ok(await importSigningKey(author, fromBase64url(signingKey)));
}

/** An act, and the roster with it. */
export interface SignedAct {
  readonly signed: Signed;
  readonly roster: Roster;
}

/**
 * Signs an act with the member's key and, where it waits for a second signature then, with the second's. What the roster
 * refuses is never written.
 */
export async function signTogether(
  vault: OpenVault,
  before: Roster,
  act: Unsigned,
  second: SigningKey | null,
): Promise<Result<SignedAct, Refusal>> {
  const first = await signEvents(vault, [act]);
  const proposed = judgeLast(vault, before, first);
  if (!proposed.ok) return proposed;
  const entry = first.pending[0]?.hash;
  if (!entry || !proposed.value.proposals.some((each) => each.entry === entry)) {
    return ok({ signed: first, roster: proposed.value });
  }
  if (!second) return err(refuse('second-needed'));
  const event: Unsigned['event'] = { type: 'act.seconded', at: act.event.at, data: { entry } };
  const signed = await signEvents(vault, [{ stream: act.stream, event }], second, first);
  const roster = judgeLast(vault, proposed.value, signed);
  return roster.ok ? ok({ signed, roster: roster.value }) : roster;
}

/** The roster with what was signed last. */
export function judgeLast(vault: OpenVault, roster: Roster, { pending }: Signed): Result<Roster, Refusal> {
  const step = pending.at(-1)?.opened.step;
  return step ? applyToRoster(roster, step, groundOf(vault)) : ok(roster);
}
