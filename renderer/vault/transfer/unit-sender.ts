import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { Disposition } from '#shared/domain/disposition/disposition-recorded.ts';
import type { Notice } from '#shared/kernel/refusal.ts';
import type { DirectoryUnit } from '#shared/sync/directory.ts';
import { type Party, sealStatement, type TransferAnswer } from '#shared/sync/transfer.ts';
import { notice } from '../codes.ts';
import { ask } from '../host.ts';
import type { OpenVault } from '../open-vault.ts';
import type { Origin } from '../transfer-api.ts';
import { fetchDirectory } from './directory.ts';
import { sealingKeyOfUnit } from './sealing-key-of-unit.ts';

/* Signs, seals and sends to other units. Each call may be repeated. */

type Addressed =
  | { readonly trouble: Notice }
  | { readonly from: Party; readonly to: DirectoryUnit & { publicKey: string } };

async function address(vault: OpenVault, unit: string): Promise<Addressed> {
  const { slot } = vault.member;
  const directory = await fetchDirectory(vault);
  if (!directory) return { trouble: notice('directory-none') };
  const { units } = directory;
  const own = units.find(({ id }) => id === slot.unit);
  const to = units.find(({ id }) => id === unit);
  if (!own || !to) return { trouble: notice('unit-unknown-here') };
  if (own === to) return { trouble: notice('own-unit') };
  const publicKey = await sealingKeyOfUnit(vault, to);
  if (!publicKey.ok) return { trouble: publicKey.error };
  const { name: unitName, force } = own;
  const from = { unit: slot.unit, unitName, force, member: slot.member.name, author: slot.author };
  return { from, to: { ...to, publicKey: publicKey.value } };
}

/** Null when it was sent; else why it cannot be. @throws HostFailure */
export async function sendToUnit(
  vault: OpenVault,
  { id, referral }: CaseState,
  { entry, at, rationale }: Disposition,
  unit: string,
): Promise<Notice | null> {
  const addressed = await address(vault, unit);
  if ('trouble' in addressed) return addressed.trouble;
  const { from, to } = addressed;
  const statement = {
    ...{ transfer: entry, from, to: { unit: to.id, force: to.force }, at },
    ...{ referral, note: rationale },
  };
  await ask(vault.io.host, 'transfer.send', {
    id: entry,
    to: to.id,
    returnTo: id,
    package: await sealStatement('transfer', statement, vault.member.signing, to.publicKey),
    blobs: [...new Set(referral.attachments.flatMap(({ chunks }) => chunks))],
  });
  return null;
}

/** The same. */
export async function answerUnit(
  vault: OpenVault,
  { transfer, from: sender }: Origin,
  answer: TransferAnswer,
  why: string | null,
): Promise<Notice | null> {
  const addressed = await address(vault, sender.unit);
  if ('trouble' in addressed) return addressed.trouble;
  const { from, to } = addressed;
  const at = new Date(vault.io.clock.now()).toISOString();
  const statement = { transfer, from, to: { unit: to.id, force: to.force }, at, answer, why };
  const note = await sealStatement('answer', statement, vault.member.signing, to.publicKey);
  await ask(vault.io.host, 'transfer.answer', { id: transfer, answer, note });
  return null;
}
