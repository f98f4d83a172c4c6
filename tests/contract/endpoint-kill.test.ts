import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { demoForce, demoIntakeCode, demoWorkstationCode } from '#endpoint/demo.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import type { Intake } from '#shared/domain/report/intake.ts';
import type { EndpointPublicKeys } from '#shared/domain/unit/endpoint-keys.ts';
import type { EntryId, Position, UnitId } from '#shared/kernel/ids.ts';
import type { WireEntry } from '#shared/log/entry.ts';
import { emptyLog, type LogState } from '#shared/log/log-state.ts';
import { acceptPage } from '#shared/sync/accept-page.ts';
import { cborType, formatPush } from '#shared/sync/wire.ts';
import { kills, patience, runs, seed } from '../support/effort.ts';
import { directoryOf, EndpointClient, EndpointProblem } from '../support/endpoint-client.ts';
import { plantDatabase } from '../support/endpoint-database.ts';
import { type EndpointFixture, startTestEndpoint } from '../support/endpoint-fixture.ts';
import { type EndpointProcess, spawnEndpoint } from '../support/endpoint-process.ts';
import { randomOf } from '../support/endpoint-random.ts';
import { intakeOf } from '../support/endpoint-reports.ts';
import { type Author, foundUnit, pullAll } from '../support/endpoint-unit.ts';
import { MemoryTiles } from '../support/memory-tiles.ts';
import { suiteFolder } from '../support/temporary-folder.ts';

vi.setConfig({ testTimeout: patience(240_000) });

const rounds = kills(2);
const cuts = runs(20);

/** One who writes batches until the connection fails, and then knows which batch was not answered. */
class Writer {
  readonly author: Author;
  readonly acknowledged = new Map<EntryId, Position>();
  pending: WireEntry[] = [];

  constructor(author: Author) {
    this.author = author;
  }

  async run(client: EndpointClient, random: () => number): Promise<void> {
    for (;;) {
      if (this.pending.length === 0) {
        this.pending = await this.author.writeMany(1 + Math.floor(random() * 5), 100 + Math.floor(random() * 4000));
      }
      await this.send(client);
    }
  }

  async send(client: EndpointClient): Promise<void> {
    if (this.pending.length === 0) return;
    for (const { id, position } of await client.push(this.author.unit, this.pending)) {
      this.acknowledged.set(id, position);
    }
    this.pending = [];
  }
}

/** One who hands in reports, and hands the last in again when it was not answered. */
class Reporter {
  readonly references = new Map<string, string>();
  pending: Intake | null = null;

  async run(client: EndpointClient): Promise<void> {
    for (;;) {
      this.pending ??= intakeOf();
      this.references.set(this.pending.id, await client.postReport(this.pending));
      this.pending = null;
    }
  }
}

const writtenBy = (writers: readonly Writer[]): number =>
  writers.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);

/** Runs until the process is gone. A refusal is not what a killed process gives: it fails the test. */
const untilCut = (running: Promise<void>): Promise<void> =>
  running.catch((error) => {
    if (error instanceof EndpointProblem) throw error;
  });

describe('a killed endpoint', () => {
  const folder = suiteFolder();
  let running: EndpointProcess | undefined;

  afterAll(() => running?.end('SIGKILL'));

  test('has everything that it acknowledged, in order, once', async () => {
    console.log(`kill test: seed ${seed}`);
    const random = randomOf(seed);
    await plantDatabase(folder());
    running = await spawnEndpoint(folder());
    const { units, ...keys } = await directoryOf(running.url);
    const unit = units.find(({ force }) => force === demoForce)?.id as UnitId;
    const station = await EndpointClient.enrolled(running.url, demoWorkstationCode);
    const centre = await EndpointClient.enrolled(running.url, demoIntakeCode);
    const founded = await foundUnit(station, unit);
    const devices = { station: station.device, centre: centre.device };
    const writers = [new Writer(await founded.member()), new Writer(await founded.member())];
    const reporter = new Reporter();
    let log: LogState = emptyLog;
    const tiles = new MemoryTiles();
    let killed = 0;
    for (; killed < rounds; killed += 1) {
      const { url } = running;
      const work = [
        ...writers.map((writer) => untilCut(writer.run(new EndpointClient(url, devices.station), random))),
        untilCut(reporter.run(new EndpointClient(url, devices.centre))),
      ];
      // A slow machine, too, has acknowledged something that a kill could lose.
      const before = writtenBy(writers);
      await vi.waitUntil(() => writtenBy(writers) > before, 30_000);
      await wait(random() * 700);
      await running.end('SIGKILL');
      await Promise.all(work);
      running = await spawnEndpoint(folder());
      log = await verifyFrom(log, tiles, new EndpointClient(running.url, devices.station), unit, keys);
      await checkAll(running.url, devices.station, unit, keys, writers, reporter);
    }
    // What was not answered is sent again, and is there once.
    const last = new EndpointClient(running.url, devices.station);
    for (const writer of writers) await writer.send(last);
    for (const [id, reference] of [...reporter.references].slice(-3)) {
      const again = { ...intakeOf(), id };
      expect(await new EndpointClient(running.url, devices.centre).postReport(again)).toBe(reference);
    }
    await checkAll(running.url, devices.station, unit, keys, writers, reporter);
    const written = writtenBy(writers);
    console.log(`kill test: ${killed} kills, ${written} entries and ${reporter.references.size} reports acknowledged`);
    expect(written).toBeGreaterThan(rounds);
    expect(await running.end('SIGTERM')).toBe(0);
  });
});

/** The log extends what was seen before the kill: nothing that a replica saw was taken back. */
async function verifyFrom(
  seen: LogState,
  tiles: MemoryTiles,
  client: EndpointClient,
  unit: UnitId,
  { checkpointKey }: EndpointPublicKeys,
): Promise<LogState> {
  let log = seen;
  for (;;) {
    const page = await client.pull(unit, log.size, undefined, log.checkpoint);
    const accepted = await acceptPage(page, log, { unit, keyAfter: () => checkpointKey }, tiles);
    if (!accepted.ok) throw new Error(`${accepted.error.code} at ${accepted.error.position}`);
    tiles.keep(accepted.value.tree.tiles);
    log = accepted.value.log;
    if (log.size === page.end) return log;
  }
}

async function checkAll(
  url: string,
  device: SigningKey,
  unit: UnitId,
  keys: EndpointPublicKeys,
  writers: readonly Writer[],
  reporter: Reporter,
): Promise<void> {
  const { entries } = await pullAll(new EndpointClient(url, device), unit, keys);
  const positions = new Map(entries.map(({ entry, position }) => [entry.header.id, position]));
  expect(positions.size).toBe(entries.length);
  for (const { author, acknowledged, pending } of writers) {
    for (const [id, position] of acknowledged) expect(positions.get(id)).toBe(position);
    const own = entries.filter(({ entry }) => entry.header.author === author.key.author);
    expect(own.map(({ entry }) => entry.header.prev)).toEqual(
      [null, ...own.map(({ hash }) => hash)].slice(0, own.length),
    );
    // The batch that was not answered is there whole or not at all.
    expect([0, pending.length]).toContain(own.length - acknowledged.size);
  }
  const referrals = entries.filter(({ entry }) => entry.header.author === keys.endpointKey).length;
  const answered = reporter.references.size;
  expect(new Set(reporter.references.values()).size).toBe(answered);
  expect(reporter.pending ? [answered, answered + 1] : [answered]).toContain(referrals);
}

describe('a cut connection', () => {
  let fixture: EndpointFixture;

  beforeAll(async () => {
    fixture = await startTestEndpoint();
  });
  afterAll(() => fixture.close());

  test('neither loses nor doubles a push that is sent again', async () => {
    console.log(`cut test: seed ${seed}`);
    const random = randomOf(seed);
    const { workstation, unit, url, endpoint, founded } = fixture;
    const author = await founded.member();
    const sent: WireEntry[] = [];
    for (let cut = 0; cut < cuts; cut += 1) {
      const entries = await author.writeMany(1 + Math.floor(random() * 4), 2000);
      const request = await rawPush(workstation, unit, entries);
      // Every eighth is cut after its last byte: it has arrived, and its answer is lost.
      const length = cut % 8 === 7 ? request.length : Math.floor(random() * request.length);
      await sendAndCut(url, request.subarray(0, length));
      sent.push(...entries);
      expect((await workstation.push(unit, entries)).length).toBe(entries.length);
    }
    const { entries } = await pullAll(workstation, unit, endpoint);
    const theirs = entries.filter(({ entry }) => entry.header.author === author.key.author);
    expect(theirs.map(({ entry }) => entry.wire)).toEqual(sent);
    // Besides: the founding, and their admission.
    expect(entries).toHaveLength(sent.length + 2);
  });
});

async function rawPush(client: EndpointClient, unit: UnitId, entries: readonly WireEntry[]): Promise<Buffer> {
  const path = `/v1/units/${unit}/entries`;
  const body = formatPush({ entries: [...entries] });
  const { authorization } = await client.sign('POST', path, body);
  const head = [
    `POST ${path} HTTP/1.1`,
    `host: ${new URL(client.url).host}`,
    `authorization: ${authorization}`,
    `content-type: ${cborType}`,
    `content-length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}

const sendAndCut = (url: string, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.once('error', reject);
    socket.write(bytes.length > 0 ? bytes : 'P', () => {
      socket.resetAndDestroy();
      resolve();
    });
  });
