import type { Disposition } from '#shared/domain/assessment/assessment-state.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import { type Party, sealStatement, type TransferAnswer } from '#shared/sync/transfer.ts';
import type { Held } from '../held.ts';
import { ask } from '../host.ts';
import type { Origin } from '../transfer-api.ts';
import { fetchDirectory, type KnownUnit } from './directory.ts';

/** Signs, seals and sends to other units. Asks for the directory at most once. Each call may be repeated. */
export interface Errand {
  /** Null when it was sent; else why it cannot be, for a person. @throws HostFailure */
  send(state: CaseState, disposition: Disposition, unit: string): Promise<string | null>;
  /** The same. */
  answer(origin: Origin, answer: TransferAnswer, why: string | null): Promise<string | null>;
}

type Addressed =
  | { readonly trouble: string }
  | { readonly from: Party; readonly to: KnownUnit & { publicKey: string } };

export function createErrand(held: Held): Errand {
  const { host, signing, slot } = held;
  let directory: Promise<readonly KnownUnit[]> | null = null;

  async function address(unit: string): Promise<Addressed> {
    directory ??= fetchDirectory(held);
    const units = await directory;
    const own = units.find(({ id }) => id === slot.unit);
    const to = units.find(({ id }) => id === unit);
    if (!own || !to) return { trouble: 'The endpoint does not know this unit.' };
    if (own === to) return { trouble: 'This is your own unit.' };
    const { publicKey } = to;
    if (!publicKey) {
      return { trouble: to.trouble ?? `${to.name} has not started with Probity yet. It is sent as soon as it has.` };
    }
    const { name: unitName, force } = own;
    const from = { unit: slot.unit, unitName, force, member: slot.member.name, author: slot.author };
    return { from, to: { ...to, publicKey } };
  }

  return {
    async send({ id, referral }, { entry, at, rationale }, unit) {
      const addressed = await address(unit);
      if ('trouble' in addressed) return addressed.trouble;
      const { from, to } = addressed;
      const statement = {
        ...{ transfer: entry, from, to: { unit: to.id, force: to.force }, at },
        ...{ referral, note: rationale },
      };
      await ask(host, 'transfer.send', {
        id: entry,
        to: to.id,
        returnTo: id,
        package: await sealStatement('transfer', statement, signing, to.publicKey),
        blobs: [...new Set(referral.attachments.flatMap(({ chunks }) => chunks))],
      });
      return null;
    },

    async answer({ transfer, from: sender }, answer, why) {
      const addressed = await address(sender.unit);
      if ('trouble' in addressed) return addressed.trouble;
      const { from, to } = addressed;
      const at = new Date(held.clock.now()).toISOString();
      const statement = { transfer, from, to: { unit: to.id, force: to.force }, at, answer, why };
      const note = await sealStatement('answer', statement, signing, to.publicKey);
      await ask(host, 'transfer.answer', { id: transfer, answer, note });
      return null;
    },
  };
}
