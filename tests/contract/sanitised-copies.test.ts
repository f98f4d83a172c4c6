import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHost, type Host } from '#electron/host/host.ts';
import { openAttachment } from '#renderer/vault/attachments.ts';
import { sanitiseAttachment } from '#renderer/vault/sanitise/sanitise-attachment.ts';
import { createStrip } from '#renderer/vault/sanitise/strip-file.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import { fromUtf8, utf8 } from '#shared/crypto/encoding.ts';
import { selectCopy } from '#shared/domain/sanitising/attachment-sanitised.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { type EndpointFixture, startTestEndpoint } from '#tests/support/endpoint-fixture.ts';
import { intakeOf, textAttachment } from '#tests/support/endpoint-reports.ts';
import { callHost, turningSecrets } from '#tests/support/host.ts';
import { segmentCodec } from '#tests/support/segment-codec.ts';
import { suiteFolder } from '#tests/support/temporary-folder.ts';
import { foundStation, startStation } from '#tests/support/transfer-station.ts';

/* A copy goes through the real host to a real endpoint, and is read back by a workstation that has none of it. */

let fixture: EndpointFixture;
let host: Host | undefined;

const folder = suiteFolder();

beforeAll(async () => {
  fixture = await startTestEndpoint();
  const { code } = await fixture.addUnit('copies');
  host = createHost({
    ...{ profile: join(folder(), 'profile'), secrets: turningSecrets, endpoint: fixture.url, clipboard: null },
    ...{ demo: null, version: '1', kind: 'browser', now: Date.now, fetch: (url, init) => fetch(url, init) },
  });
  const enrolled = await callHost(host, 'device.enrol', { endpoint: null, code });
  if (!enrolled.ok) throw new Error(enrolled.failure.code);
}, 60_000);
afterAll(async () => {
  host?.close();
  await fixture.close();
});

test('a copy is uploaded, named in the log, and opened where nothing of it is stored', async () => {
  const calls: string[] = [];
  const store = createMemoryStore();
  const relayed: Parameters<typeof foundStation>[1] = {
    call: (name, request) => {
      calls.push(name);
      if (!host) throw new Error('no host');
      return callHost(host, name, request);
    },
  };
  const station = await foundStation(store, relayed);
  const text = 'Said on Thursday.\n'.repeat(30_000);
  await fixture.intake.postReport(intakeOf({ force: 'copies' }, [textAttachment('Jo Bloggs.txt', `\ufeff${text}`)]));
  await station.sync();
  const id = station.cases()[0] as StreamId;
  await station.prepare(id);
  const made = await sanitiseAttachment(station.vault, createStrip(segmentCodec), id, 0);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const { copy } = selectCopy(await station.state(id), 0) ?? {};
  calls.length = 0;
  await station.sync();
  expect(calls.indexOf('log.push')).toBeGreaterThan(calls.lastIndexOf('blob.put'));
  expect(calls.filter((name) => name === 'blob.put')).toHaveLength(copy?.chunks.length ?? -1);
  expect(station.session.status()).toMatchObject({ waiting: 0, warnings: [], trouble: null });
  station.stop();

  store.rows.blobs.clear();
  const again = await startStation(store, relayed, station.slotId);
  await again.sync();
  const named = selectCopy(await again.state(id), 0);
  expect(named).toMatchObject({
    entry: made.value,
    removed: ['name', 'byteOrderMark'],
    copy: { name: 'attachment-1.txt' },
  });
  const opened = named && (await openAttachment(again.vault, named.copy));
  expect(opened?.ok && fromUtf8(opened.value.bytes)).toBe(text);
  expect(opened?.ok && opened.value.bytes).toEqual(utf8(text));
  expect(fixture.logged()).not.toMatch(/Bloggs|attachment-1/);
  again.stop();
});
