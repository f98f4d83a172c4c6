/**
 * A demonstration has no operator. The endpoint itself makes their key, in its own folder, and signs and publishes the
 * directory whenever a unit is added or founded. Nobody who attacks such an endpoint is kept from anything by that.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SigningKey } from '#shared/crypto/signing.ts';
import { sameKeys } from '#shared/domain/unit/endpoint-keys.ts';
import { timeOf } from '#shared/kernel/clock.ts';
import { type DirectoryUnit, signDirectory } from '#shared/sync/directory.ts';
import { currentKeys } from '../endpoint-keys.ts';
import type { OpenEndpoint } from '../open-endpoint.ts';
import { toDirectoryUnit } from './draft-directory.ts';
import { makeOperatorKey, readOperatorKey } from './operator-key.ts';

export const demoOperatorKeyName = 'demo-operator-key.json';

/** Null where the endpoint was told a real operator's key: then they sign. */
export async function openDemoOperator({ keyFolder, operator }: OpenEndpoint): Promise<SigningKey | null> {
  const path = join(keyFolder, demoOperatorKeyName);
  if ((await operator.read()) && !existsSync(path)) return null;
  await makeOperatorKey(path);
  const key = await readOperatorKey(path);
  return (await operator.tell(key.author)) ? key : null;
}

/** What was signed once is kept as it is, but for founders that were not there. */
export async function publishDemoDirectory(endpoint: OpenEndpoint, operator: SigningKey): Promise<void> {
  const { storage, keys, clock } = endpoint;
  for (;;) {
    const before = await storage.directory();
    const last = (await endpoint.directory.read())?.directory ?? null;
    const units = await unitsAfter(endpoint, last?.units ?? []);
    const own = currentKeys(keys);
    if (last && sameKeys(last, own) && JSON.stringify(units) === JSON.stringify(last.units)) return;
    const claims = { ...own, units };
    const signed = { ...claims, number: (last?.number ?? 0) + 1, issuedAt: timeOf(clock) };
    // Another process of the same demonstration may have been first.
    if (await storage.replaceDirectory(before, await signDirectory(signed, operator))) break;
  }
  await endpoint.directory.read();
}

async function unitsAfter(endpoint: OpenEndpoint, last: readonly DirectoryUnit[]): Promise<DirectoryUnit[]> {
  const rows = await endpoint.storage.units();
  const units: DirectoryUnit[] = [];
  for (const known of last) {
    const row = known.founder === null ? rows.find(({ id }) => id === known.id) : undefined;
    units.push(row ? { ...known, founder: (await toDirectoryUnit(endpoint, row)).founder } : known);
  }
  for (const row of rows) {
    const isKnown = last.some(({ id, force }) => id === row.id || force === row.force);
    if (!isKnown) units.push(await toDirectoryUnit(endpoint, row));
  }
  return units;
}
