import { envelopeOf } from '#shared/domain/event/envelope.ts';
import { referralReceived } from '#shared/domain/referral/referral-received.ts';
import type { Intake } from '#shared/domain/report/report.ts';
import type { AuthorKey, StreamId } from '#shared/kernel/ids.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import type { Unit } from '../storage/storage.ts';
import { notFounded } from '../unit-log/founded-unit.ts';
import { appendSealed, newEntryId, stamp } from '../unit-log/seal-entry.ts';
import { withinUnit } from '../unit-log/within-unit.ts';
import { type SealedAttachment, sealAttachment } from './seal-attachment.ts';

/**
 * Seals a report to its force's unit and appends it to the unit's log. The report itself lives in memory only, for as
 * long as this runs. `from` is the intake device that posted it. Returns its reference: the same one, for a report that was received before.
 */
export async function receiveReport(service: Service, from: AuthorKey, intake: Intake): Promise<string> {
  const { id, report, attachments } = intake;
  const { storage, clock } = service;
  const received = await storage.reportReference(id);
  if (received) return received;
  const unit = await findUnit(service, report.force);
  const sealed = await Promise.all(attachments.map(sealAttachment));
  return withinUnit(service, unit.id, async (locked) => {
    const meanwhile = await locked.reportReference(id);
    if (meanwhile) return meanwhile;
    const reference = referenceOf(await locked.nextReferenceNumber());
    const stamped = stamp(clock);
    const attached = sealed.map(({ attachment }) => attachment);
    const referral = { reference, receivedAt: stamped.at, report, attachments: attached };
    const event = envelopeOf(referralReceived, stamped, referral);
    const place = { id: newEntryId(clock), unit: unit.id, stream: newStream() };
    for (const chunk of sealed.flatMap(chunksOf)) await locked.putBlob(chunk.digest, chunk.bytes);
    await appendSealed(service, locked, { place, event }, 'report-too-large');
    await locked.recordReport(id, reference, from);
    return reference;
  });
}

const newStream = () => crypto.randomUUID() as string as StreamId;
const chunksOf = ({ chunks }: SealedAttachment) => chunks;

/** PA-000001, PA-000002 ... */
const referenceOf = (number: number): string => `PA-${String(number).padStart(6, '0')}`;

/** Of the force, as the operator's directory says; as the endpoint's own rows do only where that does not know the force. */
async function findUnit({ storage, directory }: Service, force: string): Promise<Unit> {
  const named = (await directory.read())?.directory.units.find((each) => each.force === force);
  const unit = named ? await storage.unit(named.id) : await storage.unitOfForce(force);
  // Of a unit that the directory knows, it says the force.
  if (!unit || (!named && directory.unit(unit.id)))
    throw new Refusal('force-unknown', 'No unit at this endpoint receives reports about this force.');
  if (!unit.founded) throw notFounded();
  return unit;
}
