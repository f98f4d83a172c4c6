import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { refuse } from '../codes.ts';
import type { Entrance } from '../entrance.ts';
import { warning } from '../findings.ts';
import { found as foundUnitHere } from '../founding.ts';
import { ask, HostFailure, noticeOf } from '../host.ts';
import { judgePassphrase } from '../keys/passphrase.ts';
import { openSlotRecord } from '../keys/slots.ts';
import { readUnitLabel } from '../keys/unit-label.ts';
import { saidOf } from '../store/reconcile.ts';
import { StoreNewer } from '../store/store.ts';
import { unlockSlot } from '../unlock.ts';
import type { Founder, IntegrityWarning, Session, Slot, Slots, UnlockFailure } from '../vault-api.ts';
import { lockedCall, type Nothing } from './define-call.ts';

/** Every slot here; null in place of the record of one that is damaged. */
async function openSlotRecords({ parts: { store }, deviceKeys }: Entrance) {
  const { labelKey } = await deviceKeys();
  const rows = await store.all('slots');
  return Promise.all(
    rows.map(async (row) => ({
      id: String(row.key),
      record: await openSlotRecord(labelKey, row).catch(() => null),
    })),
  );
}

/** The members who have a key on this workstation, and their unit. */
export const listSlots = lockedCall('slots.list', async (entrance, _: Nothing): Promise<Slots> => {
  const { waits } = await ask(entrance.parts.host, 'attempt.waits', {});
  const waitOf = new Map(waits.map(({ slot, wait }) => [slot, wait]));
  const slots = (await openSlotRecords(entrance)).flatMap(({ id, record }): Slot[] =>
    record ? [{ id, name: record.name, role: record.role, wait: waitOf.get(id) ?? 0 }] : [],
  );
  const { labelKey } = await entrance.deviceKeys();
  return {
    unit: await readUnitLabel(entrance.parts.store, labelKey),
    slots: slots.sort((a, b) => a.name.localeCompare(b.name, 'en-GB')),
  };
});

/** What was found as this computer's store was opened, and was put right; slots that are damaged; and whether a draft is not on the disk. */
export const storeFindings = lockedCall(
  'store.findings',
  async (entrance, _: Nothing): Promise<readonly IntegrityWarning[]> => {
    const { found, host, store } = entrance.parts;
    const warnings: IntegrityWarning[] = [];
    for (const each of saidOf(found)) warnings.push(warning(each, null));
    const count = (await openSlotRecords(entrance)).filter(({ record }) => record === null).length;
    if (count > 0) warnings.push(warning('slot-row', null, { count }));
    await store.tried;
    const { drafts } = await ask(host, 'draft.held', {});
    if (drafts.length > 0) warnings.push(warning('draft-held', null));
    return warnings;
  },
);

/** @param personal - what a passphrase must not be made of: names */
export const judge = lockedCall(
  'passphrase.judge',
  async (_, { passphrase, personal }: { readonly passphrase: string; readonly personal: readonly string[] }) =>
    judgePassphrase(passphrase, personal),
);

/** First run on an enrolled, unfounded unit: makes the unit's keys and the first member, a supervisor. */
export const foundUnit = lockedCall(
  'unit.found',
  async ({ parts, deviceKeys, alone }, founder: Founder): Promise<Result<Slot, Refusal>> => {
    const founded = await alone(async () => {
      try {
        const { enrolment } = await ask(parts.host, 'host.describe', {});
        if (!enrolment?.unit) return err(refuse('not-enrolled-in-unit'));
        if (enrolment.unit.founded) return err(refuse('unit-founded-already'));
        if ((await parts.store.count('slots')) > 0) return err(refuse('members-already'));
        const founding = { enrolment: { ...enrolment, unit: enrolment.unit }, device: await deviceKeys() };
        return await foundUnitHere({ ...parts, ...founding }, founder);
      } catch (error) {
        if (error instanceof HostFailure) return err(noticeOf(error));
        throw error;
      }
    });
    return founded ?? err(refuse('vault-open-already'));
  },
);

export const unlock = lockedCall(
  'slot.unlock',
  async (
    { parts, deviceKeys, alone, open },
    { slot, passphrase }: { readonly slot: string; readonly passphrase: string },
  ): Promise<Result<Session, UnlockFailure>> => {
    const unlocked = await alone(async () => {
      try {
        const secrets = await unlockSlot(parts, await deviceKeys(), slot, passphrase);
        if (!secrets.ok) return secrets;
        const { failedAttemptsBefore } = secrets.value;
        const session = await open(slot, secrets.value.secrets, failedAttemptsBefore);
        const { member } = secrets.value.secrets;
        return ok({ member, unitName: session.unitName(), failedAttemptsBefore });
      } catch (error) {
        if (error instanceof HostFailure) return err({ ...noticeOf(error), wait: 0 });
        if (error instanceof StoreNewer) return err({ code: 'store-newer', params: {}, wait: 0 });
        throw error;
      }
    });
    return unlocked ?? err({ code: 'vault-open-already', params: {}, wait: 0 });
  },
);
