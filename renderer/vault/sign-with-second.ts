import { fromBase64url } from '#shared/crypto/encoding.ts';
import { importSigningKey, type SigningKey } from '#shared/crypto/signing.ts';
import { applyToRoster } from '#shared/domain/membership/apply-to-roster.ts';
import type { Roster } from '#shared/domain/unit/roster.ts';
import type { Notice, Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { refuse } from './codes.ts';
import type { DeviceKeys } from './keys/slots.ts';
import { groundOf } from './log/fold-roster.ts';
import { type Signed, signEvents, type Unsigned } from './log/outbox.ts';
import type { OpenVault } from './open-vault.ts';
import { unlockSlot } from './unlock.ts';

/** The supervisor who signs too, sitting at the same workstation. */
export interface SecondSigner {
  readonly slot: string;
  readonly passphrase: string;
}

export async function openSecond(
  { io, member }: OpenVault,
  { slot, passphrase }: SecondSigner,
  device: DeviceKeys,
): Promise<Result<SigningKey, Notice>> {
  const opened = await unlockSlot(io.store, io.clock, device, slot, passphrase);
  if (!opened.ok) return opened;
  const { author, signingKey } = opened.value.secrets;
  if (author === member.slot.author) return err(refuse('same-member-twice'));
  return ok(await importSigningKey(author, fromBase64url(signingKey)));
}

interface SignedAct {
  readonly signed: Signed;
  readonly roster: Roster;
}

/** An act on the roster and, where it takes one, the second signature. What the roster refuses is never written. */
export async function signWithSecond(
  vault: OpenVault,
  before: Roster,
  act: Unsigned,
  second: SigningKey | null,
): Promise<Result<SignedAct, Refusal>> {
  const signed = await signEvents(vault, [act]);
  const roster = judge(vault, before, signed);
  if (!roster.ok) return roster;
  const entry = signed.pending[0]?.hash;
  if (!entry || !roster.value.proposals.some((each) => each.entry === entry))
    return ok({ signed, roster: roster.value });
  if (!second) return err(refuse('second-needed'));
  const { at } = act.event;
  const seconding: Unsigned = { stream: act.stream, event: { type: 'act.seconded', at, data: { entry } } };
  const both = await signEvents(vault, [seconding], second, signed);
  const after = judge(vault, roster.value, both);
  return after.ok ? ok({ signed: both, roster: after.value }) : after;
}

/** The roster with what was signed last. */
export function judge(vault: OpenVault, roster: Roster, { pending }: Signed): Result<Roster, Refusal> {
  const step = pending.at(-1)?.opened.step;
  return step ? applyToRoster(roster, step, groundOf(vault)) : ok(roster);
}
