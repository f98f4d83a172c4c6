import type { EndpointRekeying } from '#shared/domain/membership/endpoint-rekeyed.ts';
import { timeOf } from '#shared/kernel/clock.ts';
import type { EntryId } from '#shared/kernel/ids.ts';
import type { Notice, Refusal } from '#shared/kernel/refusal.ts';
import { err, type Result } from '#shared/kernel/result.ts';
import { refuse } from './codes.ts';
import type { DeviceKeys } from './keys/device-keys.ts';
import { appendSigned } from './log/append-signed.ts';
import type { OpenVault } from './open-vault.ts';
import { openSecond, signTogether } from './sign-together.ts';
import type { SecondSigner } from './vault-api.ts';

/**
 * Two supervisors put other keys in the place of those of the endpoint that are lost, or were stolen. Both entries are in one
 * commit and in one push: between them, nobody could sign a checkpoint.
 * @param data the new keys, which sign that themselves: the operator brings it
 */
export function replaceEndpointKeys(
  vault: OpenVault,
  data: EndpointRekeying,
  second: { readonly signer: SecondSigner; readonly device: DeviceKeys } | null,
): Promise<Result<readonly EntryId[], Refusal | Notice>> {
  return vault.io.writer.add(async () => {
    const { roster } = vault.log;
    if (!roster) return err(refuse('unit-not-founded'));
    const opened = second && (await openSecond(vault, second.signer, second.device));
    if (opened && !opened.ok) return opened;
    const at = timeOf(vault.io.clock);
    const act = { stream: roster.stream, event: { type: 'endpoint.rekeyed' as const, at, data } };
    const made = await signTogether(vault, roster, act, opened?.value ?? null);
    return made.ok ? appendSigned(vault, made.value.signed, []) : made;
  });
}
