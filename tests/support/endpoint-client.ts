/** A client of the endpoint for tests: signs each request, parses each reply. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { type Bytes, toBytes } from '#shared/crypto/encoding.ts';
import { generateSigningKey, importSigningKey, type SigningKey } from '#shared/crypto/signing.ts';
import { type Intake, type IntakeReply, intakeReplySchema } from '#shared/domain/report/intake.ts';
import type { Digest, UnitId } from '#shared/kernel/ids.ts';
import type { WireEntry } from '#shared/log/entry.ts';
import { type Seen, seenNothing } from '#shared/log/seen.ts';
import { type Directory, directoryReplySchema, directorySchema } from '#shared/sync/directory.ts';
import { enrolmentReplySchema } from '#shared/sync/enrolment.ts';
import { type Problem, problemSchema } from '#shared/sync/problem.ts';
import { type RequestToSign, signRequest } from '#shared/sync/request-token.ts';
import {
  cborType,
  formatPush,
  type Page,
  parsePage,
  parseRoster,
  pushReplySchema,
  type WireRoster,
} from '#shared/sync/wire.ts';

export type Method = RequestToSign['method'];

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Bytes;
}

/** The endpoint answered with a problem. */
export class EndpointProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
    this.problem = problem;
  }
}

export const noBody: Bytes = new Uint8Array(0);

export async function newDevice(): Promise<SigningKey> {
  const { author, pkcs8 } = await generateSigningKey();
  return importSigningKey(author, pkcs8);
}

/** What is served, as it was signed; null when there is none. */
export const signedDirectoryOf = async (url: string): Promise<string | null> =>
  directoryReplySchema.parse(await (await fetch(`${url}/v1/directory`)).json()).directory;

/** What it says, whoever signed it. */
export async function directoryOf(url: string): Promise<Directory> {
  const payload = (await signedDirectoryOf(url))?.split('.')[1] ?? '';
  return directorySchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
}

/** The JSON of a reply, or the problem that it is, thrown. */
function jsonOf<Schema extends z.ZodType>(reply: Reply, schema: Schema): z.output<Schema> {
  const json: unknown = JSON.parse(Buffer.from(reply.bytes).toString('utf8'));
  if (reply.status >= 400) throw new EndpointProblem(problemSchema.parse(json));
  return schema.parse(json);
}

export class EndpointClient {
  readonly url: string;
  readonly device: SigningKey;
  readonly #now: () => number;

  constructor(url: string, device: SigningKey, now: () => number = Date.now) {
    this.url = url;
    this.device = device;
    this.#now = now;
  }

  /** A new device, enrolled with the code. */
  static async enrolled(url: string, code: string, now?: () => number): Promise<EndpointClient> {
    const client = new EndpointClient(url, await newDevice(), now);
    await client.enrol(code);
    return client;
  }

  async sign(method: Method, path: string, body: Bytes = noBody): Promise<Record<string, string>> {
    const token = await signRequest(this.device, { method, path, body }, randomUUID(), this.#now());
    return { authorization: `Probity ${token}` };
  }

  /** Signs and sends. Bytes travel as bytes, anything else as JSON. */
  send(method: Method, path: string, body?: unknown): Promise<Reply> {
    if (body === undefined) return this.#fetch(method, path, noBody, {});
    if (body instanceof Uint8Array) return this.sendBytes(method, path, body as Bytes, 'application/octet-stream');
    return this.sendBytes(method, path, toBytes(body), 'application/json');
  }

  sendBytes(method: Method, path: string, body: Bytes, type: string): Promise<Reply> {
    return this.#fetch(method, path, body, { headers: { 'content-type': type }, body });
  }

  async #fetch(
    method: Method,
    path: string,
    signed: Bytes,
    { headers, ...init }: { headers?: Record<string, string>; body?: Bytes },
  ): Promise<Reply> {
    const authorised = { ...(await this.sign(method, path, signed)), ...headers };
    const response = await fetch(`${this.url}${path}`, { method, headers: authorised, ...init });
    return { status: response.status, headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) };
  }

  async enrol(code: string) {
    return jsonOf(await this.send('POST', '/v1/enrolments', { code }), enrolmentReplySchema);
  }

  async postReport(intake: Intake): Promise<string> {
    return (await this.handIn(intake)).reference;
  }

  async handIn(intake: Intake): Promise<IntakeReply> {
    return jsonOf(await this.send('POST', '/v1/reports', intake), intakeReplySchema);
  }

  /** @param seen the checkpoint that the reader says to have */
  async pull(unit: UnitId, after: number, limit?: number, seen: Seen = seenNothing): Promise<Page> {
    const query = new URLSearchParams({ after: String(after) });
    if (limit !== undefined) query.set('limit', String(limit));
    if (seen.size > 0) for (const [name, value] of Object.entries(seen)) query.set(name, String(value));
    const reply = await this.send('GET', `/v1/units/${unit}/entries?${query}`);
    const page = reply.headers.get('content-type') === cborType ? parsePage(reply.bytes) : null;
    return page ?? jsonOf(reply, problemSchema as never);
  }

  async push(unit: UnitId, entries: readonly WireEntry[]) {
    return jsonOf(await this.tryPush(unit, entries), pushReplySchema).accepted;
  }

  /** The reply as it is, also when it is a problem. */
  tryPush(unit: UnitId, entries: readonly WireEntry[]): Promise<Reply> {
    const body = formatPush({ entries: [...entries] });
    return this.sendBytes('POST', `/v1/units/${unit}/entries`, body, cborType);
  }

  /** @param at as of the checkpoint of that size */
  async roster(unit: UnitId, at?: number): Promise<WireRoster> {
    const reply = await this.send('GET', `/v1/units/${unit}/roster${at === undefined ? '' : `?at=${at}`}`);
    const roster = reply.headers.get('content-type') === cborType ? parseRoster(reply.bytes) : null;
    return roster ?? jsonOf(reply, problemSchema as never);
  }

  async putBlob(unit: UnitId, digest: Digest, bytes: Bytes): Promise<void> {
    expectNoContent(await this.send('PUT', `/v1/units/${unit}/blobs/${digest}`, bytes));
  }

  async getBlob(unit: UnitId, digest: Digest): Promise<Bytes> {
    const reply = await this.send('GET', `/v1/units/${unit}/blobs/${digest}`);
    return reply.status === 200 ? reply.bytes : jsonOf(reply, problemSchema as never);
  }
}

function expectNoContent(reply: Reply): void {
  if (reply.status !== 204) jsonOf(reply, problemSchema);
}
