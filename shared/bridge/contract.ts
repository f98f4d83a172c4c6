import { z } from 'zod';
import { mostSealedChunk } from '#shared/crypto/chunks.ts';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { digestSchema, secretKeySchema } from '#shared/crypto/key-schemas.ts';
import { entryIdSchema, unitIdSchema } from '#shared/log/header.ts';
import { seenSchema } from '#shared/log/seen.ts';
import { directoryReplySchema } from '#shared/sync/directory.ts';
import { enrolmentCodeSchema, enrolmentReplySchema } from '#shared/sync/enrolment.ts';
import { outcomeReportSchema, saidAnswerSchema, saidTransferSchema } from '#shared/sync/transfer.ts';
import { mostPageMessage, mostPushMessage, mostRosterMessage, pushReplySchema } from '#shared/sync/wire.ts';

/**
 * What the window may ask of its host: every call's request and reply. The host parses both, so that a compromised
 * window gets no further than this list. Nothing here carries readable case work.
 */
const nothing = z.strictObject({});
const bytes = (most: number) => z.custom<Bytes>((value) => value instanceof Uint8Array && value.length <= most);
/** Of a member's key slot. */
export const slotIdSchema = z.string().min(1).max(64);
/** `passphrase`: how often it was changed before. */
const ofPassphrase = z.strictObject({ slot: slotIdSchema, passphrase: z.int().min(0) });
/** A sealed chunk of an attachment. */
const chunk = bytes(mostSealedChunk);

/** A member of the invented unit, with the passphrase that is offered on the unlock screen. Demo profiles only. */
const demoMemberSchema = z.strictObject({
  name: z.string(),
  role: z.enum(['analyst', 'supervisor', 'reviewer']),
  passphrase: z.string(),
});
export type DemoMember = z.output<typeof demoMemberSchema>;

/** What became of the window before this page was loaded; the window has the words. */
export const windowNoticeCodes = [
  'idle-behind-dialog',
  'locked-with-system',
  'window-failed',
  'window-helper-failed',
  'window-out-of-memory',
  'window-unresponsive',
] as const;
export type WindowNoticeCode = (typeof windowNoticeCodes)[number];

/** Bytes of one record: a sealed row of the store. */
const mostRecord = mostPushMessage;
/** Of the row that keeps a case's drafts: a digest. */
const draftKey = z.string().min(1).max(64);
/** Records that are written as one. */
export const mostRecords = 1_000;
/** Number of the last record; of the first that was written with it; and what tells one journal from another. */
const journalEnd = { end: z.int().min(0), lastGroup: z.int().min(0), chain: digestSchema };

export const contract = {
  'host.describe': {
    request: nothing,
    reply: z.strictObject({
      kind: z.enum(['electron', 'browser']),
      version: z.string(),
      /** Address of the endpoint that this workstation speaks to; null before one is set. */
      endpoint: z.string().nullable(),
      /** Null on a workstation that is not enrolled. */
      enrolment: enrolmentReplySchema.nullable(),
      demo: z
        .strictObject({
          code: enrolmentCodeSchema,
          members: z.array(demoMemberSchema).min(1).max(10),
          /** The invented unit was made for this start, before there was a window: no database was lost. */
          isNew: z.boolean(),
        })
        .nullable(),
    }),
  },
  /**
   * Said as the workbench starts and each time it locks: nothing of a case is on screen. Answered with what became of the
   * window, for whoever unlocks next: said again until a member has unlocked.
   */
  'window.locked': {
    request: nothing,
    reply: z.strictObject({ notice: z.enum(windowNoticeCodes).nullable() }),
  },
  /** 32 random bytes that this device keeps in the system's secure storage; mixed into every key slot. */
  'device.secret': { request: nothing, reply: z.strictObject({ secret: secretKeySchema }) },
  /** Makes 32 more for one passphrase of one slot, kept in the same way and mixed into it too: the same where they were made before. */
  'slot.begin': { request: ofPassphrase, reply: z.strictObject({ secret: secretKeySchema }) },
  /** Those that were made. */
  'slot.secret': { request: ofPassphrase, reply: z.strictObject({ secret: secretKeySchema }) },
  /** Those of every earlier passphrase of the slot are destroyed: no copy of it as it was before opens any more. */
  'slot.settle': { request: ofPassphrase, reply: nothing },
  /** How long each slot waits for its next attempt, in milliseconds from now; slots that do not wait may be missing. */
  'attempt.waits': {
    request: nothing,
    reply: z.strictObject({
      waits: z.array(z.strictObject({ slot: slotIdSchema, wait: z.int().min(0) })),
    }),
  },
  /**
   * Before a passphrase is tried for a slot. Where it is taken, it counts as failed from now on, unless `attempt.opened`
   * follows: `failed` are those before, and `wait` how long the next has to wait then.
   */
  'attempt.begin': {
    request: z.strictObject({ slot: slotIdSchema }),
    reply: z.strictObject({ taken: z.boolean(), failed: z.int().min(0), wait: z.int().min(0) }),
  },
  /** The passphrase was right: nothing is counted any more. */
  'attempt.opened': { request: z.strictObject({ slot: slotIdSchema }), reply: nothing },
  /** Spends a one-time code: enrols this device and pins the endpoint's keys and its operator's. */
  'device.enrol': {
    request: z.strictObject({
      endpoint: z
        .url({ protocol: /^https?$/ })
        .max(300)
        .nullable(),
      code: z.string().max(64),
    }),
    reply: enrolmentReplySchema,
  },
  'log.pull': {
    /** `seen`: the last checkpoint here. The endpoint sees from it whether it was set back. */
    request: z.strictObject({ after: z.int().min(0), seen: seenSchema, limit: z.int().min(1).max(500) }),
    /** CBOR: the vault parses it, once (shared/sync/wire.ts). */
    reply: z.strictObject({ page: bytes(mostPageMessage) }),
  },
  /** `push` is CBOR. */
  'log.push': { request: z.strictObject({ push: bytes(mostPushMessage) }), reply: pushReplySchema },
  'blob.get': { request: z.strictObject({ digest: digestSchema }), reply: z.strictObject({ bytes: chunk }) },
  'blob.put': { request: z.strictObject({ digest: digestSchema, bytes: chunk }), reply: nothing },
  /** The units and their founders, as the operator signed it: the vault verifies that. */
  'directory.get': { request: nothing, reply: directoryReplySchema },
  /** The roster of a unit, as it is or as of an earlier checkpoint: for the key to seal to, and for who could speak for it. CBOR. */
  'unit.roster': {
    request: z.strictObject({ unit: unitIdSchema, at: z.int().min(1).nullable() }),
    reply: z.strictObject({ roster: bytes(mostRosterMessage) }),
  },
  /** Sends a sealed referral to another unit. Idempotent by id. */
  'transfer.send': { request: saidTransferSchema, reply: nothing },
  /** Acknowledges a referral from another unit, or sends it back. Each counts once. */
  'transfer.answer': { request: z.strictObject({ id: entryIdSchema, ...saidAnswerSchema.shape }), reply: nothing },
  /** One word on what became of a report, for Crimestoppers. */
  'outcome.report': { request: outcomeReportSchema, reply: nothing },
  /**
   * The journal: what only this computer has, as sealed records that the host cannot open. Records after a number, some
   * megabytes of them, and where it ends.
   */
  'journal.read': {
    request: z.strictObject({ after: z.int().min(0) }),
    reply: z.strictObject({
      ...journalEnd,
      records: z.array(z.strictObject({ number: z.int().min(1), bytes: bytes(mostRecord) })),
      more: z.boolean(),
      /** Something in it was not as it was written: what could be read is among the records. */
      damaged: z.boolean(),
      /** There was a journal once, also where there is none now. */
      begun: z.boolean(),
      /** Who reads from the beginning writes from then on, and nobody who did before: what they sent last may come late. */
      writer: z.int().min(1),
    }),
  },
  /** Flushed to the disk when it answers. `first` is the number of the first record. All of them or none. */
  'journal.append': {
    request: z.strictObject({
      writer: z.int().min(1),
      first: z.int().min(1),
      records: z.array(bytes(mostRecord)).min(1).max(mostRecords),
    }),
    reply: z.strictObject(journalEnd),
  },
  /** Writes the journal anew with the named records alone: the others are settled. The next has a number above `end`. */
  'journal.settle': {
    request: z.strictObject({
      writer: z.int().min(1),
      keep: z.array(z.int().min(1)).max(100_000),
      end: z.int().min(0),
    }),
    reply: z.strictObject(journalEnd),
  },
  /**
   * Holds a sealed draft that found no room on the disk, in the host's memory, until it is released: it outlives the lock. One for
   * each key, the newest.
   */
  'draft.hold': { request: z.strictObject({ key: draftKey, box: bytes(mostRecord) }), reply: nothing },
  'draft.held': {
    request: nothing,
    reply: z.strictObject({ drafts: z.array(z.strictObject({ key: draftKey, box: bytes(mostRecord) })) }),
  },
  'draft.release': { request: z.strictObject({ key: draftKey }), reply: nothing },
  /** Bytes that are free where the profile is; null where that cannot be told. */
  'host.room': { request: nothing, reply: z.strictObject({ free: z.number().min(0).nullable() }) },
  /** Something was copied from the window: by its digest, never as text (shared/bridge/clipboard-digest.ts). */
  'clipboard.copied': { request: z.strictObject({ digest: digestSchema }), reply: nothing },
  /** Clears the clipboard if it still holds what was copied last. Not said whether it did: nobody may ask what is in it. */
  'clipboard.clear': { request: nothing, reply: nothing },
} as const;

export type Contract = typeof contract;
export type CallName = keyof Contract;
export type RequestOf<Name extends CallName> = z.input<Contract[Name]['request']>;
export type ReplyOf<Name extends CallName> = z.output<Contract[Name]['reply']>;
export const callNames = Object.keys(contract) as CallName[];

const param = z.union([z.string().max(500), z.number(), z.boolean(), z.array(z.string().max(100)).max(20)]);

/** Why a call failed; the window has the words. `offline`: nothing was sent, or it is not known whether it arrived. */
export const callFailureSchema = z.strictObject({
  code: z.string().max(60),
  params: z.record(z.string().max(60), param),
  /** Worth trying again later without changing anything. */
  retry: z.boolean(),
});
export type CallFailure = z.output<typeof callFailureSchema>;
export type CallResult<Name extends CallName> =
  | { ok: true; reply: ReplyOf<Name> }
  | { ok: false; failure: CallFailure };

/** What the host tells the window unasked. */
export const hostEventSchema = z.discriminatedUnion('type', [
  /** The system is suspending, or its screen was locked. */
  z.strictObject({ type: z.literal('lock') }),
  /** The unit's log has grown. A hint: the log itself is pulled and verified. */
  z.strictObject({ type: z.literal('logAdvanced'), position: z.int().min(0) }),
  /** Whether the stream of positions from the endpoint is open. */
  z.strictObject({ type: z.literal('connection'), online: z.boolean() }),
]);
export type HostEvent = z.output<typeof hostEventSchema>;

/** `window.probity`, the same in Electron and in the browser host. */
export interface Probity {
  call<Name extends CallName>(name: Name, request: RequestOf<Name>): Promise<CallResult<Name>>;
  /** Returns what ends the subscription. */
  subscribe(listener: (event: HostEvent) => void): () => void;
}

/** Why a host refuses a call by itself. What the endpoint refuses comes with a code of its own (`sync/problem.ts`). */
export const hostFailureCodes = [
  'attempts-damaged',
  'attempts-sealed-elsewhere',
  'blob-mismatch',
  'call-malformed',
  'certificate',
  'clipboard-unreachable',
  'code-malformed',
  'device-damaged',
  'device-sealed-elsewhere',
  'disk',
  'endpoint-address',
  'endpoint-error',
  'endpoint-key-changed',
  'enrolment-damaged',
  'enrolment-sealed-elsewhere',
  'foreign-sender',
  'host-defect',
  'host-restarted',
  'host-unreachable',
  'journal-moved',
  'journal-newer',
  'no-endpoint',
  'no-more-held',
  'not-a-workstation-code',
  'not-enrolled',
  'offline',
  'operator-key-changed',
  'other-endpoint',
  'other-unit',
  'redirect-refused',
  'reply-malformed',
  'reply-too-large',
  'slot-secret-missing',
  'slot-secrets-damaged',
  'slot-secrets-sealed-elsewhere',
  'too-many-slots',
  'unknown-call',
] as const;
export type HostFailureCode = (typeof hostFailureCodes)[number];
