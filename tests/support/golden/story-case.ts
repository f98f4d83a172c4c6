import { openAttachment } from '#renderer/vault/attachments.ts';
import { currentCase } from '#renderer/vault/cases/current-case.ts';
import { execute } from '#renderer/vault/execute.ts';
import { sendBackCommand } from '#renderer/vault/transfer/transfers.ts';
import { sealChunks } from '#shared/crypto/chunks.ts';
import { randomBytes, toBase64url, utf8 } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import { selectReplaced } from '#shared/domain/event/history.ts';
import { caseEventOf, type DomainEvent, registry } from '#shared/domain/registry/registry.ts';
import { copyName } from '#shared/domain/sanitising/attachment-sanitised.ts';
import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import { bo, caseId, otherCase, entry as placeOf, sal } from '#tests/unit/shared/assessment-fixtures.ts';
import { everyEvent } from '#tests/unit/shared/every-event.ts';
import { at, people, rowan } from './cast.ts';
import { caseCalled, casesOf, Desk, must } from './desk.ts';
import { beside, type Stage, type Workplace } from './stage.ts';

/* What happens in the first case: all that can be recorded in one, and what another unit answers. */

/** Those of `everyEvent` that are no desk's to write, or name what only the story has: they happen in its course. */
const elsewhere = [
  ...['referral.received', 'attachment.sanitised', 'transfer.answered'],
  ...['case.continued', 'keys.boxed', 'reader.added', 'case.joinedInto'],
];

export async function assess(stage: Stage, unit: Workplace, other: Workplace): Promise<void> {
  const ids = new Map<number, EntryId>();
  const steps = everyEvent.map((step, index) => ({ ...step, number: index + 1 }));
  const sent = steps.find(({ event }) => event.type === 'transfer.answered')?.number ?? 0;
  /** With the ids of this history in place of those of the table. */
  const signed = async (desk: Desk, { event, number }: (typeof steps)[number]): Promise<void> => {
    const [id, linked] = [caseCalled(desk, 1), caseCalled(desk, 2)];
    if (event.type === 'attachment.sanitised') ids.set(number, await sanitise(desk, id));
    if (elsewhere.includes(event.type)) return;
    let text = JSON.stringify(event.data).replaceAll(caseId, id).replaceAll(otherCase, linked);
    for (const [place, entry] of ids) text = text.replaceAll(placeOf(place), entry);
    const data = JSON.parse(text) as { chosen?: { kind: string; force: string; unit: string }; reply?: string };
    if (data.chosen?.kind === 'otherForce') {
      Object.assign(data.chosen, { force: other.force, unit: other.unit });
      data.reply = toBase64url(randomBytes(32));
    }
    const replaces = await replacedBy(desk, id, event.type, data);
    ids.set(number, await desk.sign(id, { type: event.type, data, ...replaces } as Omit<DomainEvent, 'at'>));
    stage.pass(1);
  };
  const ofAsh = steps.filter(({ actor }) => actor !== bo && actor !== sal);
  await at(stage, unit, people.ash, async (desk) => {
    for (const step of ofAsh.filter(({ number }) => number < sent)) await signed(desk, step);
  });
  await at(stage, other, rowan, (desk) => sendOn(desk, unit));
  await at(stage, unit, people.ash, async () => undefined);
  // Bo decides off the network, without sight of what Ash decides meanwhile.
  const computer = beside(unit);
  const away = await Desk.open(computer, stage, people.bo);
  computer.online = false;
  await at(stage, unit, people.ash, async (desk) => {
    for (const step of ofAsh.filter(({ number }) => number > sent)) await signed(desk, step);
  });
  for (const step of steps.filter(({ actor }) => actor === bo)) await signed(away, step);
  computer.online = true;
  await away.sync();
  away.close();
  await at(stage, unit, people.sal, async (desk) => {
    for (const step of steps.filter(({ actor }) => actor === sal)) await signed(desk, step);
  });
}

/** What its author's program names. */
async function replacedBy({ vault }: Desk, id: StreamId, type: string, data: unknown) {
  const history = caseEventOf(registry, type)?.history?.((await currentCase(vault, id)) ?? {}, data) ?? [];
  const replaces = selectReplaced(history);
  return replaces.length > 0 ? { replaces } : {};
}

/** The other unit sends back what it was sent, and sends on what was reported to it and is ours. */
async function sendOn(desk: Desk, { force, unit }: Workplace): Promise<void> {
  const rationale = 'The officer does not serve here.';
  for (const { id } of casesOf(desk)) {
    await desk.execute({ type: 'case.taken', case: id, data: {} });
    await desk.execute({ type: 'risk.assessed', case: id, data: { atRiskNow: 'no', people: [], rationale } });
    const mandatory = { criteria: [], corruption: [], becameClearAt: null, rationale };
    await desk.execute({ type: 'mandatoryReferral.assessed', case: id, data: mandatory });
    const chosen = { kind: 'otherForce', force, unit } as const;
    const sent: CaseCommand = { type: 'disposition.recorded', case: id, data: { chosen, options: [], rationale } };
    await desk.execute((await sendBackCommand(desk.vault, id, rationale)) ?? sent);
  }
}

/** As the vault makes a sanitised copy, but for the taking apart, which is no format. */
async function sanitise({ vault }: Desk, id: StreamId): Promise<EntryId> {
  const original = (await currentCase(vault, id))?.referral.attachments[0];
  if (!original) throw new Error('no attachment');
  must(await openAttachment(vault, original));
  const [key, bytes] = [randomBytes(32), utf8('An invented copy.')];
  const chunks = await sealChunks(key, bytes);
  const { type } = original;
  const copy = {
    ...{ name: copyName(0, type), type, size: bytes.length, digest: await digestOf(bytes) },
    ...{ key: toBase64url(key), chunks: chunks.map(({ digest }) => digest) },
  };
  const data = { attachment: 0, original: original.digest, copy, removed: ['metadata' as const] };
  const blobs = chunks.map(({ digest, bytes: box }) => ({ key: digest, box }));
  const made = await execute(vault, { type: 'attachment.sanitised', case: id, data }, async () => [
    { table: 'blobs', put: blobs },
  ]);
  return must(made);
}
