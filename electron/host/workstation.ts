import { join } from 'node:path';
import PQueue from 'p-queue';
import { z } from 'zod';
import type { CallFailure, DemoMember, ReplyOf, RequestOf } from '#shared/bridge/contract.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { type EnrolmentReply, enrolmentCodeSchema, enrolmentReplySchema } from '#shared/sync/enrolment.ts';
import { deviceStore } from './device.ts';
import { createEndpointClient, type EndpointClient } from './endpoint-client.ts';
import { refuse } from './failures.ts';
import { type SecretStore, sealedFile } from './sealed-file.ts';
import type { Fetch } from './signed-fetch.ts';

const badAddress = (why: 'none' | 'not-secure' | 'more-than-host') => refuse('endpoint-address', { params: { why } });

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The origin of an endpoint: `https://host[:port]`, or http on this computer itself. No path, because requests are
 * signed with the path that they travel under, and no user name or query, which would end up in logs.
 */
export function parseEndpointAddress(address: string): Result<string, CallFailure> {
  const url = URL.parse(address);
  if (!url) return badAddress('none');
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname));
  if (!secure) return badAddress('not-secure');
  if (`${url.origin}/` !== url.href) return badAddress('more-than-host');
  return ok(url.origin);
}

const enrolmentSchema = z.strictObject({
  /** Origin of the endpoint. */
  endpoint: z.string().max(300),
  /** With the keys of the endpoint and of its operator, pinned: what any other signed is not believed. */
  reply: enrolmentReplySchema,
});
export type StoredEnrolment = z.output<typeof enrolmentSchema>;

/** Which unit this workstation belongs to, and where its endpoint is: `enrolment.json`. */
const enrolmentStore = (profile: string, secrets: SecretStore) =>
  sealedFile<StoredEnrolment>(join(profile, 'enrolment.json'), enrolmentSchema, secrets);

export interface WorkstationOptions {
  /** Folder of device.json and enrolment.json. */
  readonly profile: string;
  readonly secrets: SecretStore;
  /** Address that was set at start; it goes before the one enrolled with, whose key stays pinned all the same. */
  readonly endpoint: string | null;
  readonly demo: { readonly code: string; readonly members: readonly DemoMember[]; readonly isNew: boolean } | null;
  readonly version: string;
  readonly kind: 'electron' | 'browser';
  /** Milliseconds. */
  readonly now: () => number;
  readonly fetch: Fetch;
}

/** An enrolled workstation's way to its unit's endpoint. */
export interface Connection {
  readonly client: EndpointClient;
  readonly unit: UnitId;
}

/** Who this computer is, which unit it belongs to, and how to reach that unit's endpoint. */
export function createWorkstation(options: WorkstationOptions) {
  const device = deviceStore(options.profile, options.secrets);
  const enrolments = enrolmentStore(options.profile, options.secrets);
  let connection: Promise<Result<Connection, CallFailure>> | null = null;
  /** One at a time: an answer that was held back must not replace an enrolment that was made meanwhile. */
  const enrolling = new PQueue({ concurrency: 1 });

  async function clientFor(address: string): Promise<Result<{ origin: string; client: EndpointClient }, CallFailure>> {
    const origin = parseEndpointAddress(address);
    if (!origin.ok) return origin;
    const own = await device();
    if (!own.ok) return own;
    const caller = { origin: origin.value, key: own.value.key, fetch: options.fetch, now: options.now };
    return ok({ origin: origin.value, client: createEndpointClient(caller) });
  }

  async function openConnection(): Promise<Result<Connection, CallFailure>> {
    const stored = await enrolments.read();
    if (!stored.ok) return stored;
    if (!stored.value?.reply.unit) return refuse('not-enrolled');
    const made = await clientFor(options.endpoint ?? stored.value.endpoint);
    return made.ok ? ok({ client: made.value.client, unit: stored.value.reply.unit.id }) : made;
  }

  async function connect(): Promise<Result<Connection, CallFailure>> {
    connection ??= openConnection();
    const current = connection;
    const opened = await current.catch((error: unknown) => {
      if (connection === current) connection = null;
      throw error;
    });
    if (!opened.ok && connection === current) connection = null;
    return opened;
  }

  async function store(endpoint: string, reply: EnrolmentReply) {
    await enrolments.write({ endpoint, reply });
    connection = null;
  }

  async function enrol(request: RequestOf<'device.enrol'>): Promise<Result<EnrolmentReply, CallFailure>> {
    const code = enrolmentCodeSchema.safeParse(request.code);
    if (!code.success) return refuse('code-malformed');
    const stored = await enrolments.read();
    if (!stored.ok) return stored;
    const address = chooseAddress(request.endpoint, options.endpoint ?? stored.value?.endpoint ?? null);
    if (!address.ok) return address;
    const made = await clientFor(address.value);
    if (!made.ok) return made;
    const reply = await made.value.client.enrol(code.data);
    if (!reply.ok) return reply;
    const fits = checkEnrolment(reply.value, stored.value);
    if (fits.ok) await store(stored.value?.endpoint ?? made.value.origin, fits.value);
    return fits;
  }

  return {
    device,
    connect,

    async describe(): Promise<Result<ReplyOf<'host.describe'>, CallFailure>> {
      const stored = await enrolments.read();
      if (!stored.ok) return stored;
      const { kind, version, demo } = options;
      return ok({
        kind,
        version,
        endpoint: options.endpoint ?? stored.value?.endpoint ?? null,
        enrolment: stored.value?.reply ?? null,
        demo: demo && { ...demo, members: [...demo.members] },
      });
    },

    enrol: (request: RequestOf<'device.enrol'>): Promise<Result<EnrolmentReply, CallFailure>> =>
      enrolling.add(() => enrol(request)),
  };
}
export type Workstation = ReturnType<typeof createWorkstation>;

/**
 * The window may choose an address only while there is none: a workstation that was given one, or is enrolled, sends
 * nothing anywhere else, whatever runs in its window.
 */
function chooseAddress(asked: string | null, fixed: string | null): Result<string, CallFailure> {
  if (asked === null || fixed === null) {
    const address = asked ?? fixed;
    return address === null ? refuse('no-endpoint') : ok(address);
  }
  const [wanted, own] = [parseEndpointAddress(asked), parseEndpointAddress(fixed)];
  if (!wanted.ok || !own.ok) return wanted.ok ? own : wanted;
  return wanted.value === own.value ? own : refuse('other-endpoint', { params: { own: own.value } });
}

/** The first enrolment pins the keys of the endpoint and of its operator, and the unit; every later one must agree with it. */
function checkEnrolment(reply: EnrolmentReply, stored: StoredEnrolment | null): Result<EnrolmentReply, CallFailure> {
  if (reply.purpose !== 'workstation' || !reply.unit) return refuse('not-a-workstation-code');
  if (!stored) return ok(reply);
  const { endpointKey, checkpointKey, operatorKey } = stored.reply;
  if (endpointKey !== reply.endpointKey || checkpointKey !== reply.checkpointKey) return refuse('endpoint-key-changed');
  if (operatorKey !== reply.operatorKey) return refuse('operator-key-changed');
  if (stored.reply.unit?.id !== reply.unit.id) return refuse('other-unit');
  return ok(reply);
}
