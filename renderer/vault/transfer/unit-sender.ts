import { sealingKeyOf } from '#shared/crypto/public-box.ts';
import { sealingKeyIdOf } from '#shared/crypto/sealing-key.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { Disposition } from '#shared/domain/disposition/disposition-recorded.ts';
import { selectTestsToSend } from '#shared/domain/referral/tests-to-send.ts';
import { replyNow } from '#shared/domain/unit/replies.ts';
import { timeOf } from '#shared/kernel/clock.ts';
import type { Notice } from '#shared/kernel/refusal.ts';
import type { DirectoryUnit } from '#shared/sync/directory.ts';
import { type Said, type SaidBy, signSaid } from '#shared/sync/said-by.ts';
import { type Party, type ReportedOutcome, sealStatement, type TransferAnswer } from '#shared/sync/transfer.ts';
import { keysOfStream } from '../cases/current-case.ts';
import { notice } from '../codes.ts';
import { ask } from '../host.ts';
import { firstReadersOf } from '../log/scope-of-stream.ts';
import type { OpenVault } from '../open-vault.ts';
import type { Origin } from '../transfer-api.ts';
import { fetchDirectory } from './directory.ts';
import { replySeed } from './reply-keys.ts';
import { fetchRoster } from './rosters.ts';
import { sealingKeyOfUnit } from './sealing-key-of-unit.ts';

/* Signs, seals and sends to other units. Each call may be repeated. */

type Addressed = { readonly trouble: Notice } | { readonly from: Party; readonly to: DirectoryUnit };

async function address(vault: OpenVault, unit: string): Promise<Addressed> {
  const { slot } = vault.member;
  const directory = await fetchDirectory(vault);
  if (!directory) return { trouble: notice('directory-none') };
  const { units } = directory;
  const own = units.find(({ id }) => id === slot.unit);
  const to = units.find(({ id }) => id === unit);
  if (!own || !to) return { trouble: notice('unit-unknown-here') };
  if (own === to) return { trouble: notice('own-unit') };
  const { name: unitName, force } = own;
  return { from: { unit: slot.unit, unitName, force, member: slot.member.name, author: slot.author }, to };
}

/** Null when it was sent; else why it cannot be. @throws HostFailure */
export async function sendToUnit(
  vault: OpenVault,
  state: CaseState,
  { entry, at, rationale }: Disposition,
  unit: string,
): Promise<Notice | null> {
  const { id, referral } = state;
  const addressed = await address(vault, unit);
  if ('trouble' in addressed) return addressed.trouble;
  const { from, to } = addressed;
  const publicKey = await sealingKeyOfUnit(vault, to);
  if (!publicKey.ok) return publicKey.error;
  const seed = await replySeed(vault, id, entry, await keysOfStream(vault, id));
  const scope = await firstReadersOf(vault, id);
  if (!seed || !scope) return notice('reply-key-missing');
  const reply = { stream: id, publicKey: (await sealingKeyOf(seed)).publicKey };
  const statement = {
    ...{ transfer: entry, from, to: { unit: to.id, force: to.force }, at },
    ...{ referral, tests: selectTestsToSend(state), note: rationale, reply: { ...reply, scope } },
  };
  const transfer = {
    id: entry,
    to: to.id,
    reply: { stream: id, key: sealingKeyIdOf(reply.publicKey) },
    package: await sealStatement('transfer', statement, vault.member.signing, publicKey.value),
    blobs: [...new Set(referral.attachments.flatMap(({ chunks }) => chunks))],
  };
  await ask(vault.io.host, 'transfer.send', { ...transfer, by: await signedBy(vault, 'transfer', transfer) });
  return null;
}

/** The same. To the key that the asker signed, or the one that their roster names in its place since. */
export async function answerUnit(
  vault: OpenVault,
  { transfer, from: sender, reply }: Origin,
  answer: TransferAnswer,
  why: string | null,
): Promise<Notice | null> {
  const addressed = await address(vault, sender.unit);
  if ('trouble' in addressed) return addressed.trouble;
  const { from, to } = addressed;
  const asker = await fetchRoster(vault, sender.unit, null);
  if (!asker) return notice('unit-key-unverified', { unit: to.name });
  const { publicKey } = replyNow(asker.roster, { ...reply, key: sealingKeyIdOf(reply.publicKey) });
  const at = timeOf(vault.io.clock);
  const statement = { transfer, from, to: { unit: to.id, force: to.force }, at, answer, why };
  const note = await sealStatement('answer', statement, vault.member.signing, publicKey ?? reply.publicKey);
  const answered = { id: transfer, answer, note };
  await ask(vault.io.host, 'transfer.answer', { ...answered, by: await signedBy(vault, 'answer', answered) });
  return null;
}

/** One word on what became of a report. @throws HostFailure */
export async function sayOutcome(vault: OpenVault, reference: string, outcome: ReportedOutcome['class']) {
  const said = { reference, class: outcome };
  await ask(vault.io.host, 'outcome.report', { ...said, by: await signedBy(vault, 'outcome', said) });
}

const signedBy = ({ member, io }: OpenVault, what: Said['what'], body: object): Promise<SaidBy> =>
  signSaid({ what, unit: member.slot.unit, body }, member.signing, io.clock.now());
