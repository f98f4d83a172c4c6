import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { orderSchema } from '#endpoint/operator/operate.ts';
import { mostOutcomes, outcomePageSchema } from '#shared/sync/transfer.ts';
import { EndpointClient, newDevice } from '../support/endpoint-client.ts';
import { type EndpointFixture, startTestEndpoint } from '../support/endpoint-fixture.ts';
import { intakeOf } from '../support/endpoint-reports.ts';
import { putOutcome } from '../support/endpoint-unit.ts';
import { problemOf } from '../support/expect-problem.ts';

/* What Crimestoppers reads of what became of its reports: one word, and the day, once that day is over. */

const dayLong = 86_400_000;
const morning = Date.parse('2026-11-20T09:12:00.000Z');
let now = morning;
const clock = () => now;
let fixture: EndpointFixture;

beforeAll(async () => {
  fixture = await startTestEndpoint({ now: clock });
}, 60_000);
afterAll(() => fixture.close());
// Later than all that was said before.
beforeEach(() => {
  now += 10 * dayLong;
});

async function newCentre(organisation: string): Promise<EndpointClient> {
  const ordered = await fixture.endpoint.operate({ order: 'intakeCode', organisation });
  if (!('code' in ordered)) throw new Error('no code');
  return EndpointClient.enrolled(fixture.url, ordered.code, clock);
}

async function read(by: EndpointClient, query = 'after=0'): Promise<z.output<typeof outcomePageSchema>> {
  const reply = await by.send('GET', `/v1/outcomes?${query}`);
  expect(reply.status).toBe(200);
  return outcomePageSchema.parse(JSON.parse(Buffer.from(reply.bytes).toString()));
}

async function say(reference: string, outcome: string): Promise<void> {
  const { workstation: client, founded } = fixture;
  const said = await putOutcome({ client, author: founded.founder, now: clock }, reference, { class: outcome });
  expect(said.status).toBe(204);
}

async function refusalOf(by: EndpointClient, query: string): Promise<string> {
  const reply = await by.send('GET', `/v1/outcomes${query}`);
  return problemOf(reply).code;
}

const today = () => new Date(now).toISOString().slice(0, 10);

describe('an intake device', () => {
  test('reads one word and the day of each report, from the day after and in the order of changes', async () => {
    const centre = await newCentre('centre-order');
    const [one, two] = [await centre.postReport(intakeOf()), await centre.postReport(intakeOf())];
    const first = today();
    await say(two, 'recorded');
    await say(one, 'passedOn');
    expect(await read(centre)).toEqual({ outcomes: [], more: false });
    now += dayLong;
    const told = [
      { change: 1, reference: two, class: 'recorded', reportedOn: first },
      { change: 2, reference: one, class: 'passedOn', reportedOn: first },
    ];
    expect(await read(centre)).toEqual({ outcomes: told, more: false });

    await say(two, 'recorded');
    await say(two, 'acted');
    // What was told is no longer so; what is so is told tomorrow.
    expect(await read(centre)).toEqual({ outcomes: [told[1]], more: false });
    const second = today();
    now += dayLong;
    const changed = { change: 3, reference: two, class: 'acted', reportedOn: second };
    expect(await read(centre, 'after=2')).toEqual({ outcomes: [changed], more: false });
    expect(await read(centre, 'after=3')).toEqual({ outcomes: [], more: false });
  });

  test('learns nothing of the hour, however often it asks', async () => {
    const centre = await newCentre('centre-hours');
    const reference = await centre.postReport(intakeOf());
    now = Math.ceil(now / dayLong) * dayLong;
    await say(reference, 'acted');
    for (let hour = 0; hour < 23; hour += 1) {
      now += 3_600_000;
      expect((await read(centre)).outcomes).toEqual([]);
    }
    now += 3_600_000;
    expect((await read(centre)).outcomes).toHaveLength(1);
  });

  test('pages', async () => {
    const centre = await newCentre('centre-pages');
    const references: string[] = [];
    for (let count = 0; count < 3; count += 1) references.push(await centre.postReport(intakeOf()));
    for (const reference of references) await say(reference, 'closed');
    now += dayLong;
    const seen: string[] = [];
    let after = 0;
    for (let more = true; more; ) {
      const page = await read(centre, `after=${after}&limit=2`);
      expect(page.outcomes.length).toBeLessThanOrEqual(2);
      seen.push(...page.outcomes.map(({ reference }) => reference));
      after = page.outcomes.at(-1)?.change ?? after;
      ({ more } = page);
    }
    expect(seen).toEqual(references);
  });

  test('reads what another device of its organisation posted, and nothing of another organisation', async () => {
    const [centre, colleague, other] = [
      await newCentre('centre-one'),
      await newCentre('centre-one'),
      await newCentre('centre-two'),
    ];
    const [ours, theirs] = [await colleague.postReport(intakeOf()), await other.postReport(intakeOf())];
    await say(theirs, 'acted');
    await say(ours, 'closed');
    now += dayLong;
    const expected = (reference: string) => [expect.objectContaining({ change: 1, reference })];
    expect((await read(centre)).outcomes).toEqual(expected(ours));
    expect((await read(colleague)).outcomes).toEqual(expected(ours));
    expect((await read(other)).outcomes).toEqual(expected(theirs));
    expect((await read(fixture.intake)).outcomes).toEqual([]);
  });

  test('asks for a page in the form that is documented', async () => {
    for (const query of [
      '',
      '?after=-1',
      '?after=x',
      '?after=0&limit=0',
      `?after=0&limit=${mostOutcomes + 1}`,
      '?after=0&unit=x',
    ]) {
      expect(await refusalOf(fixture.intake, query)).toBe('request-malformed');
    }
  });
});

test('a workstation and a stranger read none', async () => {
  expect(await refusalOf(fixture.workstation, '?after=0')).toBe('device-not-allowed');
  expect(await refusalOf(new EndpointClient(fixture.url, await newDevice(), clock), '?after=0')).toBe('device-unknown');
  const unsigned = await fetch(`${fixture.url}/v1/outcomes?after=0`);
  expect(((await unsigned.json()) as { code: string }).code).toBe('token-missing');
});

test('an organisation is named as the operator says, else as the service’s own', () => {
  const order = { order: 'intakeCode' } as const;
  expect(orderSchema.parse(order)).toEqual({ ...order, organisation: 'crimestoppers' });
  for (const organisation of ['Not A Slug', '', 'x', 'a'.repeat(61)]) {
    expect(orderSchema.safeParse({ ...order, organisation }).success).toBe(false);
  }
});

test('reading is limited as posting is', async () => {
  const limited = await startTestEndpoint({ limits: { intake: 2 } });
  try {
    const ask = () => limited.intake.send('GET', '/v1/outcomes?after=0');
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  } finally {
    await limited.close();
  }
}, 60_000);

test('no reference is in the log of requests', () => {
  expect(fixture.logged()).toContain('/v1/outcomes');
  expect(fixture.logged()).not.toContain('PA-0');
});
