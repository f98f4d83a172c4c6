import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { createClipboardGuard } from '#electron/host/clipboard-guard.ts';
import type { Host } from '#electron/host/host.ts';
import { createLockWatch } from '#electron/host/lock-watch.ts';
import { digestOfCopied } from '#shared/bridge/clipboard-digest.ts';
import { type CallName, callFailureSchema, callNames, contract } from '#shared/bridge/contract.ts';
import { mostSealedChunk } from '#shared/crypto/chunks.ts';
import { randomBytes, utf8 } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { seenNothing } from '#shared/log/seen.ts';
import { cborType, mostPageMessage, mostPushMessage, mostRosterMessage } from '#shared/sync/wire.ts';
import { anEnrolment, callHost, testHost } from '#tests/support/host.ts';
import { isSlotCall } from '#tests/support/memory-slot-calls.ts';
import { type Answer, sendBytes, sendJson, sendProblem, stubEndpoint } from '#tests/support/stub-endpoint.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const code = 'DEM0W0RK';
const blob = utf8('sealed');
const digest = await digestOf(blob);
const bytesType = 'application/octet-stream';
/** Whatever they hold: the vault parses pages and rosters, and the endpoint pushes. */
const [page, push, roster] = [randomBytes(300), randomBytes(200), randomBytes(100)];
const sealed = { key: `${'G'.repeat(42)}A`, box: 'AA' };
/** As a member signs it; the host only passes it on. */
const by = { author: digest, at: 1, signature: 'S'.repeat(86) };

interface Example {
  /** A call that must come first. */
  readonly before?: readonly [name: CallName, request: unknown];
  readonly request: unknown;
  /** What the endpoint answers; none for calls that stay on this computer. */
  readonly answer?: Answer;
  readonly reply: unknown;
}

const anyChain = expect.stringMatching(/^[\w-]{43}$/);

/** A good call of each name. The type makes a new call in the contract fail to compile until it has one here. */
const examples: { readonly [Name in CallName]: Example } = {
  'host.describe': {
    request: {},
    reply: { kind: 'browser', version: '1.2.3', endpoint: expect.any(String), enrolment: anEnrolment(), demo: null },
  },
  'host.room': { request: {}, reply: { free: expect.any(Number) } },
  'window.locked': { request: {}, reply: { notice: null } },
  'device.secret': { request: {}, reply: { secret: expect.stringMatching(/^[\w-]{43}$/) } },
  'slot.begin': { request: { slot: 'a', passphrase: 0 }, reply: { secret: expect.stringMatching(/^[\w-]{43}$/) } },
  'slot.secret': {
    before: ['slot.begin', { slot: 'a', passphrase: 0 }],
    request: { slot: 'a', passphrase: 0 },
    reply: { secret: expect.stringMatching(/^[\w-]{43}$/) },
  },
  'slot.settle': { request: { slot: 'a', passphrase: 0 }, reply: {} },
  'attempt.waits': { request: {}, reply: { waits: [] } },
  'attempt.begin': { request: { slot: 'a' }, reply: { taken: true, failed: 0, wait: 0 } },
  'attempt.opened': { request: { slot: 'a' }, reply: {} },
  'device.enrol': {
    request: { endpoint: null, code: 'dem0-w0rk' },
    answer: sendJson(anEnrolment()),
    reply: anEnrolment(),
  },
  'log.pull': {
    request: { after: 0, seen: seenNothing, limit: 10 },
    answer: sendBytes(page, cborType),
    reply: { page },
  },
  'log.push': { request: { push }, answer: sendJson({ accepted: [] }), reply: { accepted: [] } },
  'blob.get': {
    request: { digest },
    answer: sendBytes(blob, bytesType),
    reply: { bytes: blob },
  },
  'blob.put': {
    request: { digest, bytes: blob },
    answer: (_, response) => response.writeHead(204).end(),
    reply: {},
  },
  'draft.hold': { request: { key: 'a', box: blob }, reply: {} },
  'draft.held': {
    before: ['draft.hold', { key: 'a', box: blob }],
    request: {},
    reply: { drafts: [{ key: 'a', box: blob }] },
  },
  'draft.release': { request: { key: 'a' }, reply: {} },
  'directory.get': {
    request: {},
    answer: sendJson({ directory: 'as.it.came' }),
    reply: { directory: 'as.it.came' },
  },
  'unit.roster': {
    request: { unit: anEnrolment().unit?.id, at: null },
    answer: sendBytes(roster, cborType),
    reply: { roster },
  },
  'transfer.send': {
    request: {
      ...{ id: '0192f6a0-0000-7000-8000-000000000001', to: anEnrolment().unit?.id },
      ...{
        reply: { stream: '00000000-0000-4000-8000-000000000001', key: sealed.key },
        package: sealed,
        blobs: [digest],
      },
      by,
    },
    answer: (_, response) => response.writeHead(204).end(),
    reply: {},
  },
  'transfer.answer': {
    request: {
      id: '0192f6a0-0000-7000-8000-000000000001',
      ...{ answer: 'sentBack', note: sealed, by },
    },
    answer: (_, response) => response.writeHead(204).end(),
    reply: {},
  },
  'outcome.report': {
    request: { reference: 'PA-000001', class: 'recorded', by },
    answer: (_, response) => response.writeHead(204).end(),
    reply: {},
  },
  'journal.read': {
    request: { after: 0 },
    reply: {
      ...{ end: 0, lastGroup: 0, chain: 'A'.repeat(43), records: [], more: false },
      ...{ damaged: false, begun: false, writer: 1 },
    },
  },
  'journal.append': {
    before: ['journal.read', { after: 0 }],
    request: { writer: 1, first: 1, records: [blob, page] },
    reply: { end: 2, lastGroup: 1, chain: anyChain },
  },
  'journal.settle': {
    before: ['journal.read', { after: 0 }],
    request: { writer: 1, keep: [], end: 0 },
    reply: { end: 0, lastGroup: 0, chain: anyChain },
  },
  'clipboard.copied': { request: { digest }, reply: {} },
  'clipboard.clear': { request: {}, reply: {} },
};

/** An enrolled workstation, and its endpoint. */
async function workstation() {
  const stub = await stubEndpoint(sendJson(anEnrolment()));
  const host = testHost({ profile: await temporaryFolder(), endpoint: stub.origin });
  expect(await callHost(host, 'device.enrol', { endpoint: null, code })).toEqual({ ok: true, reply: anEnrolment() });
  stub.heard.length = 0;
  return { ...stub, host };
}

const failureOf = async (host: Host, name: unknown, request: unknown) => {
  const result = await host.handle(name, request);
  if (result.ok) throw new Error('it went through');
  return callFailureSchema.parse(result.failure);
};

describe.each(callNames)('%s', (name) => {
  const { before, request, answer, reply } = examples[name];

  test('has one handler, and answers as the contract says', async () => {
    const { host, reply: answerWith } = await workstation();
    if (answer) answerWith(answer);
    if (before) await host.handle(...before);
    const result = await host.handle(name, request);
    expect(result).toEqual({ ok: true, reply });
    expect(contract[name].reply.safeParse(result.ok && result.reply).success).toBe(true);
  });

  const malformed = [undefined, null, 0, '', [], 'x', { more: 1 }, { ...(request as object), more: 1 }];
  test('refuses malformed requests before anything is sent', async () => {
    const { host, heard } = await workstation();
    for (const bad of malformed) expect(await failureOf(host, name, bad)).toMatchObject({ code: 'call-malformed' });
    expect(heard).toEqual([]);
  });
});

/** Calls that the host passes on to the endpoint, each with what comes of it there. */
const passedOn = callNames.flatMap((name) => {
  const { answer, ...example } = examples[name];
  return answer ? [{ name, ...example }] : [];
});
const answersWithContent = passedOn.filter(({ reply }) => Object.keys(reply as object).length > 0);

test.each(answersWithContent)('$name refuses malformed answers of the endpoint', async ({ name, request, reply }) => {
  const { host, reply: answerWith } = await workstation();
  for (const bad of [null, [], 'x', {}, { ...(reply as object), more: 1 }]) {
    answerWith(sendJson(bad));
    expect((await failureOf(host, name, request)).code).toMatch(/^(reply-malformed|blob-mismatch)$/);
  }
});

describe('bytes', () => {
  const carried = [
    { name: 'log.push', field: 'push', most: mostPushMessage, rest: {} },
    { name: 'blob.put', field: 'bytes', most: mostSealedChunk, rest: { digest } },
  ] as const;

  test.each(carried)('of $name are bytes, and no more than $most', async ({ name, field, most, rest }) => {
    const { host, heard, reply: answerWith } = await workstation();
    const text = Buffer.from(push).toString('base64url');
    const array = [...push.subarray(0, 10)];
    const others = [undefined, null, text, array, { length: 1, 0: 1 }, push.buffer, new DataView(push.buffer)];
    for (const no of [...others, new Uint16Array(2), new Uint8Array(most + 1)]) {
      expect(await failureOf(host, name, { ...rest, [field]: no })).toMatchObject({ code: 'call-malformed' });
    }
    expect(heard).toEqual([]);
    const largest = new Uint8Array(most);
    answerWith(name === 'log.push' ? sendJson({ accepted: [] }) : (_, response) => response.writeHead(204).end());
    expect(await host.handle(name, { ...rest, [field]: largest })).toMatchObject({ ok: true });
    expect(heard).toHaveLength(1);
    expect(heard[0]?.body.equals(largest)).toBe(true);
  });

  test('arrive as they were sent, and a push as CBOR', async () => {
    const { host, heard, reply: answerWith } = await workstation();
    answerWith(sendJson({ accepted: [] }));
    // A view of a longer buffer is sent as far as it reaches.
    const view = new Uint8Array([9, ...push, 9]).subarray(1, push.length + 1);
    expect(await callHost(host, 'log.push', { push: view })).toMatchObject({ ok: true });
    expect(heard[0]).toMatchObject({ method: 'POST', type: cborType });
    expect(heard[0]?.body.equals(push)).toBe(true);
  });

  test.each([
    ['another type', sendBytes(page, 'application/json'), 'reply-malformed'],
    ['no type', ((_, response) => response.end(page)) satisfies Answer, 'reply-malformed'],
    ['more than a page can have', sendBytes(new Uint8Array(mostPageMessage + 1), cborType), 'reply-too-large'],
  ])('a page of %s is not passed on', async (_, answer, expected) => {
    const { host, reply: answerWith } = await workstation();
    answerWith(answer);
    expect(await failureOf(host, 'log.pull', examples['log.pull'].request)).toMatchObject({ code: expected });
  });

  test('of a roster are no more than one can have, and those of the unit that was asked for', async () => {
    const { host, heard, reply: answerWith } = await workstation();
    const { request } = examples['unit.roster'];
    answerWith(sendBytes(new Uint8Array(mostRosterMessage + 1), cborType));
    expect(await failureOf(host, 'unit.roster', request)).toMatchObject({ code: 'reply-too-large' });
    const unit = '5f0c7f4e-6f3c-4a0e-9a52-0d6f9c3a1b22' as UnitId;
    answerWith(sendBytes(roster, cborType));
    expect(await callHost(host, 'unit.roster', { at: null, unit })).toEqual({ ok: true, reply: { roster } });
    expect(heard.at(-1)).toMatchObject({ method: 'GET', path: `/v1/units/${unit}/roster`, accept: cborType });
    await callHost(host, 'unit.roster', { at: 7, unit });
    expect(heard.at(-1)?.path).toBe(`/v1/units/${unit}/roster?at=7`);
  });

  test('of a page are asked for as CBOR, and passed on however they are typed to the letter', async () => {
    const { host, heard, reply: answerWith } = await workstation();
    for (const type of [cborType, `${cborType}; x=y`]) {
      answerWith(sendBytes(page, type));
      expect(await callHost(host, 'log.pull', { after: 0, seen: seenNothing, limit: 10 })).toEqual({
        ok: true,
        reply: { page },
      });
    }
    expect(heard.map(({ accept }) => accept)).toEqual([cborType, cborType]);
  });
});

test.each(passedOn)('$name passes on why the endpoint refuses, and whether to try again', async ({ name, request }) => {
  const { host, reply: answerWith } = await workstation();
  answerWith(sendProblem(409, 'conflicting', 'Somebody else did that.'));
  expect(await failureOf(host, name, request)).toEqual({
    code: 'conflicting',
    params: {},
    retry: false,
  });
  answerWith(sendProblem(503, 'busy', 'Try later.'));
  expect(await failureOf(host, name, request)).toMatchObject({ code: 'busy', retry: true });
});

describe('the clipboard', () => {
  const text = 'He said:\n"Ask for Sal\u00a0Penrose."';
  /** What a system's clipboard gives back: its own line ends, plain spaces. */
  const given = 'He said:\r\n"Ask for Sal Penrose."';

  async function copied(holds: readonly string[]) {
    const boards = holds.map((held) => ({ readText: vi.fn(async () => held), clear: vi.fn() }));
    const host = testHost({ profile: await temporaryFolder(), clipboard: createClipboardGuard(boards) });
    await callHost(host, 'clipboard.copied', { digest: await digestOfCopied(text) });
    const clear = () => callHost(host, 'clipboard.clear', {});
    return { boards, host, clear, cleared: () => boards.map((board) => board.clear.mock.calls.length) };
  }

  test('is cleared of what was copied here, wherever it stands, once', async () => {
    const { clear, cleared, boards } = await copied([given, 'another', text]);
    expect(cleared()).toEqual([0, 0, 0]);
    expect(await clear()).toEqual({ ok: true, reply: {} });
    expect(cleared()).toEqual([1, 0, 1]);
    await clear();
    expect(cleared()).toEqual([1, 0, 1]);
    expect(boards[0]?.readText).toHaveBeenCalledTimes(1);
  });

  test('keeps what was copied elsewhere since, and the reply does not tell', async () => {
    const { clear, cleared } = await copied(['copied elsewhere', '']);
    expect(await clear()).toEqual({ ok: true, reply: {} });
    expect(cleared()).toEqual([0, 0]);
  });

  test('is judged by what was copied last', async () => {
    const { host, clear, cleared } = await copied([given]);
    await callHost(host, 'clipboard.copied', { digest: await digestOfCopied('later') });
    await clear();
    expect(cleared()).toEqual([0]);
  });

  test('is never read before something was copied here', async () => {
    const board = { readText: vi.fn(async () => given), clear: vi.fn() };
    const host = testHost({ profile: await temporaryFolder(), clipboard: createClipboardGuard([board]) });
    await callHost(host, 'clipboard.clear', {});
    expect(board.readText).not.toHaveBeenCalled();
  });

  test('is out of the development host’s reach, which says so', async () => {
    const host = testHost({ profile: await temporaryFolder(), clipboard: null });
    for (const name of ['clipboard.copied', 'clipboard.clear'] as const) {
      const failure = await failureOf(host, name, examples[name].request);
      expect(failure).toMatchObject({ code: 'clipboard-unreachable', retry: false });
    }
  });
});

describe('what became of the window', () => {
  test('is told each time that it is locked, until a member has unlocked', async () => {
    const lockWatch = createLockWatch();
    const host = testHost({ profile: await temporaryFolder(), lockWatch });
    const locked = async () => callHost(host, 'window.locked', {});
    const told = (notice: string | null) => ({ ok: true, reply: { notice } });
    expect(await locked()).toEqual(told(null));
    lockWatch.tell('window-failed');
    expect(await locked()).toEqual(told('window-failed'));
    await callHost(host, 'attempt.begin', { slot: 'a' });
    expect(await locked()).toEqual(told('window-failed'));
    await callHost(host, 'attempt.opened', { slot: 'a' });
    expect(await locked()).toEqual(told(null));
  });

  test('may be that a case is on screen, from a first attempt to unlock until it says that it is locked', async () => {
    const lockWatch = createLockWatch();
    const host = testHost({ profile: await temporaryFolder(), lockWatch });
    expect(lockWatch.mayBeOpen()).toBe(false);
    expect(await lockWatch.untilLocked(0)).toBe(true);
    await callHost(host, 'attempt.begin', { slot: 'a' });
    expect(lockWatch.mayBeOpen()).toBe(true);
    expect(await lockWatch.untilLocked(1)).toBe(false);
    const locked = lockWatch.untilLocked(60_000);
    await callHost(host, 'window.locked', {});
    expect(await locked).toBe(true);
    expect(lockWatch.mayBeOpen()).toBe(false);
  });
});

const unknownNames = [
  '',
  'log',
  'log.pul',
  'log.pull ',
  '__proto__',
  'constructor',
  'toString',
  null,
  undefined,
  7,
  {},
];
test.each(unknownNames)('there is no call %j', async (name) => {
  const host = testHost({ profile: await temporaryFolder() });
  expect(await failureOf(host, name, {})).toMatchObject({ code: 'unknown-call', retry: false });
});

test('what needs the endpoint is refused in plain words before the workstation is enrolled', async () => {
  const host = testHost({ profile: await temporaryFolder() });
  const local = new Set<CallName>([
    'host.describe',
    'window.locked',
    'device.secret',
    'device.enrol',
    'clipboard.copied',
    'clipboard.clear',
    ...callNames.filter(isSlotCall),
    'journal.append',
    'journal.read',
    'journal.settle',
    'draft.hold',
    'draft.held',
    'draft.release',
    'host.room',
  ]);
  for (const name of callNames.filter((each) => !local.has(each))) {
    expect(await failureOf(host, name, examples[name].request)).toMatchObject({ code: 'not-enrolled', retry: false });
  }
  expect(await failureOf(host, 'device.enrol', { endpoint: null, code })).toMatchObject({ code: 'no-endpoint' });
});

test('a folder that cannot be used is said to be the disk', async () => {
  const folder = await temporaryFolder();
  const host = testHost({ profile: join(folder, 'file', 'profile') });
  await writeFile(join(folder, 'file'), '');
  expect(await failureOf(host, 'device.secret', {})).toMatchObject({ code: 'disk', retry: false });
});
