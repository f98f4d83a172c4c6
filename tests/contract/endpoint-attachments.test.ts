import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toBytes } from '#shared/crypto/encoding.ts';
import { parseEvent } from '#shared/domain/registry/registry.ts';
import { attachmentLimits, type LeftOut } from '#shared/domain/report/attachments.ts';
import type { EndpointClient } from '../support/endpoint-client.ts';
import { type EndpointFixture, startTestEndpoint } from '../support/endpoint-fixture.ts';
import { intakeOf, textAttachment } from '../support/endpoint-reports.ts';
import { openSealed, pullAll } from '../support/endpoint-unit.ts';
import { expectProblem } from '../support/expect-problem.ts';

let fixture: EndpointFixture;
let intake: EndpointClient;

beforeAll(async () => {
  fixture = await startTestEndpoint();
  ({ intake } = fixture);
});
afterAll(() => fixture?.close());

const good = textAttachment('good.txt', 'G');
const base64 = (...bytes: number[]) => Buffer.from(bytes).toString('base64');

/** The referral that was received last. */
async function lastReferral() {
  const { workstation, unit, founded, endpoint } = fixture;
  const last = (await pullAll(workstation, unit, endpoint)).entries.at(-1);
  if (!last) throw new Error('no entry');
  const event = parseEvent(await openSealed(last.entry, founded.generation));
  if (!event.ok || event.value.type !== 'referral.received') throw new Error('no referral');
  return event.value.data;
}

/** Sent between two that are allowed. */
async function leftOutOf(sent: unknown): Promise<LeftOut | null> {
  const body = intakeOf({}, [good, sent, good]);
  const reply = await intake.handIn(body);
  const referral = await lastReferral();
  expect(referral.reference).toBe(reply.reference);
  expect(referral.report).toEqual(body.report);
  expect(referral.leftOut).toEqual(reply.leftOut);
  expect(referral.attachments).toHaveLength(3 - reply.leftOut.length);
  expect(await intake.handIn(body)).toEqual(reply);
  const [leftOut = null] = reply.leftOut;
  expect(reply.leftOut).toEqual(leftOut ? [leftOut] : []);
  return leftOut;
}

describe('an attachment that is not allowed is left out, and the report received', () => {
  const named = (changes: object) => ({ name: 'a.png', type: 'image/png', bytes: '', ...changes });
  const told = { index: 1, name: 'a.png', type: 'image/png', size: 0 };
  const cases: [what: string, sent: unknown, leftOut: object][] = [
    ['a type that is not taken', named({ type: 'application/zip' }), { type: 'application/zip', why: 'type' }],
    ['the same in capitals', named({ type: 'IMAGE/PNG' }), { type: 'IMAGE/PNG', why: 'type' }],
    ['a JPEG as PNG', named({ bytes: base64(0xff, 0xd8, 0xff) }), { size: 3, why: 'content' }],
    ['nothing as PNG', named({}), { why: 'content' }],
    [
      'a program as PDF',
      named({ type: 'application/pdf', bytes: base64(0x4d, 0x5a) }),
      {
        ...{ type: 'application/pdf', size: 2, why: 'content' },
      },
    ],
    [
      'text that is none',
      named({ type: 'text/plain', bytes: base64(0xff, 0xfe, 0) }),
      {
        ...{ type: 'text/plain', size: 3, why: 'content' },
      },
    ],
    ['no base64', named({ bytes: '!' }), { size: null, why: 'malformed' }],
    [
      'base64 without padding',
      named({ type: 'text/plain', bytes: 'QQ' }),
      {
        ...{ type: 'text/plain', size: null, why: 'malformed' },
      },
    ],
    ['no bytes', { name: 'a.png', type: 'image/png' }, { size: null, why: 'malformed' }],
    ['a field too many', named({ note: 1 }), { why: 'malformed' }],
    ['no name', { type: 'text/plain', bytes: 'QUE=' }, { name: null, type: 'text/plain', size: 2, why: 'malformed' }],
    ['an empty name', named({ name: '', type: 'text/plain' }), { name: null, type: 'text/plain', why: 'name' }],
    ['a path', named({ name: '../a', type: 'text/plain' }), { name: '../a', type: 'text/plain', why: 'name' }],
    [
      'a line end in its name',
      named({ name: 'a\nb', type: 'text/plain' }),
      {
        ...{ name: 'a\uFFFDb', type: 'text/plain', why: 'name' },
      },
    ],
    [
      'a name without end',
      named({ name: 'n'.repeat(5000), type: 't'.repeat(5000) }),
      {
        ...{ name: 'n'.repeat(200), type: 't'.repeat(100), why: 'type' },
      },
    ],
    ['null', null, { name: null, type: null, size: null, why: 'malformed' }],
    ['a number', 7, { name: null, type: null, size: null, why: 'malformed' }],
    ['a list', [good], { name: null, type: null, size: null, why: 'malformed' }],
    ['a text', 'QUE=', { name: null, type: null, size: null, why: 'malformed' }],
  ];
  test.each(cases)('%s', async (_, sent, leftOut) => {
    expect(await leftOutOf(sent)).toEqual({ ...told, ...leftOut });
  });

  test('one byte more than 10 MiB', async () => {
    const bytes = Buffer.alloc(attachmentLimits.bytes + 1, 'a');
    const sent = (part: Buffer) => ({ name: 'a.txt', type: 'text/plain', bytes: part.toString('base64') });
    expect(await leftOutOf(sent(bytes.subarray(1)))).toBeNull();
    const size = attachmentLimits.bytes + 1;
    expect(await leftOutOf(sent(bytes))).toEqual({ index: 1, name: 'a.txt', type: 'text/plain', size, why: 'size' });
    // What it holds is not looked at.
    expect(await leftOutOf({ ...sent(bytes), bytes: '!'.repeat(20 * 1024 ** 2) })).toMatchObject({ why: 'size' });
  });

  test('whatever stands in its place', async () => {
    const field = fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 2 }));
    const likely = fc.record({ name: field, type: field, bytes: field, more: field }, { requiredKeys: [] });
    const hasPoison = (value: unknown) => /__proto__|constructor|prototype/.test(JSON.stringify(value));
    await fc.assert(
      fc.asyncProperty(fc.oneof(likely, fc.jsonValue()), async (sent) => {
        fc.pre(!hasPoison(sent));
        const leftOut = await leftOutOf(sent);
        expect(leftOut?.index ?? 1).toBe(1);
      }),
      { numRuns: 40 },
    );
  });
});

describe('what bounds a report as a whole', () => {
  const tooMany = Array.from({ length: attachmentLimits.count + 1 }, () => good);

  test('eleven attachments are refused, and the refusal says so; ten are taken, allowed or not', async () => {
    const reply = await intake.send('POST', '/v1/reports', intakeOf({}, tooMany));
    expect(reply.status).toBe(413);
    expect(expectProblem(reply, 'attachments-too-many')).toBe('A report has at most 10 attachments.');
    const ten = await intake.handIn(intakeOf({}, [...tooMany.slice(2), null]));
    expect(ten.leftOut.map(({ index }) => index)).toEqual([9]);
  });

  test('a body that is too large is refused, and the refusal says how large one may be', async () => {
    const whole = `"${'a'.repeat(150 * 1024 ** 2)}"`;
    const reply = await intake.sendBytes('POST', '/v1/reports', toBytes(whole), 'application/json');
    expect(reply.status).toBe(413);
    expect(expectProblem(reply, 'body-too-large')).toMatch(/^The whole body has more than the 14\d{7} bytes that/);
  });
});
