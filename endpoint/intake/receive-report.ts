import { v7 } from 'uuid';
import type { Referral } from '#shared/domain/case/case-events.ts';
import { toEnvelope } from '#shared/domain/events.ts';
import type { Intake } from '#shared/domain/report/intake.ts';
import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import { sealToPublicKey } from '#shared/log/body.ts';
import { createEntry, type Entry, hashEntry, parseEntry } from '#shared/log/entry.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import type { LockedUnit, Unit } from '../storage/storage.ts';
import type { Sealing } from './encapsulations.ts';
import { type SealedAttachment, sealAttachment } from './seal-attachment.ts';

/**
 * Seals a report to its force's unit and appends it to the unit's log. The report itself lives in memory only, for as
 * long as this runs. Returns its reference: the same one, for a report that was received before.
 */
export async function receiveReport(service: Service, { id, report, attachments }: Intake): Promise<string> {
  const { storage, encapsulations } = service;
  const received = await storage.reportReference(id);
  if (received) return received;
  const unit = await findUnit(service, report.force);
  const sealed = await Promise.all(attachments.map(sealAttachment));
  const sealing = await encapsulations.take(unit.sealingKey);
  return storage.withUnit(unit.id, async (locked) => {
    const meanwhile = await locked.reportReference(id);
    if (meanwhile) return meanwhile;
    const reference = referenceOf(await locked.nextReferenceNumber());
    const receivedAt = new Date(service.clock.now()).toISOString();
    const referral = { reference, receivedAt, report, attachments: sealed.map(({ attachment }) => attachment) };
    const entry = await sealReferral(service, locked, unit, sealing, referral);
    for (const chunk of sealed.flatMap(chunksOf)) await locked.putBlob(chunk.digest, chunk.bytes);
    await locked.append([{ entry, hash: await hashEntry(entry) }]);
    await locked.recordReport(id, reference);
    return reference;
  });
}

const chunksOf = ({ chunks }: SealedAttachment) => chunks;

/** PA-000001, PA-000002 ... */
const referenceOf = (number: number): string => `PA-${String(number).padStart(6, '0')}`;

async function findUnit({ storage }: Service, force: string): Promise<Unit & { sealingKey: string }> {
  const unit = await storage.unitOfForce(force);
  if (!unit) throw new Refusal('force-unknown', 'No unit at this endpoint receives reports about this force.');
  const { sealingKey } = unit;
  if (!sealingKey) throw new Refusal('unit-not-ready', 'The unit of this force has not been founded yet.');
  return { ...unit, sealingKey };
}

async function sealReferral(
  { signingKey, clock }: Service,
  locked: LockedUnit,
  unit: Unit,
  { to, kid }: Sealing,
  referral: Referral,
): Promise<Entry> {
  const header = {
    id: v7({ msecs: clock.now() }) as EntryId,
    unit: unit.id,
    stream: crypto.randomUUID() as string as StreamId,
    prev: await locked.tipOf(signingKey.author),
    seen: locked.log.position,
    enc: 'HPKE-XWING-A256GCM',
    kid,
  } as const;
  const envelope = toEnvelope({ type: 'referral.received', at: referral.receivedAt, data: referral });
  const entry = await createEntry(header, signingKey, sealToPublicKey(to, envelope));
  if (!parseEntry(entry.wire).ok) throw new Refusal('report-too-large', 'The report is longer than an entry can be.');
  return entry;
}
