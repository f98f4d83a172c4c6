import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import { founderOf, listUnits } from '#renderer/vault/transfer/directory.ts';
import { generateSigningKey, importSigningKey } from '#shared/crypto/signing.ts';
import { type Directory, signDirectory } from '#shared/sync/directory.ts';
import { makeFounding } from '#tests/support/made-roster.ts';
import { createMemoryEndpoint, type Weather } from '#tests/support/memory-endpoint.ts';
import { claimsNow, type MemoryNetwork, publishDirectory } from '#tests/support/memory-network.ts';
import { slotSecretsOf } from '#tests/support/slot-secrets.ts';
import { type Side, stageOf, twoUnits } from '#tests/support/two-units.ts';
import { foundedOn, grade, passphrase } from '#tests/support/workstation.ts';

/*
 * What the endpoint, or whoever writes its database, can do about which units there are and who founded them: keep what is
 * new from a workstation. Nothing is sealed to anybody of theirs.
 */

const warningsOf = ({ station }: Side) => station.session.status().warnings.map(({ code }) => code);

async function newOperator() {
  const { author, pkcs8 } = await generateSigningKey();
  return importSigningKey(author, pkcs8);
}

/** A directory in which a stranger founded the unit, and the roster of theirs that is served with it. */
async function strangerAt({ endpoint }: Side, network: MemoryNetwork): Promise<Directory> {
  const forged = await makeFounding(endpoint.unit, network.keys);
  const peer = network.peers.get(endpoint.unit);
  if (!peer) throw new Error('no peer');
  network.peers.set(endpoint.unit, { ...peer, roster: () => [forged.entry.wire] });
  const claims = claimsNow(network);
  const founder = forged.entry.header.author;
  return { ...claims, units: claims.units.map((unit) => (unit.id === endpoint.unit ? { ...unit, founder } : unit)) };
}

type TwoUnits = Awaited<ReturnType<typeof twoUnits>>;

/** What is served from then on, by an endpoint whose other unit is a stranger's. */
const hostile: [
  what: string,
  serve: (forged: Directory, units: TwoUnits) => Promise<string | null>,
  warning: string,
][] = [
  [
    'signed by nobody',
    async (forged) => `e30.${Buffer.from(JSON.stringify(forged)).toString('base64url')}.`,
    'directory-unverified',
  ],
  ['signed by another', async (forged) => signDirectory(forged, await newOperator()), 'directory-unverified'],
  [
    'signed by the endpoint itself',
    async (forged, { a: { endpoint } }) => signDirectory(forged, endpoint.key),
    'directory-unverified',
  ],
  [
    'with another founder under the operator’s signature',
    async (forged, { network }) => {
      const [header, , signature] = (network.directory ?? '').split('.');
      return [header, Buffer.from(JSON.stringify(forged)).toString('base64url'), signature].join('.');
    },
    'directory-unverified',
  ],
  [
    'of another endpoint',
    async (forged, { network }) =>
      signDirectory({ ...forged, checkpointKey: (await newOperator()).author }, network.operator),
    'directory-other-endpoint',
  ],
  [
    'with a lower number',
    async (forged, { network }) => signDirectory({ ...forged, number: network.number - 1 }, network.operator),
    'directory-older',
  ],
  [
    'with the same number',
    async (forged, { network }) => signDirectory({ ...forged, number: network.number }, network.operator),
    'directory-older',
  ],
  ['that is none any more', async () => null, 'directory-older'],
];

describe('a workstation that has a directory', () => {
  test.each(hostile)(
    'stays with it when it is served one %s, and seals nothing to the stranger',
    async (_, serve, code) => {
      const units = await twoUnits();
      const { a, b, id, toB, network } = units;
      await listUnits(a.station.vault);
      const founder = b.station.vault.member.slot.founder;
      expect(await founderOf(a.station.vault, b.endpoint.unit)).toBe(founder);
      network.directory = await serve(await strangerAt(b, network), units);
      await a.station.decide(id, toB);
      await a.station.sync();
      expect(await founderOf(a.station.vault, b.endpoint.unit)).toBe(founder);
      expect((await a.station.transfers(id)).sent).toMatchObject([
        { stage: 'waiting', trouble: { code: 'unit-key-unverified' } },
      ]);
      expect(network.transfers.size).toBe(0);
      expect(warningsOf(a)).toEqual([code]);
      // The same after a restart, from what was kept.
      await a.restart();
      await a.station.sync();
      expect(await founderOf(a.station.vault, b.endpoint.unit)).toBe(founder);
      expect(network.transfers.size).toBe(0);
    },
  );

  test('goes on sending by it when what it is served then is not to be believed', async () => {
    const { a, id, toB, network } = await twoUnits();
    await listUnits(a.station.vault);
    network.directory = 'nonsense';
    await a.station.decide(id, toB);
    await a.station.sync();
    expect(await stageOf(a, id)).toBe('sent');
    expect(warningsOf(a)).toEqual(['directory-unverified']);
  });

  test('takes a later one that the operator signed, also with another founder', async () => {
    const { a, b, network } = await twoUnits();
    await listUnits(a.station.vault);
    const claims = await strangerAt(b, network);
    network.directory = await signDirectory(claims, network.operator);
    await listUnits(a.station.vault);
    const named = claims.units.find(({ id }) => id === b.endpoint.unit)?.founder;
    expect(await founderOf(a.station.vault, b.endpoint.unit)).toBe(named);
    expect(warningsOf(a)).toEqual([]);
  });

  test('knows it without a connection, and after a restart', async () => {
    let weather: Weather = 'fair';
    const { a, b } = await twoUnits(() => weather);
    const seen = await listUnits(a.station.vault);
    expect(seen.others).toMatchObject([{ id: b.endpoint.unit, founder: b.station.vault.member.slot.founder }]);
    weather = 'requestLost';
    await a.restart();
    expect(await listUnits(a.station.vault)).toEqual(seen);
  });

  test('keeps it sealed: it cannot be read on the disk', async () => {
    const { a, network } = await twoUnits();
    await listUnits(a.station.vault);
    const payload = network.directory?.split('.')[1] ?? '';
    expect(payload.length).toBeGreaterThan(200);
    const { box } = a.store.rows.meta.get('directory') ?? {};
    expect(box?.length).toBeGreaterThan(payload.length);
    expect(Buffer.from(box ?? []).toString('latin1')).not.toContain(payload.slice(0, 50));
  });

  test('warns when it names somebody else as the founder of its own unit', async () => {
    const { a, network } = await twoUnits();
    network.directory = await signDirectory(await strangerAt(a, network), network.operator);
    await listUnits(a.station.vault);
    expect(warningsOf(a)).toEqual(['directory-own-founder']);
  });
});

describe('a workstation that never had a directory', () => {
  test('says so, and sends once there is one', async () => {
    const { a, id, toB, network } = await twoUnits();
    const kept = network.directory;
    network.directory = null;
    await expect(listUnits(a.station.vault)).rejects.toThrow('directory-none');
    await a.station.decide(id, toB);
    await a.station.sync();
    expect((await a.station.transfers(id)).sent).toMatchObject([
      { stage: 'waiting', trouble: { code: 'directory-none' } },
    ]);
    expect(network.transfers.size).toBe(0);
    expect(warningsOf(a)).toEqual([]);
    network.directory = kept;
    await a.station.sync();
    expect(await stageOf(a, id)).toBe('sent');
  });

  test('believes none that the operator did not sign', async () => {
    const { a, b, id, toB, network } = await twoUnits();
    network.directory = await signDirectory(await strangerAt(b, network), await newOperator());
    await a.station.decide(id, toB);
    await a.station.sync();
    expect((await a.station.transfers(id)).sent).toMatchObject([{ trouble: { code: 'directory-none' } }]);
    expect(await founderOf(a.station.vault, b.endpoint.unit)).toBeNull();
    expect(network.transfers.size).toBe(0);
    expect(warningsOf(a)).toEqual(['directory-unverified']);
  });
});

test('a unit is not sent anything before the operator has signed who founded it', async () => {
  const { a, b, id, toB, network } = await twoUnits();
  const claims = claimsNow(network);
  const unsigned = claims.units.map((unit) => (unit.id === b.endpoint.unit ? { ...unit, founder: null } : unit));
  network.number = claims.number;
  network.directory = await signDirectory({ ...claims, units: unsigned }, network.operator);
  await a.station.decide(id, toB);
  await a.station.sync();
  expect((await a.station.transfers(id)).sent).toMatchObject([
    { stage: 'waiting', trouble: { code: 'unit-not-in-directory', params: { unit: 'Unit test-b' } } },
  ]);
  expect(network.transfers.size).toBe(0);
  await publishDirectory(network);
  await a.station.sync();
  expect(await stageOf(a, id)).toBe('sent');
});

test('who is admitted at a workstation goes by the same operator', async () => {
  const endpoint = await createMemoryEndpoint();
  const [store, host] = [createMemoryStore(), endpoint.host()];
  const { vault } = await foundedOn(store, host);
  const admitted = await vault.call('member.admit', { name: 'Rowan Vale', role: 'analyst', passphrase, grade });
  expect(admitted.ok).toBe(true);
  const { own } = await slotSecretsOf(store, host, 'Rowan Vale', passphrase);
  expect(own.operatorKey).toBe(endpoint.network.operator.author);
});
