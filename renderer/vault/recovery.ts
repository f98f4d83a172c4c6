import { SealBroken } from '#shared/crypto/aead.ts';
import { combineShares, type Holding, splitSecret } from '#shared/crypto/secret-shares.ts';
import {
  currentGeneration,
  deviceOf,
  type DeviceKeys as MemberDevice,
  type RecoveryUse,
  type Roster,
} from '#shared/domain/unit/roster.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import { timeOf } from '#shared/kernel/clock.ts';
import type { AuthorKey, MemberId } from '#shared/kernel/ids.ts';
import type { Notice, Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { type Generation, makeGeneration } from '#shared/log/generation.ts';
import {
  boxForRecovery,
  boxGeneration,
  boxGenerationUnder,
  type GenerationBox,
  openGenerationBox,
} from '#shared/log/generation-box.ts';
import { makeRecoveryKey, openRecoveryKey, proveRecovery, type RecoveryKey } from '#shared/log/recovery-key.ts';
import { generationBoxesOf } from '#shared/log/roster-entry.ts';
import { refuse } from './codes.ts';
import type { DeviceKeys } from './keys/device-keys.ts';
import { appendSigned } from './log/append-signed.ts';
import { storedRoster } from './log/fold-roster.ts';
import { signEvents, type Unsigned } from './log/outbox.ts';
import { rotateOwed } from './log/rotate-scopes.ts';
import type { OpenVault } from './open-vault.ts';
import { judgeLast, openSecond, signTogether } from './sign-together.ts';
import type { SecondSigner } from './vault-api.ts';

/*
 * The unit's recovery key: bound, permitted and used. Its secret is in memory while it is made or used, and is never stored;
 * what people keep are its shares (docs/adr/0024-the-recovery-key.md).
 */

type Done<Value = null> = Promise<Result<Value, Refusal | Notice>>;

/**
 * Makes a recovery key and binds it, in place of the one before. What the members can rotate here is rotated at once, so that
 * the one before opens nothing that is written later.
 * @returns the shares, one for each holder, as text: nobody can bring them again
 */
export function bindRecovery(
  vault: OpenVault,
  { holding, second }: { readonly holding: Holding; readonly second?: SecondSigner },
  device: DeviceKeys,
): Done<readonly string[]> {
  return vault.io.writer.add(async () => {
    const key = await makeRecoveryKey();
    const shares = await splitSecret(key.secret, holding);
    if (!shares.ok) return shares;
    const recovery = await proveRecovery(vault.member.slot.unit, key);
    const bound = await actTogether(
      vault,
      { type: 'recovery.bound', at: timeOf(vault.io.clock), data: { recovery } },
      second,
      device,
    );
    if (!bound.ok) return bound;
    // Where it fails, whoever writes next does it: the shares are of a key that is bound.
    await rotateOwed(vault);
    return shares;
  });
}

/** Two members permit one use of the recovery key. */
export const permitRecovery = (
  vault: OpenVault,
  { use, second }: { readonly use: RecoveryUse; readonly second: SecondSigner },
  device: DeviceKeys,
): Done =>
  vault.io.writer.add(() =>
    actTogether(vault, { type: 'recovery.permitted', at: timeOf(vault.io.clock), data: { for: use } }, second, device),
  );

async function actTogether(
  vault: OpenVault,
  event: Unsigned['event'],
  second: SecondSigner | undefined,
  device: DeviceKeys,
): Done {
  const { roster } = vault.log;
  if (!roster) return err(refuse('unit-not-founded'));
  const opened = second ? await openSecond(vault, second, device) : ok(null);
  if (!opened.ok) return opened;
  const signed = await signTogether(vault, roster, { stream: roster.stream, event }, opened.value);
  if (!signed.ok) return signed;
  const written = await appendSigned(vault, signed.value.signed, []);
  return written.ok ? ok(null) : written;
}

/** Binds a new device of a member, whose others end with it. */
export const recoverMember = (
  vault: OpenVault,
  {
    shares,
    member,
    device,
  }: { readonly shares: readonly string[]; readonly member: MemberId; readonly device: MemberDevice },
): Done =>
  withRecoveryKey(vault, shares, (roster, key) => {
    const event: Unsigned['event'] = { type: 'device.bound', at: timeOf(vault.io.clock), data: { member, device } };
    return actAsRecovery(vault, roster, key, { stream: roster.stream, event });
  });

/**
 * Makes a new key of a scope that nobody can read any more, for these devices, with the past of the scope under it. They have
 * it once the log has brought it.
 */
export const reopenScope = (
  vault: OpenVault,
  {
    shares,
    scope,
    devices,
  }: { readonly shares: readonly string[]; readonly scope: Scope; readonly devices: readonly AuthorKey[] },
): Done =>
  withRecoveryKey(vault, shares, async (roster, key) => {
    const current = currentGeneration(roster, scope);
    if (!current) return err(refuse('scope-unknown'));
    const past = await openPast(vault, roster, scope, key);
    if (!past.ok) return past;
    const readers = devices.map((author) => deviceOf(roster, author));
    if (readers.includes(null)) return err(refuse('device-not-bound'));
    const generation = await makeGeneration();
    const { stream } = roster;
    const boxes = await Promise.all([
      ...readers.flatMap((reader) => (reader ? [boxGeneration(generation, stream, reader)] : [])),
      boxForRecovery(generation, stream, { author: key.signing.author, sealingKey: key.sealing.publicKey }),
      ...(past.value ? [boxGenerationUnder(past.value, stream, generation)] : []),
    ]);
    const named = { id: generation.id, publicKey: generation.sealing.publicKey };
    const data = { scope, replaces: current.id, generation: named };
    return actAsRecovery(vault, roster, key, {
      stream,
      event: { type: 'scope.rotated', at: timeOf(vault.io.clock), data },
      boxes,
    });
  });

/** Only within this is the key whole. */
const withRecoveryKey = (
  vault: OpenVault,
  shares: readonly string[],
  use: (roster: Roster, key: RecoveryKey) => Done,
): Done =>
  vault.io.writer.add(async () => {
    const { roster } = vault.log;
    if (!roster?.recovery) return err(refuse('recovery-not-bound'));
    const secret = await combineShares(shares);
    if (!secret.ok) return secret;
    const key = await openRecoveryKey(secret.value);
    return key.signing.author === roster.recovery.author ? use(roster, key) : err(refuse('recovery-key-other'));
  });

/** Signs an act as the next entry of the recovery key, whose chain is its own: what of it is not in the log waits here. */
async function actAsRecovery(vault: OpenVault, roster: Roster, { signing }: RecoveryKey, act: Unsigned): Done {
  const { ledger, outbox, ownTips } = vault.log;
  const { author } = signing;
  const waiting = outbox.findLast(({ entry }) => entry.header.author === author)?.hash;
  const { [author]: _, ...others } = ownTips;
  const last = waiting ?? new Map(ledger.tips).get(author)?.hash;
  const tips = last ? { ...others, [author]: last } : others;
  const signed = await signEvents(vault, [act], signing, { pending: [], tips });
  const judged = judgeLast(vault, roster, signed);
  if (!judged.ok) return judged;
  const written = await appendSigned(vault, signed, []);
  return written.ok ? ok(null) : written;
}

/** The last key of a scope that opens with the recovery key. Null where none was boxed for it: then the past stays shut. */
async function openPast(
  vault: OpenVault,
  { generations }: Roster,
  scope: Scope,
  { signing: { author }, sealing: { privateKey } }: RecoveryKey,
): Promise<Result<Generation | null, Refusal>> {
  const boxed = generations.filter((each) => each.scope === scope && each.counts && each.recovery === author);
  const taken = (await storedRoster(vault)).taken.map(({ entry }) => entry);
  const boxes = [...taken, ...vault.log.outbox.map(({ entry }) => entry)].flatMap(generationBoxesOf);
  for (const { id } of boxed.toReversed()) {
    for (const box of boxes) {
      if (box.generation !== id || !('recovery' in box.to)) continue;
      const opened = await openWith(box, { author, privateKey });
      if (opened) return ok(opened);
    }
  }
  return boxed.length === 0 ? ok(null) : err(refuse('recovery-not-openable'));
}

async function openWith(
  box: GenerationBox,
  recovery: { readonly author: AuthorKey; readonly privateKey: RecoveryKey['sealing']['privateKey'] },
): Promise<Generation | null> {
  try {
    return await openGenerationBox(box, { generation: () => null, decapsulate: () => null, recovery });
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}
