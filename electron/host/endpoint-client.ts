import type { z } from 'zod';
import type { CallFailure } from '#shared/bridge/contract.ts';
import { mostSealedChunk } from '#shared/crypto/chunks.ts';
import { type Bytes, fromBytes, toBytes } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { Digest, EntryId, Position, UnitId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Seen } from '#shared/log/seen.ts';
import { directoryReplySchema } from '#shared/sync/directory.ts';
import { enrolmentReplySchema } from '#shared/sync/enrolment.ts';
import type { SaidAnswer, SaidOutcome, SaidTransfer } from '#shared/sync/transfer.ts';
import { cborType, mostPageMessage, mostRosterMessage, pushReplySchema } from '#shared/sync/wire.ts';
import { refuse } from './failures.ts';
import { type Caller, networkFailure, type Outgoing, readLimited, signedFetch } from './signed-fetch.ts';

/** Bytes of an answer and milliseconds for all of it: small answers, and those that carry much or are asked with much. */
const small = { most: 256 * 1024, time: 20_000 };
const large = { most: mostPageMessage, time: 120_000 };

const jsonType = 'application/json';
const bytesType = 'application/octet-stream';
const json = (value: unknown) => ({ type: jsonType, bytes: toBytes(value) });

const typeOf = ({ headers }: Response): string => headers.get('content-type')?.split(';')[0]?.trim() ?? '';

/**
 * The endpoint's routes that a workstation uses (docs/protocol.md). Every answer is measured before anyone sees it, and
 * parsed, but for pages, rosters and blobs: those are bytes here, and prove themselves in the vault. None is trusted further.
 */
export function createEndpointClient(caller: Caller) {
  async function send(
    outgoing: Omit<Outgoing, 'accept'>,
    { most, time }: typeof small,
    accept = jsonType,
  ): Promise<Result<Bytes, CallFailure>> {
    const signal = AbortSignal.timeout(time);
    const response = await signedFetch(caller, { ...outgoing, accept }, signal);
    if (!response.ok) return response;
    try {
      // Whether an answer is JSON shows when it is parsed. What is passed on as it came is told by its type alone.
      if (accept !== jsonType && typeOf(response.value) !== accept) {
        await response.value.body?.cancel();
        return refuse('reply-malformed');
      }
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

    pull: (unit: UnitId, after: Position, seen: Seen, limit: number) => {
      const checkpoint = seen.size > 0 ? Object.entries(seen).map(([name, value]) => [name, String(value)]) : [];
      const query = new URLSearchParams([['after', String(after)], ['limit', String(limit)], ...checkpoint]);
      return send({ method: 'GET', path: unitPath(unit, `entries?${query}`) }, large, cborType);
    },

    push: (unit: UnitId, push: Bytes) =>
      ask(
        pushReplySchema,
        { method: 'POST', path: unitPath(unit, 'entries'), body: { type: cborType, bytes: push } },
        { ...small, time: large.time },
      ),

    putBlob: (unit: UnitId, digest: Digest, bytes: Bytes) =>
      send(
        { method: 'PUT', path: unitPath(unit, `blobs/${digest}`), body: { type: bytesType, bytes } },
        { ...small, time: large.time },
      ),

    async getBlob(unit: UnitId, digest: Digest): Promise<Result<Bytes, CallFailure>> {
      const limits = { most: mostSealedChunk, time: large.time };
      const outgoing = { method: 'GET', path: unitPath(unit, `blobs/${digest}`) } as const;
      const bytes = await send(outgoing, limits, bytesType);
      if (bytes.ok && (await digestOf(bytes.value)) !== digest) return refuse('blob-mismatch');
      return bytes;
    },

    directory: () => ask(directoryReplySchema, { method: 'GET', path: '/v1/directory' }, large),

    /** Of any unit. */
    roster: (unit: UnitId, at: Position | null) =>
      send(
        { method: 'GET', path: unitPath(unit, at === null ? 'roster' : `roster?at=${at}`) },
        { ...large, most: mostRosterMessage },
        cborType,
      ),

    sendTransfer: (unit: UnitId, transfer: SaidTransfer) =>
      send({ method: 'POST', path: unitPath(unit, 'transfers'), body: json(transfer) }, { ...small, time: large.time }),

    answerTransfer: (unit: UnitId, id: EntryId, answer: SaidAnswer) =>
      send(
        { method: 'POST', path: unitPath(unit, `transfers/${id}/answer`), body: json(answer) },
        { ...small, time: large.time },
      ),

    reportOutcome: (unit: UnitId, reference: string, outcome: SaidOutcome) =>
      send({ method: 'PUT', path: unitPath(unit, `outcomes/${reference}`), body: json(outcome) }, small),

    /** The server-sent stream of new positions. The caller reads it, and ends it with `signal`. */
    openPositions: (unit: UnitId, signal: AbortSignal) =>
      signedFetch(caller, { method: 'GET', path: unitPath(unit, 'positions'), accept: 'text/event-stream' }, signal),
  };
}
export type EndpointClient = ReturnType<typeof createEndpointClient>;
