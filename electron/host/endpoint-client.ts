import type { z } from 'zod';
import type { CallFailure } from '#shared/bridge/contract.ts';
import { mostSealedChunk } from '#shared/crypto/chunks.ts';
import { type Bytes, fromBytes, toBytes } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { Digest, EntryId, Position, UnitId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { directorySchema, enrolmentReplySchema } from '#shared/sync/enrolment.ts';
import type { Answer, ReportedOutcome, Transfer } from '#shared/sync/transfer.ts';
import { type Push, pageSchema, pushReplySchema } from '#shared/sync/wire.ts';
import { refuse } from './failures.ts';
import { type Caller, networkFailure, type Outgoing, readLimited, signedFetch } from './signed-fetch.ts';

/** Bytes of an answer and milliseconds for all of it: small answers, and those that carry entries or attachments. */
const small = { most: 256 * 1024, time: 20_000 };
const large = { most: 32 * 1024 * 1024, time: 120_000 };

const json = (value: unknown) => ({ type: 'application/json', bytes: toBytes(value) });

/**
 * The endpoint's routes that a workstation uses (docs/protocol.md). Every answer is measured and parsed before anyone
 * sees it; none is trusted further than that, for entries and heads prove themselves in the vault.
 */
export function createEndpointClient(caller: Caller) {
  async function send(
    outgoing: Omit<Outgoing, 'accept'>,
    { most, time }: typeof small,
    accept = 'application/json',
  ): Promise<Result<Bytes, CallFailure>> {
    const signal = AbortSignal.timeout(time);
    const response = await signedFetch(caller, { ...outgoing, accept }, signal);
    if (!response.ok) return response;
    try {
      const bytes = await readLimited(response.value, most);
      return bytes ? ok(bytes) : refuse('reply-too-large');
    } catch (error) {
      return networkFailure(signal.reason ?? error);
    }
  }

  async function ask<Schema extends z.ZodType>(
    schema: Schema,
    outgoing: Omit<Outgoing, 'accept'>,
    limits = small,
  ): Promise<Result<z.output<Schema>, CallFailure>> {
    const bytes = await send(outgoing, limits);
    if (!bytes.ok) return bytes;
    try {
      const reply = schema.safeParse(fromBytes(bytes.value));
      return reply.success ? ok(reply.data) : refuse('reply-malformed');
    } catch {
      return refuse('reply-malformed');
    }
  }

  const unitPath = (unit: UnitId, rest: string) => `/v1/units/${unit}/${rest}`;

  return {
    enrol: (code: string) =>
      ask(enrolmentReplySchema, { method: 'POST', path: '/v1/enrolments', body: json({ code }) }),

    publishKey: (unit: UnitId, statement: string) =>
      send({ method: 'PUT', path: unitPath(unit, 'sealing-key'), body: json({ statement }) }, small),

    pull: (unit: UnitId, after: Position, limit: number) =>
      ask(pageSchema, { method: 'GET', path: unitPath(unit, `entries?after=${after}&limit=${limit}`) }, large),

    push: (unit: UnitId, push: Push) =>
      ask(
        pushReplySchema,
        { method: 'POST', path: unitPath(unit, 'entries'), body: json(push) },
        { ...small, time: large.time },
      ),

    putBlob: (unit: UnitId, digest: Digest, bytes: Bytes) =>
      send(
        { method: 'PUT', path: unitPath(unit, `blobs/${digest}`), body: { type: 'application/octet-stream', bytes } },
        { ...small, time: large.time },
      ),

    async getBlob(unit: UnitId, digest: Digest): Promise<Result<Bytes, CallFailure>> {
      const limits = { most: mostSealedChunk, time: large.time };
      const outgoing = { method: 'GET', path: unitPath(unit, `blobs/${digest}`) } as const;
      const bytes = await send(outgoing, limits, 'application/octet-stream');
      if (bytes.ok && (await digestOf(bytes.value)) !== digest) return refuse('blob-mismatch');
      return bytes;
    },

    directory: () => ask(directorySchema, { method: 'GET', path: '/v1/directory' }, large),

    sendTransfer: (unit: UnitId, transfer: Transfer) =>
      send({ method: 'POST', path: unitPath(unit, 'transfers'), body: json(transfer) }, { ...small, time: large.time }),

    answerTransfer: (unit: UnitId, id: EntryId, answer: Answer) =>
      send(
        { method: 'POST', path: unitPath(unit, `transfers/${id}/answer`), body: json(answer) },
        { ...small, time: large.time },
      ),

    reportOutcome: (unit: UnitId, reference: string, outcome: ReportedOutcome) =>
      send({ method: 'PUT', path: unitPath(unit, `outcomes/${reference}`), body: json(outcome) }, small),

    /** The server-sent stream of new positions. The caller reads it, and ends it with `signal`. */
    openPositions: (unit: UnitId, signal: AbortSignal) =>
      signedFetch(caller, { method: 'GET', path: unitPath(unit, 'positions'), accept: 'text/event-stream' }, signal),
  };
}
export type EndpointClient = ReturnType<typeof createEndpointClient>;
