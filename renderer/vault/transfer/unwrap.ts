import { SealBroken } from '#shared/crypto/aead.ts';
import type { Envelope } from '#shared/domain/event/envelope.ts';
import { toEnvelope } from '#shared/domain/registry/registry.ts';
import type { Entry } from '#shared/log/entry.ts';
import { carriedSchemas, openStatement, type Statement, streamOfTransfer } from '#shared/sync/transfer.ts';
import type { Keyring } from '../keys/keyring.ts';

/** Versions of what the endpoint carries that are understood here. */
const version = 1;

/**
 * What came from another unit, out of the entry that the endpoint carried it in: a transferred referral becomes a
 * referral received, an answer a transfer answered. Every other event stays as it is.
 * @throws SealBroken or ZodError when it was changed, belongs elsewhere, or is not signed by whom it names
 */
export async function unwrapCarried(envelope: Envelope, entry: Entry, keyring: Keyring): Promise<Envelope> {
  const { id, type, v, at } = envelope;
  if (v > version) return envelope;
  if (type === 'referral.transferred') {
    const { referral, to } = await openTransferred(envelope, entry, keyring);
    // The address under which it is ours. As the sender received it, it stays in the statement.
    const report = { ...referral.report, force: to.force };
    return toEnvelope(id, { type: 'referral.received', at, data: { ...referral, report } });
  }
  if (type === 'answer.transferred') {
    const { transfer, answer, answeredAt, why } = await openAnswer(envelope, entry, keyring);
    return toEnvelope(id, { type: 'transfer.answered', at, data: { disposition: transfer, answer, answeredAt, why } });
  }
  return envelope;
}

/** The statement of a `referral.transferred`. @throws SealBroken, ZodError */
export async function openTransferred(
  { data }: Envelope,
  { header }: Entry,
  { decapsulate }: Keyring,
): Promise<Statement<'transfer'>> {
  const carried = carriedSchemas['referral.transferred'].parse(data);
  if (header.stream !== streamOfTransfer(header.id))
    throw new SealBroken('A transferred referral is out of its place.');
  const passage = { transfer: header.id, from: carried.from, to: header.unit };
  return openStatement('transfer', carried.package, passage, decapsulate);
}

async function openAnswer({ data }: Envelope, { header }: Entry, { decapsulate }: Keyring) {
  const { transfer, from, answer, note } = carriedSchemas['answer.transferred'].parse(data);
  const statement = await openStatement('answer', note, { transfer, from, to: header.unit }, decapsulate);
  // The endpoint routes by the word outside the seal; the one inside is signed.
  if (statement.answer !== answer) throw new SealBroken('An answer from another unit was changed on its way.');
  return { transfer, answer, answeredAt: statement.at, why: statement.why };
}
