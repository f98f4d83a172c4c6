import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KnownDirectory } from '#endpoint/operator/known-directory.ts';
import { ToldOperator } from '#endpoint/operator/told-operator.ts';
import { publicKeysOf } from '#shared/log/endpoint-keys-proof.ts';
import { signDirectory } from '#shared/sync/directory.ts';
import { newDevice } from '../support/endpoint-client.ts';
import { newEndpointKeys } from '../support/made-roster.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/* The directory that an endpoint goes by: the last of its operator's that any process with the same folder met. */

async function endpoint() {
  const [folder, signer] = [await temporaryFolder(), await newDevice()];
  const [today, tomorrow] = [publicKeysOf(await newEndpointKeys()), publicKeysOf(await newEndpointKeys())];
  const database = { document: null as string | null };
  const keys = { all: [today] };
  const operator = new ToldOperator(folder);
  await operator.tell(signer.author);
  const parts = { operator, storage: { directory: async () => database.document }, keys };
  const signed = (number: number, by = signer, of = today) =>
    signDirectory({ ...of, units: [], number, issuedAt: '2026-11-28T10:00:00.000Z' }, by);
  const process = (at = folder) => new KnownDirectory(at, parts);
  return { folder, database, keys, tomorrow, signed, process };
}
const numberOf = async (known: KnownDirectory) => (await known.read())?.directory.number ?? null;

test('is the operator’s last: none that is older, another’s or of other keys, whatever the database says', async () => {
  const { database, signed, process, tomorrow } = await endpoint();
  const known = process();
  expect(await numberOf(known)).toBeNull();
  database.document = await signed(2);
  expect(await numberOf(known)).toBe(2);
  for (const document of [
    await signed(1),
    await signed(3, await newDevice()),
    await signed(3, undefined, tomorrow),
    null,
  ]) {
    database.document = document;
    expect([await numberOf(known), await numberOf(process())]).toEqual([2, 2]);
  }
  database.document = await signed(3);
  expect([await numberOf(known), await numberOf(process())]).toEqual([3, 3]);
});

test('of two processes with one folder, is the last that either met', async () => {
  const { database, signed, process } = await endpoint();
  const [one, other] = [process(), process()];
  database.document = await signed(1);
  for (const each of [one, other]) expect(await numberOf(each)).toBe(1);
  const second = await signed(2);
  database.document = await signed(3);
  expect(await numberOf(one)).toBe(3);
  database.document = second;
  expect(await numberOf(other)).toBe(3);
  expect(await numberOf(process())).toBe(3);
});

test('is looked at again once the endpoint has the keys that it names', async () => {
  const { database, keys, tomorrow, signed, process } = await endpoint();
  const known = process();
  database.document = await signed(2, undefined, tomorrow);
  expect(await numberOf(known)).toBeNull();
  keys.all.push(tomorrow);
  expect(await numberOf(known)).toBe(2);
});

test('is written again where that failed, and read by one at a time', async () => {
  const { folder, database, signed, process } = await endpoint();
  const missing = join(folder, 'not yet');
  const known = process(missing);
  database.document = await signed(1);
  await expect(known.read()).rejects.toThrow('ENOENT');
  await mkdir(missing);
  expect(await Promise.all([numberOf(known), numberOf(known)])).toEqual([1, 1]);
  database.document = null;
  expect(await numberOf(process(missing))).toBe(1);
});
