import type { DataOf } from '#shared/domain/registry/registry.ts';
import type { Attachment, LeftOut } from '#shared/domain/report/attachments.ts';
import type { Digest, StreamId } from '#shared/kernel/ids.ts';
import { referralWith, reportWith } from '#tests/support/referrals.ts';
import {
  answers,
  asProvisional,
  at,
  bo,
  caseId,
  delivered,
  disposed,
  entry,
  grade,
  harm,
  item,
  member,
  met,
  narrative,
  otherCase,
  person,
  risk,
  type Step,
  sal,
  sent,
  step,
  why,
} from './assessment-fixtures.ts';

/** 43 characters of which the last has no bits to spare. */
const keyOf = (letter: string) => `${letter.repeat(42)}A`;
const digest = (letter: string) => keyOf(letter) as Digest;
const file = (name: string, letter: string): Attachment => ({
  ...{ name, type: 'image/jpeg', size: 9, digest: digest(letter), key: keyOf(letter), chunks: [digest(letter)] },
});
const leftOut: LeftOut[] = [{ index: 1, name: 'a.zip', type: 'application/zip', size: 9, why: 'type' }];
const copy = {
  attachment: 0,
  original: digest('A'),
  copy: file('attachment-1.jpg', 'B'),
  removed: ['metadata' as const],
};
const openedCase = '30000000-0000-4000-8000-000000000003' as StreamId;
const linked = { case: otherCase, reference: 'PA-000002', kind: 'repeat' as const, why: 'Same subject' };
const rejected = { case: otherCase, reference: 'PA-000002', why: 'Another officer' };
const kent = { kind: 'otherForce', force: 'kent', unit: '40000000-0000-4000-8000-000000000001' } as const;
const put: DataOf<'suspension.put'> = {
  ...{ behaviourOn: '2026-11-01', allegedOn: '2026-11-18', listedAt: '2026-11-19T09:00:00.000Z' },
  ...{ putAt: '2026-11-20T09:00:00.000Z', putTo: 'DCC Marsh', why, decision: null },
  subject: 'officer',
};
const answered = { mode: 'local', answeredAt: at, reference: null, note: null } as const;
const returned = { answeredAt: at, why: 'Not ours' } as const;

const fromKent = (step: Step): Step => {
  const sentTest = {
    force: 'kent',
    criteria: ['seriousAssault'],
    becameClearAt: '2026-11-19T10:00:00.000Z',
    rationale: why,
    at,
  };
  const sentWith = { force: 'kent', tests: [sentTest] };
  return { ...step, event: { ...step.event, data: { ...step.event.data, sentWith } } as Step['event'] };
};

/** One case with an entry of every kind, each of which changes it. The comments say positions that others name. */
export const everyEvent: readonly Step[] = [
  fromKent(delivered({ narrative }, { reference: 'PA-000001', attachments: [file('IMG_1.jpg', 'A')], leftOut })),
  step('case.taken', {}),
  step('item.recorded', { start: 12, end: 27, text: 'checks vehicles', provenance: 'Heard in the car' }), // 3
  step('provenance.recorded', { item: entry(3), provenance: 'Seen', why }),
  grade(3, { assessment: 'E', judgedBy: 'DS Vale', why: 'Contradicted.' }),
  risk({ atRiskNow: 'yes', people: [person('high')] }),
  met(),
  sent(), // 8
  step('iopc.answered', { referral: entry(8), ...answered }),
  step('oversight.recorded', { jurisdiction: 'scotland', reference: 'PIRC/2026/1', sentAt: at, why }),
  step('matter.classified', { type: 'conduct', ...asProvisional, authority: null, why }),
  step('severity.assessed', { level: 'gross', proceedings: 'hearing', ...asProvisional, authority: 'DCI Lowe', why }),
  step('notification.set', { doNotNotify: true, reviewOn: '2026-12-01', why }),
  step('categories.recorded', { categories: ['drugs', 'association'], primary: 'drugs', why: null }),
  step('standards.recorded', { standards: ['honesty'], why: null }),
  harm({ threat: 'credible' }),
  step('priority.overridden', { priority: 'immediate', why }),
  step('sanitised.recorded', { of: { kind: 'whole' }, text: 'The officer checks vehicles.', marks: [], answers }),
  step('attachment.sanitised', copy),
  step('referral.linked', linked), // 20
  step('referral.unlinked', { link: entry(20), why }),
  step('match.rejected', rejected), // 22
  step('match.restored', { rejection: entry(22), why: 'Same after all' }),
  item('My sister'), // 24
  step('item.withdrawn', { item: entry(24), why }),
  disposed({ kind: 'safeguard', ended: false }),
  disposed(kent), // 27
  step('transfer.answered', { disposition: entry(27), answer: 'sentBack', ...returned }, { actor: null }),
  step('suspension.put', put),
  disposed({ kind: 'record', reviewOn: '2027-11-20' }),
  // Without sight of the one before: a conflict.
  disposed({ kind: 'investigate' }, { actor: bo, seen: 29 }),
  step('iopcTime.set', { becameClearAt: '2026-11-19T10:00:00.000Z', why }, { actor: member('pat') }),
  step('reference.recorded', { kind: 'centurion', text: 'CM/1234/26' }), // 33
  step('reference.withdrawn', { reference: entry(33), why: 'Of another matter' }),
  step('reference.recorded', { kind: 'operation', text: 'Operation Kestrel' }),
  step('case.released', {}, { actor: sal }),
  step('case.continued', { stream: otherCase, why, replies: [] }, { actor: sal }),
  step('keys.boxed', { stream: otherCase }, { actor: sal }),
  step('reader.added', { reader: bo.id, why }, { actor: sal }),
  // Without sight of any decision.
  step(
    'case.joinedInto',
    { case: openedCase, reference: 'H-7K3MQ9ZT', why: 'Its reference' },
    { actor: member('pat'), seen: 19 },
  ),
];

const opened: DataOf<'case.opened'> = {
  how: 'contactCentre',
  reachedAt: '2026-11-20T02:10:00.000Z',
  expects: 'PA-000009',
  report: {
    ...reportWith({ categories: [], subjects: [], narrative: 'He has her address.', places: [] }),
    channel: 'byHand',
  },
};

/** A case that a member opened, with an entry of every kind that only such a one has. */
export const everyByHand: readonly Step[] = [
  step('case.opened', opened),
  step('referral.joined', {
    case: otherCase,
    referral: referralWith({}, { reference: 'PA-000009' }),
    why: 'It has the reference that the contact centre gave.',
  }),
];

/** What the rules refuse after that: for every rule at least one. */
export const everyRefusal: readonly Step[] = [
  delivered({ narrative }, { reference: 'PA-000001' }),
  step('case.opened', opened),
  step('referral.joined', { case: otherCase, referral: referralWith({}, { reference: 'PA-000009' }), why }),
  step('case.joinedInto', { case: otherCase, reference: 'H-7K3MQ9ZT', why }),
  step('reference.recorded', { kind: 'crimestoppers', text: 'CS/77' }),
  step('reference.withdrawn', { reference: entry(33), why }),
  step('case.released', {}),
  step('case.taken', {}, { actor: null }),
  step('item.recorded', { start: 0, end: 9, text: 'elsewhere', provenance: null }),
  step('provenance.recorded', { item: entry(24), provenance: 'Seen', why }),
  step('item.withdrawn', { item: entry(24), why }),
  grade(3, {}),
  grade(3, { assessment: 'B', why }),
  grade(3, { source: '3', why }),
  grade(3, { handling: 'P', conditions: { action: 'A1', sanitisation: null, other: null }, why }),
  risk({ atRiskNow: 'yes' }),
  met({ criteria: [] }),
  sent({ sentAt: '2026-11-20T10:00:01.000Z' }),
  sent({ kind: 'renotification' }),
  step('iopc.answered', { referral: entry(9), ...answered }),
  step('oversight.recorded', { jurisdiction: 'scotland', reference: 'PIRC/2026/1', sentAt: null, why }),
  step('iopcTime.set', { becameClearAt: null, why }),
  step('matter.classified', { type: 'conduct', subjectRank: 'other', capacity: 'delegate', authority: null, why }),
  step('severity.assessed', {
    ...{ level: 'gross', proceedings: null, subjectRank: 'chiefOfficer', capacity: 'delegate', authority: null, why },
  }),
  step('suspension.put', { ...put, putAt: '2026-11-20T10:00:01.000Z' }),
  disposed({ kind: 'localPolicingBody', body: 'Norbeck PCC' }),
  step('notification.set', { doNotNotify: true, reviewOn: null, why }),
  step('categories.recorded', { categories: ['drugs'], primary: 'systems', why: null }),
  step('standards.recorded', { standards: ['honesty', 'honesty'], why: null }),
  step('sanitised.recorded', { of: { kind: 'item', item: entry(24) }, text: 'Text', marks: [], answers }),
  step('attachment.sanitised', { ...copy, attachment: 4 }),
  step('referral.linked', { ...linked, case: caseId }),
  step('referral.unlinked', { link: entry(20), why }),
  step('match.rejected', { ...rejected, case: caseId }),
  step('match.restored', { rejection: entry(22), why: 'Same after all' }),
  disposed({ kind: 'noFurtherAction' }, {}, []),
  disposed({ kind: 'record', reviewOn: '2026-11-20' }),
  disposed({ ...kent, force: 'avon-and-somerset' }),
  disposed({ kind: 'suspectedMalicious', items: [entry(3)] }),
  disposed({ kind: 'suspectedMalicious', items: [entry(24)] }, { actor: sal }),
  step('transfer.answered', { disposition: entry(27), answer: 'sentBack', ...returned, why: null }),
  step('reader.added', { reader: sal.id, why }, { actor: sal }),
];
