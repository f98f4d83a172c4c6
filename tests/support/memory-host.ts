import type { CallName, CallResult, HostEvent, HostFailureCode, Probity } from '#shared/bridge/contract.ts';
import { randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import type { ProblemCode } from '#shared/sync/problem.ts';
import { createMemoryDrafts, type MemoryDrafts } from './memory-drafts.ts';
import type { MemoryEndpoint } from './memory-endpoint.ts';
import { createMemoryJournal, type MemoryJournal } from './memory-journal.ts';
import { createMemorySlotCalls, isSlotCall } from './memory-slot-calls.ts';

export const demoMembers = [
  { name: 'Morgan Hale', role: 'supervisor', passphrase: 'copper lantern drifts north' },
  { name: 'Asha Venn', role: 'analyst', passphrase: 'quiet harbour seven maps' },
  { name: 'Ben Okafor', role: 'analyst', passphrase: 'velvet orchard under rain' },
] as const;

interface Options {
  readonly demo?: boolean;
  readonly enrolled?: boolean;
  /** Address of the endpoint, where one is set. */
  readonly address?: string | null;
  /** What enrolment is refused with. */
  readonly refusal?: ProblemCode;
  /** Of the device, base64url. */
  readonly secret?: string;
}

type Call = (name: CallName, request: unknown) => Promise<CallResult<CallName>>;

export interface MemoryHost extends Probity {
  /** Of its computer. */
  journal: MemoryJournal;
  /** Of its process: what found no room on the disk. */
  drafts: MemoryDrafts;
  /** Bytes that are free on its disk. */
  room: number;
  /** What was called so far. */
  readonly calls: CallName[];
  /** Answers in place of the host: a slow one, a broken one. Null again to end it. @param carryOn the host's own answer */
  instead: ((name: CallName, request: unknown, carryOn: Call) => ReturnType<Call>) | null;
  emit(event: HostEvent): void;
  /** The network is gone: nothing reaches the endpoint. */
  goOffline(): void;
  goOnline(): void;
}

const failed = (code: HostFailureCode | ProblemCode): CallResult<never> => ({
  ok: false,
  failure: { code, params: {}, retry: code === 'offline' },
});

const done: CallResult<'clipboard.clear'> = { ok: true, reply: {} };

/** The host of one workstation in memory: what belongs to its machine is answered here, the rest by the endpoint. */
export function createMemoryHost(endpoint: MemoryEndpoint, options: Options = {}): MemoryHost {
  const { demo = true, address = null, refusal, secret = toBase64url(randomBytes(32)) } = options;
  const listeners = new Set<(event: HostEvent) => void>();
  const ofSlots = createMemorySlotCalls(secret);
  let { enrolled = true } = options;
  let online = true;
  const remote = endpoint.host(() => (online ? 'fair' : 'requestLost'));

  const describe = async (): Promise<CallResult<'host.describe'>> => {
    const described = await remote.call('host.describe', {});
    if (!described.ok) return described;
    const { enrolment } = described.reply;
    const offered = demo ? { code: 'DEMO1234', members: [...demoMembers], isNew: false } : null;
    return {
      ok: true,
      reply: {
        kind: 'browser',
        version: '0.1.0',
        endpoint: address,
        enrolment: enrolled ? enrolment : null,
        demo: offered,
      },
    };
  };
  const enrol = async (): Promise<CallResult<'device.enrol'>> => {
    if (refusal) return failed(refusal);
    enrolled = true;
    const described = await describe();
    if (!described.ok || !described.reply.enrolment) return failed('not-found');
    return { ok: true, reply: described.reply.enrolment };
  };
  const answer: Call = async (name, request) => {
    if (isSlotCall(name)) return ofSlots(name, request);
    switch (name) {
      case 'host.describe':
        return describe();
      case 'device.enrol':
        return enrol();
      case 'window.locked':
        return { ok: true, reply: { notice: null } };
      case 'device.secret':
        return { ok: true, reply: { secret } };
      case 'journal.read':
      case 'journal.append':
      case 'journal.settle':
        return host.journal.call(name, request);
      case 'draft.hold':
      case 'draft.held':
      case 'draft.release':
        return host.drafts.call(name, request);
      case 'host.room':
        return { ok: true, reply: { free: host.room } };
      case 'clipboard.copied':
      case 'clipboard.clear':
        return done;
      default: {
        const result = await remote.call(name, request as never);
        return online ? result : failed('offline');
      }
    }
  };
  const host: MemoryHost = {
    journal: createMemoryJournal(),
    drafts: createMemoryDrafts(),
    room: 1e12,
    calls: [],
    instead: null,
    call: (async (name: CallName, request: unknown) => {
      host.calls.push(name);
      return host.instead ? host.instead(name, request, answer) : answer(name, request);
    }) as Probity['call'],
    subscribe(listener) {
      listeners.add(listener);
      listener({ type: 'connection', online });
      return () => listeners.delete(listener);
    },
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    goOffline() {
      online = false;
      host.emit({ type: 'connection', online });
    },
    goOnline() {
      online = true;
      host.emit({ type: 'connection', online });
    },
  };
  return host;
}
