import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '#renderer/vault/host.ts';
import { openDeviceKeys } from '#renderer/vault/keys/device-keys.ts';
import { loadKeyCache } from '#renderer/vault/keys/key-cache.ts';
import { createKeyring } from '#renderer/vault/keys/keyring.ts';
import { openSlot, openSlotRecord, type SlotSecrets } from '#renderer/vault/keys/slots.ts';
import { openEntries, type StoredEntry } from '#renderer/vault/log/entry-rows.ts';
import type { Store } from '#renderer/vault/store/store.ts';
import { importContentKey } from '#shared/crypto/aead.ts';
import { toCbor } from '#shared/crypto/cbor.ts';
import { fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import { importSigningKey, type SigningKey } from '#shared/crypto/signing.ts';
import { namedKeys } from '#shared/domain/unit/endpoint-keys.ts';
import type { AuthorKey, Digest, EntryId, UnitId } from '#shared/kernel/ids.ts';
import { isWhole } from '#shared/log/entry.ts';
import { seenNothing, toSeen } from '#shared/log/seen.ts';
import { type SignedCheckpoint, verifySignedCheckpoint } from '#shared/log/tree/signed-checkpoint.ts';
import { carriedSchemas, openStatement, type SaidAnswer, type SaidTransfer } from '#shared/sync/transfer.ts';
import { parsePage } from '#shared/sync/wire.ts';
import type { KeptSlotSecret } from '../memory-slot-calls.ts';
import { people, rowan } from './cast.ts';
import { kdf, passphraseOf } from './desk.ts';
import { dumpRows, ofUnit } from './endpoint-rows.ts';
import { stateOf } from './fold-log.ts';
import {
  type GoldenEntry,
  type GoldenFiles,
  type GoldenKeys,
  type GoldenLog,
  type GoldenStatement,
  withBytes,
} from './golden-file.ts';
import { everyKey, type StatementKeys, statementKeys } from './golden-keys.ts';
import { recordEntries } from './record-log.ts';
import { recordMessages } from './record-messages.ts';
import { recordTables, rowKeys } from './record-store.ts';
import { recordTree, treeRows } from './record-tree.ts';
import { makeSizes } from './sizes.ts';
import type { Stage, Workplace } from './stage.ts';
import type { Played } from './story.ts';

const about = 'Keys of an invented unit, made for these files alone. They stand here so that everything can be opened.';

/** What a history came to, as it is kept. */
export async function record(stage: Stage, played: Played): Promise<GoldenFiles> {
  const { unit, other, last } = played;
  const keys = await recordKeys(stage, played);
  const opens = await everyKey(keys);
  const stored = await wholeEntries([unit.store, ...played.others], last.vault.member.storeKey);
  const endpoints = namedKeys(last.roster);
  const names = new Map(Object.entries(keys.slots).map(([name, { author }]) => [author, name]));
  names.set(keys.recovery.author, 'the recovery key');
  const entries = await recordEntries(stored, opens, last.vault, ({ header: { author } }) =>
    endpoints.some(({ endpointKey }) => author === endpointKey)
      ? 'the endpoint'
      : (names.get(author) ?? 'somebody else'),
  );
  const dumped = await stage.withDatabase(async (sql) => ({
    tables: ofUnit(await dumpRows(sql), other.unit),
    tree: await treeRows(sql, unit.unit),
  }));
  const log: GoldenLog = { entries, withdrawn: await servedWithout(unit, entries) };
  const latest = await lastCheckpoint(other.unit, dumped.tables, last.roster.checkpointKey);
  const [blob] = dumped.tables.blobs ?? [];
  const [reported] = (dumped.tables.reports ?? []).filter((each) => each.unit === other.unit);
  const known = {
    seen: toSeen(latest),
    transfer: other.asked.get('transfer.send') as SaidTransfer,
    answer: other.asked.get('transfer.answer') as SaidAnswer & { readonly id: EntryId },
    member: await firstMemberOf(other),
    reference: String(reported?.reference),
    blob: {
      digest: String(blob?.digest) as Digest,
      bytes: withBytes(blob?.bytes) as Uint8Array,
    },
  };
  const deviceSecret = await secretOf(unit);
  const { readership } = last.vault.log;
  const readerships = { [readership.id]: readership.secrets.map(toBase64url) };
  const under = await rowKeys(keys.slots, { deviceSecret, readerships }, unit.unit);
  return {
    keys,
    log,
    state: await stateOf(last),
    tree: await recordTree(unit, entries, dumped.tree),
    store: {
      member: people.sal,
      deviceSecret,
      slotSecrets: await slotSecretsOf(unit),
      readerships,
      tables: await recordTables(unit.store, under),
    },
    messages: await recordMessages(stage, played, known),
    endpoint: { tables: dumped.tables, files: endpointFiles(stage, [unit.unit, other.unit]) },
    statements: await recordStatements(entries, await statementKeys(keys, entries)),
    directory: { ...stage.published, rosters: await recordRosters(unit, entries) },
    sizes: await makeSizes(),
  };
}

/** Each entry as some disk has it whole. */
async function wholeEntries(stores: readonly Store[], storeKey: CryptoKey): Promise<StoredEntry[]> {
  const found = new Map<number, StoredEntry>();
  for (const store of stores) {
    const rows = await store.after('entries', 0);
    for (const each of (await Promise.all(rows.map((row) => openEntries(storeKey, row)))).flat()) {
      if (!found.has(each.position) || isWhole(each.entry)) found.set(each.position, each);
    }
  }
  return [...found.values()].sort((one, other) => one.position - other.position);
}

async function lastCheckpoint(
  unit: UnitId,
  { checkpoints = [] }: Readonly<Record<string, readonly Record<string, unknown>[]>>,
  key: AuthorKey,
): Promise<SignedCheckpoint> {
  const own = checkpoints.filter((each) => each.unit === unit);
  // Those before are by the keys of then.
  const verified = await Promise.all(own.map(({ note }) => verifySignedCheckpoint(note, { unit, key })));
  const read = verified.flatMap((each) => (each.ok ? [each.value] : []));
  return read.reduce((one, each) => (each.size > one.size ? each : one));
}

async function secretOf({ host }: Workplace): Promise<string> {
  const device = await host.call('device.secret', {});
  if (!device.ok) throw new Error('no device');
  return device.reply.secret;
}

async function slotSecretsOf({ host, store }: Workplace): Promise<readonly KeptSlotSecret[]> {
  const { labelKey } = await openDeviceKeys(host, kdf);
  const kept = (await store.all('slots')).map(async (row) => {
    const { passphrase } = await openSlotRecord(labelKey, row);
    const of = { slot: String(row.key), passphrase };
    return { ...of, ...(await ask(host, 'slot.secret', of)) };
  });
  return Promise.all(kept);
}

async function slotsOf(place: Workplace): Promise<[string, SlotSecrets, string][]> {
  const { labelKey, secretOf } = await openDeviceKeys(place.host, kdf);
  const slots: [string, SlotSecrets, string][] = [];
  for (const row of await place.store.all('slots')) {
    const record = await openSlotRecord(labelKey, row);
    const secret = await secretOf(String(row.key), record.passphrase);
    const own = await openSlot(String(row.key), record, passphraseOf(record.name), secret);
    if (own) slots.push([record.name, own, String(row.key)]);
  }
  return slots;
}

async function firstMemberOf(place: Workplace): Promise<SigningKey> {
  const [[, own] = []] = await slotsOf(place);
  if (!own) throw new Error('no member');
  return importSigningKey(own.author, fromBase64url(own.signingKey));
}

async function recordKeys(stage: Stage, { unit, other, furtherDevice, recovery }: Played): Promise<GoldenKeys> {
  const slots: Record<string, SlotSecrets> = {};
  const generations = new Map<string, GoldenKeys['generations'][number]>();
  for (const place of [unit, other]) {
    for (const [name, own, slotId] of await slotsOf(place)) {
      slots[name] = own;
      const keyring = createKeyring(own);
      await loadKeyCache(place.store, {
        slotId,
        keyring,
        personalKey: await importContentKey(fromBase64url(own.personalKey)),
      });
      for (const { id, secret, sealing } of keyring.all())
        generations.set(id, { id, secret: toBase64url(secret), publicKey: sealing.publicKey });
    }
  }
  return {
    about,
    ...{ unit: unit.unit, other: other.unit, now: stage.now() },
    passphrases: Object.fromEntries([...Object.values(people), rowan].map((name) => [name, passphraseOf(name)])),
    slots,
    devices: [furtherDevice, recovery.device].map(({ key, sealing }) => ({
      author: key.author,
      sealingPrivateKey: toBase64url(sealing.privateKey),
    })),
    recovery: {
      author: recovery.key.signing.author,
      secret: toBase64url(recovery.key.secret),
      shares: recovery.shares,
    },
    operator: stage.operator,
    generations: [...generations.values()],
  };
}

/** All of the log, as the endpoint serves it now. */
async function served({ host }: Workplace) {
  const pulled = await host.call('log.pull', { after: 0, seen: seenNothing, limit: 500 });
  const page = pulled.ok ? parsePage(pulled.reply.page) : null;
  if (!page) throw new Error('no page');
  return page;
}

async function servedWithout(unit: Workplace, entries: readonly GoldenEntry[]): Promise<GoldenLog['withdrawn']> {
  const withdrawn: GoldenLog['withdrawn'][number][] = [];
  for (const { position, entry } of (await served(unit)).entries) {
    const bytes = toCbor(entry);
    if ((await digestOf(bytes)) !== entries[position - 1]?.cbor)
      withdrawn.push({ position, served: toBase64url(bytes) });
  }
  return withdrawn;
}

const filesOfEndpoint = (units: readonly UnitId[]) => [
  ...['endpoint-key.json', 'operator.json'],
  ...units.map((unit) => `checkpoints/${unit}.json`),
];

const endpointFiles = ({ dataDir }: Stage, units: readonly UnitId[]): Record<string, string> =>
  Object.fromEntries(filesOfEndpoint(units).map((path) => [path, readFileSync(join(dataDir, path), 'utf8')]));

/** Of units that stated something in the log, as of when the endpoint carried it. */
async function recordRosters(
  { host }: Workplace,
  entries: readonly GoldenEntry[],
): Promise<GoldenFiles['directory']['rosters']> {
  const rosters = new Map<string, GoldenFiles['directory']['rosters'][number]>();
  for (const { event } of entries) {
    const schema = carriedSchemas[event.type as keyof typeof carriedSchemas];
    if (!schema) continue;
    const { from: unit, roster } = schema.parse(event.data);
    const pulled = await host.call('unit.roster', { unit, at: roster.size });
    if (!pulled.ok) throw new Error(pulled.failure.code);
    const served = { unit, at: roster.size, roster: toBase64url(pulled.reply.roster) };
    rosters.set(`${unit} ${roster.size}`, served);
  }
  return [...rosters.values()];
}

async function recordStatements(
  entries: readonly GoldenEntry[],
  { decapsulate }: StatementKeys,
): Promise<GoldenStatement[]> {
  const statements: GoldenStatement[] = [];
  for (const { event, header } of entries) {
    const at = { entry: header.id as EntryId };
    if (event.type === 'referral.transferred') {
      const { from, package: sealed } = carriedSchemas[event.type].parse(event.data);
      const passage = { transfer: header.id, from, to: header.unit };
      const statement = await openStatement('transfer', sealed, passage, decapsulate);
      statements.push({ kind: 'transfer', ...at, passage, sealed, statement });
    }
    if (event.type === 'answer.transferred') {
      const { from, transfer, note } = carriedSchemas[event.type].parse(event.data);
      const passage = { transfer, from, to: header.unit };
      const statement = await openStatement('answer', note, passage, decapsulate);
      statements.push({ kind: 'answer', ...at, passage, sealed: note, statement });
    }
  }
  return statements;
}
