import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CallName, callNames } from '#shared/bridge/contract.ts';
import { fromBase64url, randomBytes, toBytes, utf8 } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import { importSigningKey, type SigningKey } from '#shared/crypto/signing.ts';
import type { Digest, EntryId } from '#shared/kernel/ids.ts';
import { type Seen, seenNothing } from '#shared/log/seen.ts';
import { enrolmentCodeSchema } from '#shared/sync/enrolment.ts';
import { signRequest } from '#shared/sync/request-token.ts';
import { type Said, signSaid } from '#shared/sync/said-by.ts';
import type { SaidAnswer, SaidTransfer } from '#shared/sync/transfer.ts';
import { cborType, formatPush, parsePage } from '#shared/sync/wire.ts';
import { bodyText, exchange } from './exchange.ts';
import { asJson, type GoldenCall, type GoldenExchange, type GoldenMessages } from './golden-file.ts';
import { type Stage, statedOrigin, type Workplace } from './stage.ts';
import type { Played } from './story.ts';

/*
 * A tour of all that a workstation and an intake device may ask. Each request was made before, or only reads, so that the same
 * answers come again from an endpoint that has the same rows.
 */

/** What the tour asks of what is there already. */
interface Known {
  readonly seen: Seen;
  readonly transfer: SaidTransfer;
  readonly answer: SaidAnswer & { readonly id: EntryId };
  /** Of a member of that unit, who says it again: what was said is good for a minute. */
  readonly member: SigningKey;
  readonly reference: string;
  readonly blob: { readonly digest: Digest; readonly bytes: Uint8Array };
}

export async function recordMessages(stage: Stage, played: Played, known: Known): Promise<GoldenMessages> {
  const { other } = played;
  // As it was before: enrolling again writes it anew.
  const profile: Record<string, string> = {};
  // As for the first time: its host would take no other keys of the endpoint than it pinned.
  await rm(join(other.profile, 'enrolment.json'));
  await other.bridge.handle('device.enrol', { endpoint: statedOrigin, code: other.code });
  for (const name of await readdir(other.profile)) profile[name] = await readFile(join(other.profile, name), 'utf8');
  const bridge: GoldenCall[] = [];
  const said = await saidNow(stage, other, known);
  const requests = await callRequests(other, known, said);
  for (const name of callNames) {
    for (const request of requests[name]) {
      bridge.push({ name, request: asJson(request), result: asJson(await other.bridge.handle(name, request)) });
    }
  }
  const typed = [other.code, other.code.toLowerCase(), ` ${other.code.replaceAll('-', ' ')} `];
  return {
    http: await recordHttp(stage, played, known, said),
    bridge,
    hostEvents: [{ type: 'lock' }, { type: 'logAdvanced', position: 7 }, { type: 'connection', online: true }],
    profile,
    enrolmentCodes: typed.map((each) => ({ typed: each, code: enrolmentCodeSchema.parse(each) })),
  };
}

/** All that is said in the unit's name. */
async function saidNow(stage: Stage, { unit }: Workplace, { transfer, answer, reference, member }: Known) {
  const signed = async <Body extends object>(what: Said['what'], body: Body) => ({
    ...body,
    by: await signSaid({ what, unit, body }, member, stage.now()),
  });
  const [{ by: _, ...sent }, { by: __, ...answered }] = [transfer, answer];
  const outcome = { reference, class: 'recorded' };
  return {
    transfer: await signed('transfer', sent),
    answer: await signed('answer', answered),
    outcome: await signed('outcome', outcome),
  };
}
type SaidNow = Awaited<ReturnType<typeof saidNow>>;

async function callRequests(
  other: Workplace,
  known: Known,
  { transfer, answer, outcome }: SaidNow,
): Promise<Record<CallName, readonly unknown[]>> {
  const { digest, bytes } = known.blob;
  const slot = String((await other.store.all('slots'))[0]?.key);
  return {
    'host.describe': [{}],
    'window.locked': [{}],
    'device.secret': [{}],
    'slot.begin': [{ slot, passphrase: 0 }],
    'slot.settle': [{ slot, passphrase: 0 }],
    // The second is refused.
    'slot.secret': [
      { slot, passphrase: 0 },
      { slot, passphrase: 1 },
    ],
    'attempt.begin': [{ slot: 'a-slot' }, { slot: 'a-slot' }, { slot: 'a-slot' }],
    'attempt.opened': [{ slot: 'a-slot' }],
    'attempt.waits': [{}],
    'device.enrol': [{ endpoint: statedOrigin, code: other.code }],
    'log.pull': [
      { after: 0, seen: known.seen, limit: 1 },
      { after: known.seen.size, seen: seenNothing, limit: 500 },
    ],
    'log.push': [{ push: await firstPush(other) }],
    // The second is refused.
    'blob.get': [{ digest }, { digest: await digestOf(utf8('nothing that is there')) }],
    'blob.put': [{ digest, bytes }],
    'journal.read': [{ after: 0 }, { after: 1 }],
    'journal.append': [{ writer: 1, first: 1, records: [utf8('a sealed record'), utf8('another')] }],
    // The second is refused.
    'journal.settle': [
      { writer: 1, keep: [2], end: 0 },
      { writer: 1, keep: [1], end: 0 },
    ],
    'draft.hold': [{ key: 'a-draft', box: utf8('a sealed draft') }],
    'draft.held': [{}],
    'draft.release': [{ key: 'a-draft' }],
    'host.room': [{}],
    'directory.get': [{}],
    'unit.roster': [
      { unit: other.unit, at: null },
      { unit: other.unit, at: known.seen.size },
    ],
    'transfer.send': [transfer],
    'transfer.answer': [answer],
    'outcome.report': [outcome],
    'clipboard.copied': [{ digest }],
    'clipboard.clear': [{}],
  };
}

/** Of the founding, which the log has. */
async function firstPush({ host }: Workplace) {
  const pulled = await host.call('log.pull', { after: 0, seen: seenNothing, limit: 1 });
  const page = pulled.ok ? parsePage(pulled.reply.page) : null;
  if (!page) throw new Error('no page');
  return formatPush({ entries: page.entries.map(({ entry }) => entry) });
}

const asQuery = (seen: Seen): string =>
  new URLSearchParams(Object.entries(seen).map(([name, value]) => [name, String(value)])).toString();

async function recordHttp(
  stage: Stage,
  { other, intake, posted }: Played,
  known: Known,
  said: SaidNow,
): Promise<GoldenExchange[]> {
  const { author, pkcs8 } = JSON.parse(await deviceFile(other)) as { author: SigningKey['author']; pkcs8: string };
  const station = await importSigningKey(author, fromBase64url(pkcs8));
  const { device } = intake.client;
  const unit = `/v1/units/${other.unit}`;
  const [{ id, ...answer }, { reference, ...outcome }] = [said.answer, said.outcome];
  const json = { 'content-type': 'application/json' };
  const cbor = { 'content-type': cborType };
  const bytes = { 'content-type': 'application/octet-stream' };
  const { digest } = known.blob;
  const none = new Uint8Array(0);
  type Asked = [SigningKey | null, 'GET' | 'POST' | 'PUT', string, Uint8Array<ArrayBuffer>?, Record<string, string>?];
  const asked: Asked[] = [
    [null, 'GET', '/healthz'],
    [null, 'GET', '/readyz'],
    [null, 'GET', '/v1/directory'],
    [station, 'POST', '/v1/enrolments', toBytes({ code: other.code.toLowerCase() }), json],
    [station, 'GET', `${unit}/roster`],
    [station, 'GET', `${unit}/roster?at=${known.seen.size}`],
    [station, 'GET', `${unit}/entries?after=0&limit=1&${asQuery(known.seen)}`],
    [station, 'GET', `${unit}/entries?after=${known.seen.size}`],
    [station, 'POST', `${unit}/entries`, await firstPush(other), cbor],
    [station, 'GET', `${unit}/checkpoint`],
    [station, 'GET', `${unit}/tile/0/000.p/${known.seen.size}`],
    [station, 'GET', `${unit}/positions`],
    [station, 'PUT', `${unit}/blobs/${digest}`, known.blob.bytes as Uint8Array<ArrayBuffer>, bytes],
    [station, 'GET', `${unit}/blobs/${digest}`],
    [station, 'POST', `${unit}/transfers`, toBytes(said.transfer), json],
    [station, 'POST', `${unit}/transfers/${id}/answer`, toBytes(answer), json],
    [station, 'PUT', `${unit}/outcomes/${reference}`, toBytes(outcome), json],
    [device, 'POST', '/v1/reports', toBytes(posted), json],
    [device, 'GET', '/v1/outcomes?after=0&limit=10'],
    // What is refused.
    [station, 'GET', `${unit}/blobs/${await digestOf(randomBytes(8))}`],
    [station, 'POST', `${unit}/entries`, utf8('no CBOR'), cbor],
    [device, 'GET', `${unit}/checkpoint`],
    [null, 'GET', `${unit}/checkpoint`],
    [null, 'GET', '/v1/nothing'],
  ];
  const exchanges: GoldenExchange[] = [];
  for (const [key, method, path, body = none, type = {}] of asked) {
    const token = key && (await signRequest(key, { method, path, body }, crypto.randomUUID(), stage.now()));
    const headers = { ...type, ...(token && { authorization: `Probity ${token}` }) };
    exchanges.push(await exchange(stage.endpoint.url, { method, path, headers, body: bodyText(body, headers) }));
  }
  return exchanges;
}

/** The files of a profile are sealed with nothing here. */
async function deviceFile({ profile }: Workplace): Promise<string> {
  const { sealed } = JSON.parse(await readFile(join(profile, 'device.json'), 'utf8')) as { sealed: string };
  return Buffer.from(fromBase64url(sealed)).toString('utf8');
}
