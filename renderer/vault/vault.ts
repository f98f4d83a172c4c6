import type { HostEvent } from '#shared/bridge/contract.ts';
import { fromBase64url } from '#shared/crypto/encoding.ts';
import { assessmentOf } from '#shared/domain/assessment/assessment-of.ts';
import { selectCopy } from '#shared/domain/assessment/sanitised-copies.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { err, ok } from '#shared/kernel/result.ts';
import { openAttachment } from './attachments.ts';
import { checkSignatures, toCaseView } from './case-view.ts';
import { selectMatches } from './cases/matches.ts';
import { discardDraft, loadDrafts, loadPreferences, planDiscard, saveDraft, savePreferences } from './drafts.ts';
import { execute } from './execute.ts';
import { found } from './founding.ts';
import type { Held } from './held.ts';
import { ask, HostFailure } from './host.ts';
import { judgePassphrase } from './keys/passphrase.ts';
import { type DeviceKeys, deriveLabelKey, openSlotRecord } from './keys/slots.ts';
import { confirmedCase } from './log/project-pending.ts';
import { verifyLog } from './log/verify-log.ts';
import { admit } from './members.ts';
import { sanitiseAttachment } from './sanitise/sanitise-attachment.ts';
import { startSession, type VaultParts, type VaultSession } from './session.ts';
import { listUnits } from './transfer/directory.ts';
import { transfersOf } from './transfer/transfers.ts';
import { unlockSlot } from './unlock.ts';
import type { Slot, Vault, VaultEvent } from './vault-api.ts';

/** Milliseconds after a case was handed over until its signatures are checked: the page comes first. */
const proofDelay = 50;

/** The vault and what its worker tells it of the host. */
export interface RunningVault extends Vault {
  onHostEvent(event: HostEvent): void;
}

/** One vault for the life of its worker. Locked until a slot opens; locking is ending the worker. */
export function createVault(parts: VaultParts): RunningVault {
  const { store, host, clock } = parts;
  const listeners: ((event: VaultEvent) => void)[] = [];
  const emit = (event: VaultEvent): void => {
    for (const listener of listeners) listener(event);
  };
  let session: VaultSession | null = null;
  let online = false;
  /** One unlock or founding at a time: two would be two writers. */
  let opening = false;
  let device: Promise<DeviceKeys> | null = null;

  const deviceKeys = (): Promise<DeviceKeys> => {
    device ??= ask(host, 'device.secret', {}).then(async ({ secret }) => {
      const deviceSecret = fromBase64url(secret);
      return { deviceSecret, labelKey: await deriveLabelKey(deviceSecret), kdf: parts.kdf };
    });
    device.catch(() => {
      device = null;
    });
    return device;
  };

  const prove = async (held: Held, id: StreamId, state: CaseState): Promise<void> => {
    if (await checkSignatures(held, id, state)) emit({ type: 'caseChanged', case: id });
  };

  const opened = (): VaultSession => {
    if (!session) throw new Error('The vault is locked.');
    return session;
  };

  return {
    async slots() {
      const { labelKey } = await deviceKeys();
      const rows = await store.all('slots');
      const slots = await Promise.all(
        rows.map(async (row): Promise<Slot | null> => {
          const record = await openSlotRecord(labelKey, row).catch(() => null);
          return record && { id: String(row.key), name: record.name, role: record.role, waitUntil: record.waitUntil };
        }),
      );
      return slots.filter((slot) => slot !== null).sort((a, b) => a.name.localeCompare(b.name, 'en-GB'));
    },
    judgePassphrase,
    async found(founder) {
      if (session || opening) return err('The vault is open, or being opened, already.');
      opening = true;
      try {
        const { enrolment } = await ask(host, 'host.describe', {});
        if (!enrolment?.unit) return err('This computer is not enrolled in a unit yet.');
        if (enrolment.unit.sealingKey) return err('This unit is founded already. Ask its supervisor to admit you.');
        if ((await store.count('slots')) > 0) return err('This computer has members already.');
        const unit = { ...enrolment, unit: enrolment.unit };
        return await found({ store, host, clock, enrolment: unit, device: await deviceKeys() }, founder);
      } catch (error) {
        if (error instanceof HostFailure) return err(error.failure.detail);
        throw error;
      } finally {
        opening = false;
      }
    },
    async unlock(slot, passphrase) {
      if (session || opening)
        return err({ code: 'host', detail: 'The vault is open, or being opened, already.', waitUntil: 0 });
      opening = true;
      try {
        const unlocked = await unlockSlot(store, clock, await deviceKeys(), slot, passphrase);
        if (!unlocked.ok) return unlocked;
        const { secrets, failedAttemptsBefore } = unlocked.value;
        session = await startSession(parts, slot, secrets, failedAttemptsBefore, () => online, emit);
        return ok({ member: secrets.member, unitName: session.unitName(), failedAttemptsBefore });
      } catch (error) {
        if (error instanceof HostFailure) return err({ code: 'host', detail: error.failure.detail, waitUntil: 0 });
        throw error;
      } finally {
        opening = false;
      }
    },
    async admit(member) {
      await opened().loaded;
      const slot = await admit(opened().held, member, await deviceKeys());
      opened().written();
      return slot;
    },
    queuePage: (query, offset, limit) => opened().queuePage(query, offset, limit),
    async queueCounts(query) {
      await opened().loaded;
      return opened().queue.counts(query);
    },
    async neighbours(query, id) {
      await opened().loaded;
      return opened().queue.neighbours(query, id);
    },
    async openCase(id) {
      await opened().loaded;
      const { held, queue } = opened();
      const state = held.projected.get(id) ?? (await confirmedCase(held, id));
      if (!state) return err('This case cannot be read on this computer. Its entries are safe in the log.');
      const view = toCaseView(held, queue, state);
      setTimeout(() => void prove(held, id, state), proofDelay);
      return view ? ok(view) : err('This case is not in the queue.');
    },
    async execute(command, draft) {
      await opened().loaded;
      // A copy that the window described could name chunks that are nowhere, and would hold up all that follows it.
      if (command.type === 'sanitiseAttachment') return err('A sanitised copy is made of the file, not recorded.');
      const { held } = opened();
      const outcome = await (draft === undefined
        ? execute(held, command)
        : execute(held, command, () => planDiscard(held, command.case, draft)));
      if (outcome.ok) opened().written();
      return outcome;
    },
    async openAttachment(id, index, which = 'original') {
      await opened().loaded;
      const { held } = opened();
      const state = held.projected.get(id) ?? (await confirmedCase(held, id));
      if (!state) return err('There is no such attachment.');
      const file =
        which === 'original' ? state.referral.attachments[index] : selectCopy(assessmentOf(state), index)?.copy;
      return file ? openAttachment(held, file) : err('There is no such attachment, or no copy of it yet.');
    },
    async sanitiseAttachment(id, index) {
      await opened().loaded;
      const outcome = await sanitiseAttachment(opened().held, parts.strip, id, index);
      if (outcome.ok) opened().written();
      return outcome;
    },
    async matches(id) {
      await opened().matchable();
      const { held } = opened();
      const state = await confirmedCase(held, id);
      return state ? selectMatches(held, state) : [];
    },
    saveDraft: (id, step, draft) => saveDraft(opened().held, id, step, draft),
    loadDrafts: (id) => loadDrafts(opened().held, id),
    discardDraft: (id, step) => discardDraft(opened().held, id, step),
    units: () => listUnits(opened().held),
    async transfers(id) {
      await opened().loaded;
      return transfersOf(opened().held, id);
    },
    preferences: () => loadPreferences(opened().held),
    savePreferences: (preferences) => savePreferences(opened().held, preferences),
    syncNow: () => opened().sync.exchangeNow(),
    async pauseIngest() {
      opened().sync.pause();
    },
    async verifyLog() {
      await opened().loaded;
      return verifyLog(opened().held);
    },
    async subscribe(listener) {
      listeners.push(listener);
      if (session) emit({ type: 'status', status: session.status() });
    },
    onHostEvent(event) {
      if (event.type === 'connection') online = event.online;
      session?.onHostEvent(event);
    },
  };
}
