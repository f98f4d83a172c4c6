/**
 * The desktop side of the bridge, without Electron: device key, enrolment, journal, endpoint. It carries sealed bytes only,
 * knows nothing of cases, and never sees a member's key.
 */
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { type CallFailure, type CallName, type CallResult, contract } from '#shared/bridge/contract.ts';
import { createEventRelay, type HostListener } from '#shared/bridge/event-relay.ts';
import type { Result } from '#shared/kernel/result.ts';
import { attemptsSchema, createAttempts } from './attempts.ts';
import type { ClipboardGuard } from './clipboard-guard.ts';
import { refuse } from './failures.ts';
import { createHandlers } from './handlers.ts';
import { createHeldDrafts } from './held-drafts.ts';
import { openJournal } from './journal.ts';
import { createLockWatch, type LockWatch } from './lock-watch.ts';
import { followPositions, type PositionStream } from './position-stream.ts';
import { sealedFile } from './sealed-file.ts';
import { createSlotSecrets, slotSecretsSchema } from './slot-secrets.ts';
import { createWorkstation, type WorkstationOptions } from './workstation.ts';

export interface Host {
  /** Parses, does and answers one call of the bridge. Never throws, whatever `name` and `request` are. */
  handle(name: unknown, request: unknown): Promise<CallResult<CallName>>;
  subscribe(listener: HostListener): () => void;
  close(): void;
}

export interface HostOptions extends WorkstationOptions {
  /** Null where the host does not reach the system's clipboard. */
  readonly clipboard: ClipboardGuard | null;
  /** Where the host has a window of its own to look after. */
  readonly lockWatch?: LockWatch;
  /** Milliseconds of a clock that nobody sets; the system's without it. */
  readonly monotonic?: () => number;
  /** Bytes that are free for the profile, null where nobody can tell; as the system says without it. */
  readonly room?: () => Promise<number | null>;
}

export function createHost(options: HostOptions): Host {
  const workstation = createWorkstation(options);
  const journal = openJournal(options.profile);
  const counted = sealedFile(join(options.profile, 'attempts.json'), attemptsSchema, options.secrets);
  const attempts = createAttempts(counted, options.monotonic ?? (() => performance.now()));
  const ofSlots = sealedFile(join(options.profile, 'slot-secrets.json'), slotSecretsSchema, options.secrets);
  const slotSecrets = createSlotSecrets(ofSlots);
  const drafts = createHeldDrafts();
  const room = options.room ?? (() => roomAt(options.profile));
  const lockWatch = options.lockWatch ?? createLockWatch();
  const kept = { journal, attempts, slotSecrets, drafts, room, lockWatch };
  const handlers = createHandlers(workstation, kept, options.clipboard);
  const relay = createEventRelay();
  let positions: PositionStream | null = null;
  let listened = false;
  let closed = false;

  /** Follows the unit's log once somebody listens and the workstation is enrolled. */
  async function follow(): Promise<void> {
    const connection = listened ? await workstation.connect() : null;
    if (closed || positions || !connection?.ok) return;
    const { client, unit } = connection.value;
    const open = (signal: AbortSignal) => client.openPositions(unit, signal);
    positions = followPositions({ open, publish: relay.publish, random: Math.random });
  }

  async function answer(name: CallName, request: unknown): Promise<Result<unknown, CallFailure>> {
    const parsed = contract[name].request.safeParse(request);
    if (!parsed.success) return refuse('call-malformed', { params: { fields: fieldsOf(parsed.error) } });
    const handler = handlers[name] as (request: unknown) => Promise<Result<unknown, CallFailure>>;
    const result = await handler(parsed.data);
    if (!result.ok) return result;
    if (name === 'device.enrol') void follow().catch(() => undefined);
    // What just worked shows that the endpoint can be reached again.
    if (networked.has(name)) positions?.nudge();
    const reply = contract[name].reply.safeParse(result.value);
    return reply.success ? { ok: true, value: reply.data } : refuse('reply-malformed');
  }

  return {
    async handle(name, request) {
      if (!isCallName(name)) return resultOf(refuse('unknown-call'));
      return resultOf(await answer(name, request).catch(failureOf));
    },
    subscribe(listener) {
      listened = true;
      // A damaged file shows in the calls that need it.
      void follow().catch(() => undefined);
      return relay.subscribe(listener);
    },
    close() {
      closed = true;
      positions?.close();
      void journal.close().catch(() => undefined);
    },
  };
}

const networked: ReadonlySet<CallName> = new Set([
  'log.pull',
  'log.push',
  'blob.get',
  'blob.put',
  'directory.get',
  'unit.roster',
  'transfer.send',
  'transfer.answer',
  'outcome.report',
]);

const isCallName = (name: unknown): name is CallName => typeof name === 'string' && Object.hasOwn(contract, name);

const fieldsOf = (error: z.ZodError): string[] =>
  error.issues.slice(0, 5).map(({ path }) => path.join('.').slice(0, 60) || 'the whole');

const resultOf = (result: Result<unknown, CallFailure>): CallResult<CallName> =>
  result.ok ? ({ ok: true, reply: result.value } as CallResult<CallName>) : { ok: false, failure: result.error };

/** What was thrown: the disk's doing, which a person can mend, or a defect. */
function failureOf(error: unknown) {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code && syscall) {
    return refuse('disk', { params: { error: code } });
  }
  return refuse('host-defect');
}

/** Some file systems, as of networks, do not tell. */
const roomAt = (folder: string): Promise<number | null> =>
  statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );
