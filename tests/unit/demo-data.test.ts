import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inflateSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { demoReports, type MeantReport, meantReports } from '#build/demo/demo-report.ts';
import { postDemoReports } from '#build/demo/post-demo-reports.ts';
import { newStoredKey } from '#endpoint/stored-key.ts';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { attachmentTypes } from '#shared/domain/report/attachments.ts';
import { type Intake, intakeSchema } from '#shared/domain/report/intake.ts';
import { publicCategoryIds } from '#shared/domain/report/public-categories.ts';
import { verifyRequest } from '#shared/sync/request-token.ts';

const until = '2026-06-01T12:00:00Z';
const bytesOf = (seed: number, count: number) =>
  [...demoReports({ seed, count, until })].map((intake) => JSON.stringify(intake)).join('\n');

const meant: readonly MeantReport[] = [...meantReports({ seed: 7, count: 2000, until })];
const intakes = meant.map(({ intake }) => intake);
const reports = intakes.map(({ report }) => report);
const share = (holds: (report: MeantReport) => boolean) => (100 * meant.filter(holds).length) / meant.length;
const words = (text: string) => text.split(/\s+/).length;

describe('invented reports', () => {
  it('are the same bytes for the same seed, and others for another', () => {
    expect(bytesOf(7, 200)).toBe(bytesOf(7, 200));
    expect(bytesOf(8, 200)).not.toBe(bytesOf(7, 200));
  });

  it('are those of the last release, so that two machines show the same demo', () => {
    // A change to any table of sentences changes this: look at some reports, then pin the new digest.
    expect(createHash('sha256').update(bytesOf(7, 50)).digest('hex')).toBe(
      '6252b5e61917f8a70dcf373d71d2af8b887433cae6d0b60812118d0afccae77a',
    );
  });

  it('are two sequences that may be read at once', () => {
    const [one, two] = [demoReports({ seed: 7, count: 20, until }), demoReports({ seed: 7, count: 20, until })];
    const others = two[Symbol.iterator]();
    for (const intake of one) expect(others.next().value).toEqual(intake);
  });

  it('are taken whole by the schema of the endpoint', () => {
    for (const intake of intakes) expect(intakeSchema.parse(intake)).toEqual(intake);
    expect(new Set(intakes.map(({ id }) => id)).size).toBe(intakes.length);
  });

  it('were recorded in the 18 months before, oldest first, and more often of late', () => {
    const times = reports.map(({ recordedAt }) => Date.parse(recordedAt));
    const [end, month] = [Date.parse(until), 30 * 86_400_000];
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(Math.max(...times)).toBeLessThanOrEqual(end);
    expect(Math.min(...times)).toBeGreaterThan(end - 19 * month);
    const between = (from: number, to: number) => times.filter((time) => end - time >= from && end - time < to).length;
    expect(between(0, 6 * month)).toBeGreaterThan(1.4 * between(12 * month, 18 * month));
    const days = times.map((time) => new Date(time).getUTCDay());
    expect(days.filter((day) => day === 0 || day === 6).length / days.length).toBeGreaterThan(0.15);
  });
});

describe('the mix', () => {
  const tolerance = 2.5;
  it.each<[what: string, percent: number, holds: (report: MeantReport) => boolean]>([
    ['genuine', 86, ({ meaning }) => meaning.nature === 'genuine'],
    ['wrong force', 6, ({ meaning }) => meaning.nature === 'wrongForce'],
    ['out of scope', 5, ({ meaning }) => meaning.nature === 'outOfScope'],
    ['urgent', 3, ({ meaning }) => meaning.nature === 'urgent'],
    ['immediate risk', 3, ({ intake }) => intake.report.peopleAtRisk.some(({ urgency }) => urgency === 'immediate')],
    ['high risk', 8, ({ intake }) => intake.report.peopleAtRisk.some(({ urgency }) => urgency === 'high')],
    ['someone at risk', 25, ({ intake }) => intake.report.peopleAtRisk.length > 0],
    ['unnamed subject', 35, ({ intake }) => intake.report.subjects[0]?.name === null],
    ['repeat subject', 12, ({ meaning }) => meaning.repeat !== null],
    ['said to be reported before', 5, ({ intake }) => intake.report.narrative.includes('reported before')],
    ['officer', 75, ({ intake }) => intake.report.subjects[0]?.kind === 'officer'],
    ['staff', 18, ({ intake }) => intake.report.subjects[0]?.kind === 'staff'],
    ['volunteer', 2, ({ intake }) => intake.report.subjects[0]?.kind === 'volunteer'],
    ['unknown', 5, ({ intake }) => intake.report.subjects[0]?.kind === 'unknown'],
    ['online', 35, ({ intake }) => intake.report.channel === 'online'],
    ['anonymous', 70, ({ intake }) => intake.report.reporter === 'anonymous'],
    ['details supplied', 15, ({ intake }) => intake.report.reporter === 'detailsSupplied'],
    ['keep in contact', 15, ({ intake }) => intake.report.reporter === 'keepInContact'],
    ['attachments', 6, ({ intake }) => intake.attachments.length > 0],
  ])('%s: about %i in a hundred', (_, percent, holds) => {
    expect(Math.abs(share(holds) - percent)).toBeLessThan(tolerance);
  });

  it('has all five categories, none of them rare, and many themes', () => {
    for (const category of publicCategoryIds) {
      expect(share(({ intake }) => intake.report.categories[0] === category)).toBeGreaterThan(8);
    }
    expect(new Set(meant.map(({ meaning }) => meaning.theme)).size).toBeGreaterThanOrEqual(25);
  });

  it('goes to the one demo unit, also where the narrative is of another force', () => {
    expect(new Set(reports.map(({ force }) => force))).toEqual(new Set(['avon-and-somerset']));
    for (const { intake } of meant.filter(({ meaning }) => meaning.nature === 'wrongForce')) {
      expect(intake.report.narrative).toMatch(/Police|Constabulary/);
    }
  });

  it('puts urgent danger in the first words, with what the contact centre did', () => {
    for (const { intake } of meant.filter(({ meaning }) => meaning.nature === 'urgent')) {
      expect(intake.report.narrative).toMatch(/^(URGENT|IMMEDIATE RISK): /);
      expect(intake.report.narrative).toMatch(/control room|duty inspector/);
    }
  });

  it('shows the same people under several names, with and without their number', () => {
    const about = Map.groupBy(
      meant.filter(({ meaning }) => meaning.repeat !== null),
      ({ meaning }) => meaning.repeat,
    );
    expect(about.size).toBeGreaterThan(20);
    const often = [...about.values()].filter((list) => list.length >= 8);
    expect(often.length).toBeGreaterThan(3);
    for (const list of often) {
      const subjects = list.map(({ intake }) => intake.report.subjects[0]);
      expect(new Set(subjects.map((subject) => subject?.name)).size).toBeGreaterThan(2);
      expect(subjects.some((subject) => subject?.collarNumber)).toBe(true);
      expect(subjects.some((subject) => !subject?.collarNumber)).toBe(true);
      expect(new Set(subjects.flatMap((subject) => subject?.collarNumber ?? [])).size).toBe(1);
    }
  });

  it('quotes an earlier reference only of a report about the same person', () => {
    const quoting = meant.filter(({ intake }) => intake.report.earlierReference !== null);
    expect(quoting.length).toBeGreaterThan(3);
    for (const { intake, meaning } of quoting) {
      const index = Number(intake.report.earlierReference?.slice(3)) - 1;
      expect(meant[index]?.meaning.repeat).toBe(meaning.repeat);
      expect(index).toBeLessThan(intakes.indexOf(intake));
    }
  });
});

describe('the narratives', () => {
  const narratives = reports.map(({ narrative }) => narrative);

  it('differ, and are as long as an agent writes', () => {
    expect(new Set(narratives).size / narratives.length).toBeGreaterThanOrEqual(0.995);
    const lengths = narratives.map(words);
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    expect(mean).toBeGreaterThan(250);
    expect(mean).toBeLessThan(350);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(150);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(450);
  });

  it('are whole sentences with no blank left over', () => {
    for (const narrative of narratives) {
      expect(narrative).not.toMatch(/[{}[\]|]|undefined|null| {2}|[,.] ?[,.]|\ban? (an?|the) /);
      expect(narrative).not.toMatch(/\ba (?!one\b)[aeio]|\ban [^aeiouh8]|\b(\w+) \1\b/);
      expect(narrative).toMatch(/^[A-Z].*[.?]"?$/s);
      expect(narrative).not.toMatch(/\. [a-z]/);
    }
  });

  it('lead to nobody real: no address, no number but those kept for drama, no plate that is issued', () => {
    const everything = bytesOf(7, 1000);
    expect(everything).not.toMatch(/[\w.+-]+@[\w-]+\.\w/);
    expect(everything).not.toMatch(/https?:|www\./);
    const telephone = narratives.join('\n').match(/\b0\d{3,4} ?\d{3} ?\d{3,4}\b/g) ?? [];
    expect(telephone.length).toBeGreaterThan(20);
    for (const number of telephone) expect(number).toMatch(/^07700 900\d{3}$/);
    const plates = everything.match(/(?<=registration )[A-Z0-9]+/g) ?? [];
    expect(plates.length).toBeGreaterThan(200);
    // No current-style plate begins with J, T or U.
    for (const plate of plates) expect(plate).toMatch(/^[JTU][A-Z]\d\d$/);
  });
});

describe('the attachments', () => {
  const files = intakes.flatMap(({ attachments }) => attachments);
  const bytes = (type: string) =>
    files.filter((file) => file.type === type).map((file) => Buffer.from(file.bytes, 'base64'));

  it('are of every type that is taken, one to three to a report', () => {
    expect(new Set(files.map(({ type }) => type))).toEqual(new Set(attachmentTypes));
    expect(new Set(intakes.map(({ attachments }) => attachments.length))).toEqual(new Set([0, 1, 2, 3]));
  });

  it('are whole PNG files', () => {
    for (const file of bytes('image/png')) {
      expect(file.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
      const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
      const data = file.indexOf('IDAT');
      const rows = inflateSync(file.subarray(data + 4, data + 4 + file.readUInt32BE(data - 4)));
      expect(rows.length).toBe(height * (1 + width / 4));
    }
  });

  it('are whole JPEG, PDF and text files', () => {
    for (const file of bytes('image/jpeg')) {
      expect(file.subarray(0, 4).toString('hex')).toBe('ffd8ffe0');
      expect(file.subarray(-2).toString('hex')).toBe('ffd9');
    }
    for (const file of bytes('application/pdf')) {
      const text = file.toString('latin1');
      expect(text).toMatch(/^%PDF-1\.4\n/);
      expect(text.slice(Number(/startxref\n(\d+)/.exec(text)?.[1]))).toMatch(/^xref\n0 6\n/);
      expect(text).toMatch(/%%EOF\n$/);
    }
    for (const file of bytes('text/plain'))
      expect(() => new TextDecoder('utf-8', { fatal: true }).decode(file)).not.toThrow();
  });
});

describe('posting them', () => {
  let server: Server | null = null;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    server = null;
  });

  /** What an endpoint says to one request; a refusal is problem+json. */
  type Reply = readonly [status: number, body: unknown, headers?: Record<string, string>];
  const problem = (status: number, title: string, detail: string, headers?: Record<string, string>): Reply => [
    status,
    { type: 'urn:test', title, status, code: 'test', detail },
    headers,
  ];
  const keys = { endpointKey: 'A'.repeat(43), checkpointKey: 'E'.repeat(43), operatorKey: 'O'.repeat(42).concat('A') };
  const enrolled: Reply = [200, { purpose: 'intake', unit: null, ...keys }];

  async function endpointThat(
    answers: (path: string, body: unknown, signed: boolean, by: string) => Reply,
  ): Promise<string> {
    server = createServer(async (request, response) => {
      const body = await bodyOf(request);
      const path = request.url ?? '';
      const token = request.headers.authorization?.replace('Probity ', '') ?? '';
      const proof = await verifyRequest(token, { method: 'POST', path, body }, Date.now());
      const [status, reply, headers] = answers(
        path,
        JSON.parse(new TextDecoder().decode(body)),
        proof.ok,
        proof.ok ? proof.value.device : '',
      );
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(reply));
    });
    await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function bodyOf(request: IncomingMessage): Promise<Bytes> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    return new Uint8Array(Buffer.concat(parts));
  }

  it('enrols, signs each report, waits when told to, and quotes the references that were given', async () => {
    const received = new Map<string, Intake>();
    let turnedAway = 0;
    const endpoint = await endpointThat((path, body, signed) => {
      if (!signed) return problem(401, 'Not signed', 'The request is not signed.');
      if (path === '/v1/enrolments') return enrolled;
      const intake = intakeSchema.parse(body);
      if (turnedAway < 2) {
        turnedAway += 1;
        return problem(turnedAway === 1 ? 429 : 503, 'Too much', 'Later, please.', { 'retry-after': '0' });
      }
      received.set(intake.id, intake);
      return [201, { reference: `PA-${String(900_000 + received.size)}`, leftOut: [] }];
    });
    const steps: number[] = [];
    const onProgress = ({ posted }: { posted: number }) => steps.push(posted);
    const result = await postDemoReports({ endpoint, seed: 7, referrals: 600, until, onProgress });
    expect(result).toEqual({ posted: 600, refused: 0 });
    expect(steps).toHaveLength(600);
    const expected = [...demoReports({ seed: 7, count: 600, until })];
    expect(new Set(received.keys())).toEqual(new Set(expected.map(({ id }) => id)));
    const quoted = [...received.values()].flatMap(({ report }) => report.earlierReference ?? []);
    expect(quoted.length).toBeGreaterThan(0);
    for (const reference of quoted) expect(reference).toMatch(/^PA-900/);
  });

  it('posts the same again by one device, however the answers come in', async () => {
    const runs: string[][] = [];
    const devices = new Set<string>();
    const endpoint = await endpointThat((path, body, _, by) => {
      devices.add(by);
      if (path === '/v1/enrolments') return enrolled;
      runs.at(-1)?.push(JSON.stringify(body));
      return [201, { reference: `PA-${String(700_000 + (runs.at(-1)?.length ?? 0))}`, leftOut: [] }];
    });
    const device = await newStoredKey();
    for (const _ of [1, 2]) {
      runs.push([]);
      await postDemoReports({ endpoint, seed: 7, referrals: 300, until, device });
    }
    const withoutReference = (run: string[] = []) => run.map((each) => each.replace(/"PA-7\d+"/, '"given"')).sort();
    expect(withoutReference(runs[1])).toEqual(withoutReference(runs[0]));
    expect(runs[0]?.some((each) => each.includes('"earlierReference":"PA-7'))).toBe(true);
    expect([...devices]).toEqual([device.author]);
  });

  it('counts what is refused and goes on', async () => {
    let count = 0;
    const endpoint = await endpointThat((path) => {
      if (path === '/v1/enrolments') return enrolled;
      count += 1;
      return count % 2
        ? [201, { reference: 'PA-000001', leftOut: [] }]
        : problem(400, 'Malformed', 'The report has no subject.');
    });
    const reasons: string[] = [];
    const onRefused = (reason: string) => reasons.push(reason);
    expect(await postDemoReports({ endpoint, seed: 7, referrals: 20, until, onRefused })).toEqual({
      posted: 10,
      refused: 10,
    });
    expect(reasons[0]).toBe('Malformed. The report has no subject.');
  });

  it('stops in plain words when no report would be taken', async () => {
    const endpoint = await endpointThat((path) =>
      path === '/v1/enrolments'
        ? enrolled
        : problem(409, 'The unit cannot receive reports yet', 'Found the unit first.'),
    );
    await expect(postDemoReports({ endpoint, seed: 7, referrals: 20, until })).rejects.toThrow(
      'The unit cannot receive reports yet. Found the unit first.',
    );
    const strict = await endpointThat(() => problem(403, 'The code is not accepted', 'It was used before.'));
    await expect(postDemoReports({ endpoint: strict, seed: 7, referrals: 20, until })).rejects.toThrow(
      'It was used before.',
    );
  });

  it('can be stopped', async () => {
    const stop = new AbortController();
    const endpoint = await endpointThat((path) =>
      path === '/v1/enrolments' ? enrolled : [201, { reference: 'PA-000001', leftOut: [] }],
    );
    const onProgress = ({ posted }: { posted: number }) => posted === 5 && stop.abort();
    await expect(
      postDemoReports({ endpoint, seed: 7, referrals: 500, until, signal: stop.signal, onProgress }),
    ).rejects.toThrow();
  });
});
