import { envelopeOf } from '#shared/domain/event/envelope.ts';
import { referralReceived } from '#shared/domain/referral/referral-received.ts';
import type { LeftOut } from '#shared/domain/report/attachments.ts';
import type { Intake, IntakeReply } from '#shared/domain/report/intake.ts';
import type { Report } from '#shared/domain/report/report.ts';
import type { AuthorKey, Digest, StreamId } from '#shared/kernel/ids.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import type { LockedUnit, ReceivedReport, Unit } from '../storage/storage.ts';
import { notFounded } from '../unit-log/founded-unit.ts';
import { appendSealed, newEntryId, stamp } from '../unit-log/seal-entry.ts';
import { withinUnit } from '../unit-log/within-unit.ts';
import { digestOfContent } from './content-digest.ts';
import { judgeAttachment } from './judge-attachment.ts';
import { readAttachments } from './read-attachments.ts';
import { type SealedAttachment, sealAttachment } from './seal-attachment.ts';

/**
 * Seals a report to its force's unit and appends it to the unit's log. The report itself lives in memory only, for as
 * long as this runs. Replies its reference: the same one, for a report that was received before. Attachments that are not
 * allowed are left out, and named in the referral and in the reply.
 * @param device which posted it: ids are each device's own
 * @throws Refusal when the device posted another report under this id
 */
export async function receiveReport(service: Service, device: AuthorKey, intake: Intake): Promise<IntakeReply> {
  const { storage, keys } = service;
  const posted = { device, id: intake.id };
  const { report } = intake;
  const sent = readAttachments(intake.attachments);
  const content = digestOfContent(keys.reportKey, report, sent);
  // Of the same report, the same is left out.
  const judged = sent.map(judgeAttachment);
  const leftOut = judged.filter((each) => 'why' in each);
  const before = await storage.receivedReport(posted);
  if (before) return { reference: sameReport(before, content), leftOut };
  const unit = await findUnit(service, report.force);
  const sealed = await Promise.all(judged.filter((each) => 'bytes' in each).map(sealAttachment));
  const reference = await withinUnit(service, unit.id, async (locked) => {
    const meanwhile = await locked.receivedReport(posted);
    if (meanwhile) return sameReport(meanwhile, content);
    const given = await appendReferral(service, locked, unit, { report, sealed, leftOut });
    await locked.recordReport(posted, { reference: given, content });
    return given;
  });
  return { reference, leftOut };
}

function sameReport({ reference, content: known }: ReceivedReport, content: Digest): string {
  if (known === content) return reference;
  throw new Refusal(
    'report-id-reused',
    'This device posted another report under this id, which stays as it is. Send this one under an id of its own.',
  );
}

interface Received {
  readonly report: Report;
  readonly sealed: readonly SealedAttachment[];
  readonly leftOut: LeftOut[];
}

async function appendReferral(
  service: Service,
  locked: LockedUnit,
  unit: Unit,
  { report, sealed, leftOut }: Received,
): Promise<string> {
  const { clock } = service;
  const reference = referenceOf(await locked.nextReferenceNumber());
  const stamped = stamp(clock);
  const attachments = sealed.map(({ attachment }) => attachment);
  const referral = { reference, receivedAt: stamped.at, report, attachments, leftOut };
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
