import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { demoIntakeCode } from '#endpoint/demo.ts';
import { pgSql } from '#endpoint/storage/pg-sql.ts';
import { utf8 } from '#shared/crypto/encoding.ts';
import type { Intake } from '#shared/domain/report/intake.ts';
import { EndpointClient } from '../support/endpoint-client.ts';
import { type EndpointFixture, startTestEndpoint } from '../support/endpoint-fixture.ts';
import { newDatabase } from '../support/endpoint-postgres.ts';
import { intakeOf, textAttachment } from '../support/endpoint-reports.ts';
import { expectProblem } from '../support/expect-problem.ts';

let fixture: EndpointFixture;
let intake: EndpointClient;
let databaseUrl: string;

beforeAll(async () => {
  databaseUrl = await newDatabase(inject('postgres'));
  fixture = await startTestEndpoint({ databaseUrl });
  ({ intake } = fixture);
});
afterAll(() => fixture?.close());

const size = async () => (await fixture.workstation.pull(fixture.unit, 0)).end;
const post = (body: unknown) => intake.send('POST', '/v1/reports', body);

describe('another report under an id that a device has used', () => {
  const sent = intakeOf({ narrative: 'One.', places: ['Here', 'There'] }, [textAttachment('a.txt', 'A')]);
  const changed = (changes: Partial<Intake['report']>): Intake => ({ ...sent, report: { ...sent.report, ...changes } });
  const others: Intake[] = [
    changed({ narrative: 'Two.' }),
    changed({ places: ['There', 'Here'] }),
    changed({ recordedAt: '2026-03-02T09:30:01.000Z' }),
    changed({ force: 'wiltshire' }),
    changed({ force: 'nowhere' }),
    { ...sent, attachments: [] },
    { ...sent, attachments: [textAttachment('a.txt', 'B')] },
    { ...sent, attachments: [textAttachment('b.txt', 'A')] },
    { ...sent, attachments: [textAttachment('a.txt', 'A'), textAttachment('a.txt', 'A')] },
  ];

  test('is refused, and neither is lost nor written over', async () => {
    const reference = await intake.postReport(sent);
    const before = await size();
    for (const other of others) {
      const detail = expectProblem(await post(other), 'report-id-reused');
      expect(detail).toContain('under an id of its own');
    }
    expect((await post(others[0])).status).toBe(409);
    expect(await size()).toBe(before);
    expect(await intake.postReport(sent)).toBe(reference);
    const second = await intake.postReport({ ...(others[0] ?? sent), id: crypto.randomUUID() });
    expect(Number(second.slice(3))).toBe(Number(reference.slice(3)) + 1);
  });

  test('of many at once, one is received, also where they are for two forces', async () => {
    const { force } = await fixture.newFoundedUnit();
    const one = intakeOf();
    const two = { ...one, report: { ...one.report, force } };
    const replies = await Promise.all([one, two, one, two, one, two].map((each) => post(each)));
    const statuses = replies.map(({ status }) => status);
    expect([
      [201, 409, 201, 409, 201, 409],
      [409, 201, 409, 201, 409, 201],
    ]).toContainEqual(statuses);
  });

  test('from another device is that device’s own', async () => {
    const other = await EndpointClient.enrolled(fixture.url, demoIntakeCode);
    const one = intakeOf({ narrative: 'Mine.' });
    const references = [await intake.postReport(one), await other.postReport(one)];
    const two = { ...one, report: { ...one.report, narrative: 'Another.' } };
    const third = await EndpointClient.enrolled(fixture.url, demoIntakeCode);
    references.push(await third.postReport(two));
    expect(new Set(references).size).toBe(3);
    expect(await other.postReport(one)).toBe(references[1]);
    expectProblem(await post(two), 'report-id-reused');
  });
});

describe('the same report under its id', () => {
  test('has the same reference after a restart, at a second process and after the keys were replaced', async () => {
    const sent = intakeOf({ narrative: 'Again.' });
    const reference = await intake.postReport(sent);
    await fixture.restart();
    expect(await intake.postReport(sent)).toBe(reference);
    const beside = new EndpointClient((await fixture.startBeside()).url, intake.device);
    expect(await beside.postReport(sent)).toBe(reference);
    await fixture.endpoint.operate({ order: 'replaceKeys' });
    expect(await intake.postReport(sent)).toBe(reference);
    expectProblem(await post({ ...sent, report: { ...sent.report, narrative: 'Other.' } }), 'report-id-reused');
  });

  test('may be written in any way that means the same', async () => {
    const sent = intakeOf({ narrative: 'Written: “ü” 𝄞.', places: ['Here'] }, [textAttachment('a.txt', 'A')]);
    const reference = await intake.postReport(sent);
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), fc.constantFrom('', ' ', '\n\t'), async (order, blank) => {
        const text = JSON.stringify(shuffled(sent, order), null, blank)
          .replaceAll('ü', '\\u00fc')
          .replace('"Here"', `"${blank === '' ? '' : ' '}Here "`);
        const body = utf8(text.replace(sent.id, sent.id.toUpperCase()));
        const reply = await intake.sendBytes('POST', '/v1/reports', body, 'application/json');
        expect([reply.status, JSON.parse(Buffer.from(reply.bytes).toString()).reference]).toEqual([201, reference]);
      }),
      { numRuns: 20 },
    );
  });
});

test('what is kept of a report’s content cannot be made without the endpoint’s key', async () => {
  const sent = intakeOf({ narrative: 'Guess me.' });
  await intake.postReport(sent);
  const sql = await pgSql(databaseUrl);
  const rows = await sql.query<{ content: string }>('SELECT content FROM reports WHERE id = $1', [sent.id]);
  await sql.close();
  expect(rows).toHaveLength(1);
  expect(rows[0]?.content).toMatch(/^[\w-]{43}$/);
  const plain = (text: string) => createHash('sha256').update(text).digest('base64url');
  expect([plain(JSON.stringify(sent)), plain(JSON.stringify(sent.report))]).not.toContain(rows[0]?.content);
  // Another endpoint, with another key, keeps another digest of the same.
  const elsewhere = await newDatabase(inject('postgres'));
  const other = await startTestEndpoint({ databaseUrl: elsewhere });
  await other.intake.postReport(sent);
  const otherSql = await pgSql(elsewhere);
  const [row] = await otherSql.query<{ content: string }>('SELECT content FROM reports');
  await otherSql.close();
  await other.close();
  expect(row?.content).not.toBe(rows[0]?.content);
});

/** The same value, with the keys of each object in another order. */
function shuffled(value: unknown, order: Iterator<number>): unknown {
  if (Array.isArray(value)) return value.map((each) => shuffled(each, order));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, each]) => [order.next().value as number, key, shuffled(each, order)] as const,
  );
  return Object.fromEntries(entries.sort(([a], [b]) => a - b).map(([, key, each]) => [key, each]));
}
