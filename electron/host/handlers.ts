import type { z } from 'zod';
import type { CallFailure, CallName, Contract } from '#shared/bridge/contract.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Attempts } from './attempts.ts';
import type { ClipboardGuard } from './clipboard-guard.ts';
import { refuse } from './failures.ts';
import type { HeldDrafts } from './held-drafts.ts';
import type { Journal } from './journal.ts';
import type { LockWatch } from './lock-watch.ts';
import type { SlotSecrets } from './slot-secrets.ts';
import type { Connection, Workstation } from './workstation.ts';

type Request<Name extends CallName> = z.output<Contract[Name]['request']>;
type Reply<Name extends CallName> = z.input<Contract[Name]['reply']>;

/** One handler a call: a call without one does not compile. */
export type Handlers = {
  readonly [Name in CallName]: (request: Request<Name>) => Promise<Result<Readonly<Reply<Name>>, CallFailure>>;
};

/** What the host keeps on this computer for the vault. */
interface Kept {
  readonly journal: Journal;
  readonly attempts: Attempts;
  readonly slotSecrets: SlotSecrets;
  readonly drafts: HeldDrafts;
  /** Bytes that are free where the profile is; null where that cannot be told. */
  room(): Promise<number | null>;
  readonly lockWatch: LockWatch;
}

export function createHandlers(
  workstation: Workstation,
  { journal, attempts, slotSecrets, drafts, room, lockWatch }: Kept,
  clipboard: ClipboardGuard | null,
): Handlers {
  async function connected<Value>(
    use: (connection: Connection) => Promise<Result<Value, CallFailure>>,
  ): Promise<Result<Value, CallFailure>> {
    const connection = await workstation.connect();
    return connection.ok ? use(connection.value) : connection;
  }

  return {
    'host.describe': () => workstation.describe(),

    'window.locked': async () => ok({ notice: lockWatch.locked() }),

    'device.secret': async () => {
      const device = await workstation.device();
      return device.ok ? ok({ secret: device.value.secret }) : device;
    },

    'slot.begin': (of) => slotSecrets.begin(of),

    'slot.secret': (of) => slotSecrets.secret(of),

    'slot.settle': (of) => slotSecrets.settle(of),

    'attempt.waits': () => attempts.waits(),

    'attempt.begin': ({ slot }) => {
      lockWatch.trying();
      return attempts.begin(slot);
    },

    'attempt.opened': ({ slot }) => {
      lockWatch.opened();
      return attempts.opened(slot);
    },

    'device.enrol': (request) => workstation.enrol(request),

    'log.pull': ({ after, seen, limit }) =>
      connected(async ({ client, unit }) => {
        const page = await client.pull(unit, after, seen, limit);
        return page.ok ? ok({ page: page.value }) : page;
      }),

    'log.push': ({ push }) => connected(({ client, unit }) => client.push(unit, push)),

    'blob.get': ({ digest }) =>
      connected(async ({ client, unit }) => {
        const bytes = await client.getBlob(unit, digest);
        return bytes.ok ? ok({ bytes: bytes.value }) : bytes;
      }),

    'blob.put': ({ digest, bytes }) =>
      connected(async ({ client, unit }) => done(await client.putBlob(unit, digest, bytes))),

    'directory.get': () => connected(({ client }) => client.directory()),

    'unit.roster': ({ unit, at }) =>
      connected(async ({ client }) => {
        const roster = await client.roster(unit, at);
        return roster.ok ? ok({ roster: roster.value }) : roster;
      }),

    'transfer.send': (transfer) =>
      connected(async ({ client, unit }) => done(await client.sendTransfer(unit, transfer))),

    'transfer.answer': ({ id, ...answer }) =>
      connected(async ({ client, unit }) => done(await client.answerTransfer(unit, id, answer))),

    'outcome.report': ({ reference, ...outcome }) =>
      connected(async ({ client, unit }) => done(await client.reportOutcome(unit, reference, outcome))),

    'journal.read': ({ after }) => journal.read(after),

    'journal.append': ({ writer, first, records }) => journal.append(writer, first, records),

    'journal.settle': ({ writer, keep, end }) => journal.settle(writer, keep, end),

    'draft.hold': async ({ key, box }) => drafts.hold(key, box),

    'draft.held': async () => ok(drafts.held()),

    'draft.release': async ({ key }) => {
      drafts.release(key);
      return ok({});
    },

    'host.room': async () => ok({ free: await room() }),

    'clipboard.copied': async ({ digest }) => {
      if (!clipboard) return refuse('clipboard-unreachable');
      clipboard.note(digest);
      return ok({});
    },

    'clipboard.clear': async () => {
      if (!clipboard) return refuse('clipboard-unreachable');
      await clipboard.clear();
      return ok({});
    },
  };
}

/** Of a call whose answer has nothing in it. */
const done = (result: Result<unknown, CallFailure>): Result<Record<string, never>, CallFailure> =>
  result.ok ? ok({}) : result;
