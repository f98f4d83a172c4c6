import { z } from 'zod';
import { open, SealBroken, seal } from '#shared/crypto/aead.ts';
import { type Bytes, concat, fromBase64url, fromUtf8, toBase64url, utf8 } from '#shared/crypto/encoding.ts';
import { authorKeySchema, base64urlSchema, digestSchema, sealingPublicKeySchema } from '#shared/crypto/key-schemas.ts';
import { encapsulateTo, encapsulationLength, type SealingPublicKey } from '#shared/crypto/public-box.ts';
import { sealingKeyIdOf } from '#shared/crypto/sealing-key.ts';
import { type StatementKind, signStatement, verifyStatement } from '#shared/crypto/signed-statement.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import { outcomeClasses } from '#shared/domain/disposition/dispositions.ts';
import type { Envelope } from '#shared/domain/event/envelope.ts';
import { referralSchema } from '#shared/domain/referral/referral.ts';
import { mostTestsSent, sentTestSchema } from '#shared/domain/referral/sent-with.ts';
import { centralReferenceSchema } from '#shared/domain/report/report.ts';
import { scopeSchema } from '#shared/domain/unit/scopes.ts';
import { nameOf } from '#shared/domain/written/written.ts';
import type { Digest, EntryId, EventId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { entryIdSchema, streamIdSchema, unitIdSchema } from '#shared/log/header.ts';
import { checkpointSeenSchema } from '#shared/log/seen.ts';
import { saidBySchema } from './said-by.ts';

/*
 * A referral on its way from one unit to another, and the answer on its way back. Each is a statement that a member
 * signs and that is sealed to the other unit; the endpoint carries it in an entry of its own and learns from which unit
 * to which. A transfer's id is the id of the entry that decided on it.
 *
 *   disposition.recorded -> transfer -> referral.transferred      in a new stream of the receiving unit
 *   transfer.answered    <- answer   <- answer.transferred        in the stream that the disposition stands in
 */

/** Most characters of a sealed referral: with what goes around it, it must fit into an entry. */
const mostSealed = 770_000;
const mostSealedNote = 300_000;
/** Most sealed chunks of attachments in a referral: ten files of a hundred. */
const mostBlobs = 1000;
const longestNote = 20_000;

const sealedSchema = (most: number) =>
  z.strictObject({
    /** The hash of the public key that it is sealed to: of a generation of the other unit, or a reply key. */
    key: digestSchema,
    /** Encapsulation, then IV, ciphertext and tag; base64url. */
    box: base64urlSchema.max(most),
  });
export type Sealed = z.output<ReturnType<typeof sealedSchema>>;

export const transferSchema = z.strictObject({
  id: entryIdSchema,
  to: unitIdSchema,
  /** The sender's stream in which answers are to stand, opaque to everyone else, and the key that they are sealed to. */
  reply: z.strictObject({ stream: streamIdSchema, key: digestSchema }),
  package: sealedSchema(mostSealed),
  /** Sealed chunks of its attachments, for the endpoint to copy to the receiving unit. */
  blobs: z.array(digestSchema).max(mostBlobs),
});
export type Transfer = z.output<typeof transferSchema>;
export const saidTransferSchema = transferSchema.extend({ by: saidBySchema });
export type SaidTransfer = z.output<typeof saidTransferSchema>;

const answers = ['acknowledged', 'sentBack'] as const;
export type TransferAnswer = (typeof answers)[number];
export const answerSchema = z.strictObject({ answer: z.enum(answers), note: sealedSchema(mostSealedNote) });
export type Answer = z.output<typeof answerSchema>;
export const saidAnswerSchema = answerSchema.extend({ by: saidBySchema });
export type SaidAnswer = z.output<typeof saidAnswerSchema>;

/** All that the endpoint learns of an outcome. */
export const reportedOutcomeSchema = z.strictObject({ class: z.enum(outcomeClasses) });
export type ReportedOutcome = z.output<typeof reportedOutcomeSchema>;
export const saidOutcomeSchema = reportedOutcomeSchema.extend({ by: saidBySchema });
export type SaidOutcome = z.output<typeof saidOutcomeSchema>;
export const outcomeReportSchema = z.strictObject({ reference: centralReferenceSchema, ...saidOutcomeSchema.shape });
/** Most outcomes in a page. */
export const mostOutcomes = 500;
/** What an intake device reads of the reports that its organisation posted. Nothing of who decided it, where or at what hour. */
export const outcomePageSchema = z.strictObject({
  outcomes: z
    .array(
      z.strictObject({
        /** For `after` of the next request. A word that changes comes again, under a new number. */
        change: z.int().min(1),
        reference: centralReferenceSchema,
        ...reportedOutcomeSchema.shape,
        /** The day, in UTC. */
        reportedOn: z.iso.date(),
      }),
    )
    .max(mostOutcomes),
  more: z.boolean(),
});

/* What the endpoint writes around them: events that a reader unwraps (renderer/vault/transfer) before the domain sees them. */

const carriedFrom = {
  from: unitIdSchema,
  /** The sending unit's log as it was then: its roster says who could speak for it. */
  roster: checkpointSeenSchema,
};
export const carriedSchemas = {
  'referral.transferred': z.strictObject({ ...carriedFrom, package: sealedSchema(mostSealed) }),
  'answer.transferred': z.strictObject({ ...carriedFrom, transfer: entryIdSchema, ...answerSchema.shape }),
} as const;
export type CarriedType = keyof typeof carriedSchemas;
type Carried<Type extends CarriedType> = z.output<(typeof carriedSchemas)[Type]>;

export const carry = <Type extends CarriedType>(
  type: Type,
  { id, at }: { readonly id: EventId; readonly at: string },
  data: Carried<Type>,
): Envelope => ({ id, type, v: 1, at, data });

/**
 * The stream of a transferred referral: the transfer's id, written as a version 4 UUID. So its entry is known by the
 * header alone, and the same transfer can never make a second case.
 */
export const streamOfTransfer = (id: EntryId): StreamId => `${id.slice(0, 14)}4${id.slice(15)}` as string as StreamId;
export const transferOfStream = (stream: StreamId): EntryId =>
  `${stream.slice(0, 14)}7${stream.slice(15)}` as string as EntryId;

/* The statements inside. */

/** Who states it: a member of a unit, as that unit's workstation names them. Never who reported. */
const partySchema = z.strictObject({
  unit: unitIdSchema,
  unitName: nameOf(120),
  force: z.string().min(1).max(60),
  member: nameOf(120),
  author: authorKeySchema,
});
export type Party = z.output<typeof partySchema>;

const statementOf = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({
    transfer: entryIdSchema,
    from: partySchema,
    to: z.strictObject({ unit: unitIdSchema, force: z.string().min(1).max(60) }),
    at: z.iso.datetime(),
    ...shape,
  });

const kinds = {
  transfer: {
    typ: 'probity-transfer+1',
    schema: statementOf({
      /** As the endpoint delivered it, with the keys of its attachments. */
      referral: referralSchema,
      /** What the sender had tested, and what came to it with the case: the earlier time counts with the receiver too. */
      tests: z.array(sentTestSchema).max(mostTestsSent),
      note: z.string().max(longestNote).nullable(),
      /** Made for the answer to this alone. */
      reply: z.strictObject({ stream: streamIdSchema, publicKey: sealingPublicKeySchema, scope: scopeSchema }),
    }),
  },
  answer: {
    typ: 'probity-transfer-answer+1',
    schema: statementOf({ answer: z.enum(answers), why: z.string().max(longestNote).nullable() }),
  },
} as const;
type Kind = keyof typeof kinds;
export type Statement<K extends Kind> = z.output<(typeof kinds)[K]['schema']>;
/** The compiler does not pair a kind with what it states. */
const kindOf = <K extends Kind>(kind: K) => kinds[kind] as unknown as StatementKind<Statement<K>>;

/** Where a statement belongs: it opens nowhere else, and must say the same itself. */
export interface Passage {
  readonly transfer: EntryId;
  readonly from: UnitId;
  readonly to: UnitId;
}

const contextOf = (kind: Kind, { transfer, from, to }: Passage): Bytes =>
  utf8(`probity/${kind}/1/${transfer}/${from}/${to}`);

const block = 1024;

/** Signs, pads to whole blocks so that sizes tell less, and seals. @throws when `publicKey` is none */
export async function sealStatement<K extends Kind>(
  kind: K,
  statement: Statement<K>,
  key: SigningKey,
  publicKey: SealingPublicKey,
): Promise<Sealed> {
  const jws = await signStatement(kindOf(kind), statement, key);
  const plaintext = utf8(jws.padEnd(Math.ceil(jws.length / block) * block));
  const { transfer, from, to } = statement;
  const { encapsulated, contentKey } = await encapsulateTo(publicKey);
  const box = await seal(contentKey, plaintext, contextOf(kind, { transfer, from: from.unit, to: to.unit }));
  return { key: sealingKeyIdOf(publicKey), box: toBase64url(concat(encapsulated, box)) };
}

/**
 * Opens a statement, and checks that its author signed it and that it says what its passage says. Whether they could speak for
 * the unit, its roster says.
 * @throws SealBroken when any of it is not so
 */
export async function openStatement<K extends Kind>(
  kind: K,
  sealed: Sealed,
  passage: Passage,
  decapsulate: (key: Digest, encapsulated: Bytes) => Promise<CryptoKey> | null,
): Promise<Statement<K>> {
  try {
    const bytes = fromBase64url(sealed.box);
    const key = await decapsulate(sealed.key, bytes.slice(0, encapsulationLength));
    if (!key) throw new TypeError('sealed to others');
    const jws = fromUtf8(await open(key, bytes.subarray(encapsulationLength), contextOf(kind, passage))).trimEnd();
    const statement = await verifyStatement(kindOf(kind), jws, ({ from }) => from.author);
    const { transfer, from, to } = statement;
    const fits = transfer === passage.transfer && from.unit === passage.from && to.unit === passage.to;
    if (!fits) throw new TypeError('belongs elsewhere');
    return statement;
  } catch {
    throw new SealBroken('What another unit sent was changed on its way, or is not signed by whom it names.');
  }
}
