/** What a workstation holds, as far as the endpoint's tests need it: a founded unit, and authors that write to its log. */
import { v7 } from 'uuid';
import { importContentKey, seal } from '#shared/crypto/aead.ts';
import { randomBytes } from '#shared/crypto/encoding.ts';
import { generateSealingKey, type SealingKeyPair } from '#shared/crypto/public-box.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import type { AuthorKey, Digest, EntryId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { createEntry, type Entry, hashEntry, type WireEntry } from '#shared/log/entry.ts';
import { emptyLogHash, type LogState } from '#shared/log/head.ts';
import type { Header } from '#shared/log/header.ts';
import { type AcceptedPage, acceptPage } from '#shared/sync/accept-page.ts';
import { signSealingKey } from '#shared/sync/enrolment.ts';
import { type EndpointClient, newDevice } from './endpoint-client.ts';

/** Founds the unit with keys of its own and returns the one that opens its referrals. */
export async function foundUnit(workstation: EndpointClient, unit: UnitId): Promise<SealingKeyPair> {
  const founder = await newDevice();
  const keys = await generateSealingKey();
  const claims = { unit, publicKey: keys.publicKey, founder: founder.author };
  await workstation.publishSealingKey(unit, await signSealingKey(claims, founder));
  return keys;
}

/** A member who writes entries, each after the last. */
export class Author {
  readonly key: SigningKey;
  readonly unit: UnitId;
  tip: Digest | null = null;

  private constructor(key: SigningKey, unit: UnitId) {
    this.key = key;
    this.unit = unit;
  }

  static async of(unit: UnitId): Promise<Author> {
    return new Author(await newDevice(), unit);
  }

  /** The next entry, or, with `changes`, one that is not as it should be. */
  async write(changes: Partial<Header> = {}, size = 200): Promise<Entry> {
    const contentKey = await importContentKey(randomBytes(32));
    const body = randomBytes(size);
    const header = {
      id: v7() as EntryId,
      unit: this.unit,
      stream: crypto.randomUUID() as string as StreamId,
      prev: this.tip,
      seen: 0,
      enc: 'A256GCM',
      kid: 'unit/1',
      ...changes,
    } as const;
    const entry = await createEntry(header, this.key, (context) => seal(contentKey, body, context));
    this.tip = await hashEntry(entry);
    return entry;
  }

  async writeMany(count: number, size?: number): Promise<WireEntry[]> {
    const wires: WireEntry[] = [];
    for (let index = 0; index < count; index += 1) wires.push((await this.write({}, size)).wire);
    return wires;
  }
}

/** Pulls the whole log page by page and checks every page as a replica does. @throws when a page is not believed */
export async function pullAll(
  workstation: EndpointClient,
  unit: UnitId,
  endpointKey: AuthorKey,
  limit?: number,
): Promise<{ log: LogState; entries: AcceptedPage['entries'][number][] }> {
  let log: LogState = { position: 0, hash: await emptyLogHash(unit) };
  const entries: AcceptedPage['entries'][number][] = [];
  for (;;) {
    const page = await workstation.pull(unit, log.position, limit);
    const accepted = await acceptPage(page, log, unit, endpointKey);
    if (!accepted.ok) throw new Error(`${accepted.error.code} at ${accepted.error.position}`);
    entries.push(...accepted.value.entries);
    log = accepted.value.log;
    if (log.position >= page.end) return { log, entries };
  }
}
