import { SealBroken } from '#shared/crypto/aead.ts';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { decapsulate } from '#shared/crypto/public-box.ts';
import type { Envelope } from '#shared/domain/event/envelope.ts';
import { speaksForUnit } from '#shared/domain/membership/speaks-for-unit.ts';
import { toEnvelope } from '#shared/domain/registry/registry.ts';
import type { Digest, EntryId, GenerationId, UnitId } from '#shared/kernel/ids.ts';
import type { Entry } from '#shared/log/entry.ts';
import { type CheckpointSeen, isSeenSigned } from '#shared/log/seen.ts';
import { carriedSchemas, openStatement, type Statement, streamOfTransfer } from '#shared/sync/transfer.ts';
import type { Keyring } from '../keys/keyring.ts';
import type { OpenVault } from '../open-vault.ts';
import { keptRoster } from './rosters.ts';

/** Versions of what the endpoint carries that are understood here. */
const version = 1;

/** What came from another unit, or anything else. */
export type Unwrapped =
  | { readonly kind: 'event'; readonly envelope: Envelope }
  /** By whose roster its signature is judged is not here yet. */
  | { readonly kind: 'awaits'; readonly unit: UnitId; readonly roster: CheckpointSeen }
  /** Nobody who could speak for that unit signed it. */
  | { readonly kind: 'unauthorised' };

type SeedOf = (transfer: EntryId) => Promise<Bytes | null>;

const event = (envelope: Envelope): Unwrapped => ({ kind: 'event', envelope });

/**
 * What came from another unit, out of the entry that the endpoint carried it in: a transferred referral becomes a
 * referral received, an answer a transfer answered. Every other event stays as it is.
 * @param seedOf the seed of the key that the answer to a transfer is sealed to
 * @throws SealBroken or ZodError when it was changed, belongs elsewhere, or is not signed by whom it names
 */
export async function unwrapCarried(
  vault: OpenVault,
  envelope: Envelope,
  entry: Entry,
  seedOf: SeedOf,
): Promise<Unwrapped> {
  const { id, type, v, at } = envelope;
  const { keyring } = vault.member;
  if (v > version) return event(envelope);
  if (type === 'referral.transferred') {
    const { statement, roster } = await openTransferred(envelope, entry, keyring);
    const { referral, to, from, tests } = statement;
    // The address under which it is ours. As the sender received it, it stays in the statement.
    const report = { ...referral.report, force: to.force };
    const sentWith = tests.length > 0 ? { sentWith: { force: from.force, tests } } : {};
    const received = toEnvelope(id, { type: 'referral.received', at, data: { ...referral, report, ...sentWith } });
    return judged(vault, statement, roster, received);
  }
  if (type === 'answer.transferred') {
    const { statement, roster, transfer } = await openAnswer(envelope, entry, seedOf);
    const { answer, at: answeredAt, why } = statement;
    const data = { disposition: transfer, answer, answeredAt, why };
    return judged(vault, statement, roster, toEnvelope(id, { type: 'transfer.answered', at, data }));
  }
  return event(envelope);
}

/** Whether its signer spoke for the unit, by that unit's roster as it was when the endpoint carried the statement. */
async function judged(
  vault: OpenVault,
  { from }: Pick<Statement<'answer'>, 'from'>,
  at: CheckpointSeen,
  envelope: Envelope,
): Promise<Unwrapped> {
  const { unit, author } = from;
  const roster = await keptRoster(vault, unit, at);
  if (!roster) return { kind: 'awaits', unit, roster: at };
  if (!(await isSeenSigned(at, { unit, key: roster.checkpointKey }))) return { kind: 'unauthorised' };
  return speaksForUnit(roster, author) ? event(envelope) : { kind: 'unauthorised' };
}

/** The statement of a `referral.transferred`. @throws SealBroken, ZodError */
export async function openTransferred(
  { data }: Envelope,
  { header }: Entry,
  keyring: Keyring,
): Promise<{ readonly statement: Statement<'transfer'>; readonly roster: CheckpointSeen }> {
  const { from, package: sealed, roster } = carriedSchemas['referral.transferred'].parse(data);
  if (header.stream !== streamOfTransfer(header.id))
    throw new SealBroken('A transferred referral is out of its place.');
  const passage = { transfer: header.id, from, to: header.unit };
  const openTo = (key: Digest, encapsulated: Bytes) =>
    keyring.decapsulate({ generation: key as string as GenerationId }, encapsulated);
  return { statement: await openStatement('transfer', sealed, passage, openTo), roster };
}

async function openAnswer({ data }: Envelope, { header }: Entry, seedOf: SeedOf) {
  const { transfer, from, answer, note, roster } = carriedSchemas['answer.transferred'].parse(data);
  const seed = await seedOf(transfer);
  if (!seed) throw new SealBroken('Nothing was asked here that this answers.');
  const passage = { transfer, from, to: header.unit };
  const statement = await openStatement('answer', note, passage, (_, encapsulated) => decapsulate(seed, encapsulated));
  // The endpoint routes by the word outside the seal; the one inside is signed.
  if (statement.answer !== answer) throw new SealBroken('An answer from another unit was changed on its way.');
  return { transfer, statement, roster };
}
