import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { beginningOf, makeDemo } from '#build/demo/history/make-demo.ts';
import { SetClock } from '#build/demo/history/set-clock.ts';
import { demoMembers } from '#build/demo/members.ts';
import { createKeyFileSecrets } from '#electron/host/key-file-secrets.ts';
import { startEndpoint } from '#endpoint/start-endpoint.ts';
import { currentCase } from '#renderer/vault/cases/current-case.ts';
import { openJournaledStore } from '#renderer/vault/store/journaled-store.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import { fromBase64url } from '#shared/crypto/encoding.ts';
import { drawn } from '#tests/support/effort.ts';
import { plantDatabase } from '#tests/support/endpoint-database.ts';
import { Desk } from '#tests/support/golden/desk.ts';
import { testHost } from '#tests/support/host.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const count = 32;

/** A window on the profile, in which there never was one. */
async function made() {
  const folder = await temporaryFolder();
  const [dataDir, profile] = [join(folder, 'data'), join(folder, 'profile')];
  await mkdir(profile);
  await plantDatabase(dataDir);
  const until = Date.now();
  const clock = SetClock.at(beginningOf(until));
  const endpoint = await startEndpoint({ dataDir, demo: true, now: clock.now });
  onTestFinished(() => endpoint.close());
  await makeDemo({
    ...{ endpoint, clock, profile, elsewhere: join(folder, 'elsewhere'), seed: 7, count },
    ...{ until: new Date(until).toISOString(), signal: new AbortController().signal },
  });
  clock.release();
  const bridge = testHost({ profile, secrets: createKeyFileSecrets(profile), endpoint: endpoint.url });
  const host = { call: async (name: string, request: unknown) => bridge.handle(name, request) as never };
  const secret = await bridge.handle('device.secret', {});
  if (!secret.ok) throw new Error('no device');
  const { secret: text } = secret.reply as { secret: string };
  const store = await openJournaledStore(createMemoryStore(), host, fromBase64url(text));
  return { store, host, until };
}

test('what is made passes every rule at its place in the log, and each member finds it with the passphrase that is printed', async () => {
  const { store, host, until } = await made();
  expect(store.findings).toEqual(['store-remade']);
  const [founder, ...others] = demoMembers;
  for (const { name, passphrase } of [founder, ...drawn(others, 1)].flatMap((each) => each ?? [])) {
    const desk = await Desk.open({ store, host }, { now: () => Date.now() }, name, passphrase);
    const { cases, findings, log } = desk.vault;
    expect({ name, cases: cases.confirmed.size }).toEqual({ name, cases: count });
    expect(
      findings.warnings.map(({ code }) => code).filter((code) => !['ledger-row', 'set-back'].includes(code)),
    ).toEqual([]);
    const { trouble } = desk.session.sync.state;
    expect({ trouble, waits: log.outbox.length }).toEqual({ trouble: null, waits: 0 });
    if (name !== founder?.name) {
      desk.close();
      continue;
    }
    const times: string[] = [];
    for (const id of cases.confirmed.keys()) {
      const state = await currentCase(desk.vault, id);
      for (const { refused, type, at } of state?.activity ?? []) {
        expect({ type, refused }).toEqual({ type, refused: null });
        times.push(at);
      }
    }
    const [first = '', last = ''] = [times.toSorted()[0], times.toSorted().at(-1)];
    expect(until - Date.parse(first)).toBeGreaterThan(450 * 86_400_000);
    expect(Date.parse(last)).toBeLessThanOrEqual(until);
    const all = [...cases.confirmed.values()].map(({ summary }) => summary);
    const open = all.filter(({ status }) => status === 'new' || status === 'assessing');
    expect(open.length).toBeGreaterThanOrEqual(10);
    const overdue = open.filter(({ dueAt }) => dueAt !== null && Date.parse(dueAt) < until);
    expect(overdue.length).toBeGreaterThanOrEqual(2);
    expect(overdue.length).toBeLessThanOrEqual(8);
    expect(open.filter(({ priority }) => priority === 'immediate')).toHaveLength(1);
    desk.close();
  }
});
