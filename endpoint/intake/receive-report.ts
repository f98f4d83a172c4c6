import { envelopeOf } from '#shared/domain/event/envelope.ts';
import { referralReceived } from '#shared/domain/referral/referral-received.ts';
import type { Intake, Report } from '#shared/domain/report/report.ts';
import type { AuthorKey, Digest, StreamId } from '#shared/kernel/ids.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import type { LockedUnit, ReceivedReport, Unit } from '../storage/storage.ts';
import { notFounded } from '../unit-log/founded-unit.ts';
import { appendSealed, newEntryId, stamp } from '../unit-log/seal-entry.ts';
import { withinUnit } from '../unit-log/within-unit.ts';
import { digestOfContent } from './content-digest.ts';
import { type SealedAttachment, sealAttachment } from './seal-attachment.ts';

/**
 * Seals a report to its force's unit and appends it to the unit's log. The report itself lives in memory only, for as
 * long as this runs. Returns its reference: the same one, for a report that was received before.
 * @param device which posted it: ids are each device's own
 * @throws Refusal when the device posted another report under this id
 */
export async function receiveReport(service: Service, device: AuthorKey, intake: Intake): Promise<string> {
  const { storage, keys } = service;
  const posted = { device, id: intake.id };
  const content = digestOfContent(keys.reportKey, intake);
  const before = await storage.receivedReport(posted);
  if (before) return sameReport(before, content);
  const unit = await findUnit(service, intake.report.force);
  const sealed = await Promise.all(intake.attachments.map(sealAttachment));
  return withinUnit(service, unit.id, async (locked) => {
    const meanwhile = await locked.receivedReport(posted);
    if (meanwhile) return sameReport(meanwhile, content);
    const reference = await appendReferral(service, locked, unit, intake.report, sealed);
    await locked.recordReport(posted, { reference, content });
    return reference;
  });
}

function sameReport({ reference, content: known }: ReceivedReport, content: Digest): string {
  if (known === content) return reference;
  throw new Refusal(
    'report-id-reused',
    'This device posted another report under this id, which stays as it is. Send this one under an id of its own.',
  );
}

async function appendReferral(
  service: Service,
  locked: LockedUnit,
  unit: Unit,
  report: Report,
  sealed: readonly SealedAttachment[],
): Promise<string> {
  const { clock } = service;
  const reference = referenceOf(await locked.nextReferenceNumber());
  const stamped = stamp(clock);
  const attachments = sealed.map(({ attachment }) => attachment);
  const referral = { reference, receivedAt: stamped.at, report, attachments };
  const event = envelopeOf(referralReceived, stamped, referral);
  const place = { id: newEntryId(clock), unit: unit.id, stream: newStream() };
  for (const { digest, bytes } of sealed.flatMap(({ chunks }) => chunks)) await locked.putBlob(digest, bytes);
  await appendSealed(service, locked, { place, event }, 'report-too-large');
  return reference;
}

const newStream = () => crypto.randomUUID() as string as StreamId;

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
