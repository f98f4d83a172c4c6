import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Bytes, fromBase64url, randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import { secretKeySchema } from '#shared/crypto/key-schemas.ts';
import { importSigningKey, type SigningKey } from '#shared/crypto/signing.ts';
import { type EndpointPublicKeys, sameKeys } from '#shared/domain/unit/endpoint-keys.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { type EndpointSigningKeys, publicKeysOf } from '#shared/log/endpoint-keys-proof.ts';
import { replaceFile, writeOnce } from './kept-files.ts';
import { importStoredKey, newStoredKey, storedKeySchema } from './stored-key.ts';

/** Without its private half once no log needs that any more. */
const formerKeySchema = storedKeySchema.partial({ pkcs8: true });

/** Whoever has the first can forge referrals; whoever has the second can show two readers two logs. */
const fileSchema = z.strictObject({
  entries: storedKeySchema,
  checkpoints: storedKeySchema,
  /** Of the digests of what intake devices posted. Never replaced: a report that is sent again is known by it. */
  reports: secretKeySchema,
  /** Those of before, oldest first. */
  former: z.array(z.strictObject({ entries: formerKeySchema, checkpoints: formerKeySchema })).optional(),
});
type KeyFile = z.output<typeof fileSchema>;

interface ReadKeys {
  /** Of the file. */
  readonly text: string;
  readonly file: KeyFile;
  readonly current: EndpointSigningKeys;
  /** All that there is a private half of. */
  readonly signing: ReadonlyMap<AuthorKey, SigningKey>;
}

/**
 * The endpoint's keys: those of today, and those of before. Workstations pin them, and the log of each unit says from where on
 * which count (docs/adr/0025-replacing-the-endpoints-keys.md): they must be kept as long as the logs.
 */
export class EndpointKeys {
  readonly #path: string;
  #read: ReadKeys;

  private constructor(path: string, read: ReadKeys) {
    this.#path = path;
    this.#read = read;
  }

  /** From the file; made when there is none. */
  static async open(path: string): Promise<EndpointKeys> {
    return new EndpointKeys(path, await readOrCreate(path));
  }

  /** What units that are founded now are signed with. */
  get current(): EndpointSigningKeys {
    return this.#read.current;
  }

  /** All that this endpoint ever had, those of today last. */
  get all(): readonly EndpointPublicKeys[] {
    const { former = [], entries, checkpoints } = this.#read.file;
    return [...former, { entries, checkpoints }].map(({ entries, checkpoints }) => ({
      ...{ endpointKey: entries.author, checkpointKey: checkpoints.author },
    }));
  }

  /** What digests of reports are made with (intake/content-digest.ts). */
  get reportKey(): Bytes {
    return fromBase64url(this.#read.file.reports);
  }

  /** To sign with; null when this endpoint has no such key, or not any more. */
  find(author: AuthorKey): SigningKey | null {
    return this.#read.signing.get(author) ?? null;
  }

  /** The keys that come after these; null when there are none, or these are not known here. */
  next(after: EndpointPublicKeys): EndpointSigningKeys | null {
    const { all } = this;
    const at = all.findIndex((each) => sameKeys(each, after));
    const next = at === -1 ? undefined : all[at + 1];
    const [entries, checkpoints] = [next && this.find(next.endpointKey), next && this.find(next.checkpointKey)];
    return entries && checkpoints ? { entries, checkpoints } : null;
  }

  /** Whether the first was in use before the second: two keys for checkpoints. One that is not known here is older than any. */
  isOlder(key: AuthorKey, than: AuthorKey): boolean {
    const order = this.all.map(({ checkpointKey }) => checkpointKey);
    return order.lastIndexOf(key) < order.indexOf(than);
  }

  /** New keys, on disk before this resolves. Those of before stay beside them, until `forget`. */
  async replace(): Promise<void> {
    const { former = [], entries, checkpoints, reports } = this.#read.file;
    const next = { entries: await newStoredKey(), checkpoints: await newStoredKey(), reports };
    await this.#write({ ...next, former: [...former, { entries, checkpoints }] });
  }

  /** The private halves of the keys of before are gone. */
  async forget(): Promise<void> {
    const { former = [], ...current } = this.#read.file;
    if (former.every(({ entries, checkpoints }) => !entries.pkcs8 && !checkpoints.pkcs8)) return;
    const names = former.map(({ entries, checkpoints }) => ({
      ...{ entries: { author: entries.author }, checkpoints: { author: checkpoints.author } },
    }));
    await this.#write({ ...current, former: names });
  }

  /** Reads the file again where another process that shares it has replaced them. @returns whether one had */
  async hasChanged(): Promise<boolean> {
    const read = await readOrCreate(this.#path);
    if (read.text === this.#read.text) return false;
    this.#read = read;
    return true;
  }

  async #write(file: KeyFile): Promise<void> {
    const text = JSON.stringify(file);
    const read = await importAll(this.#path, text);
    await replaceFile(this.#path, text);
    this.#read = read;
  }
}

async function readOrCreate(path: string): Promise<ReadKeys> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return create(path);
    throw error;
  });
  return importAll(path, text);
}

/** Several first starts may share one file: all of them go on with the keys that came first. */
async function create(path: string): Promise<string> {
  const signing = { entries: await newStoredKey(), checkpoints: await newStoredKey() };
  await writeOnce(path, JSON.stringify({ ...signing, reports: toBase64url(randomBytes(32)) } satisfies KeyFile));
  return readFile(path, 'utf8');
}

function parse(path: string, text: string): KeyFile {
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch {
    throw new Error(`${path} does not hold the keys of an endpoint.`);
  }
}

async function importAll(path: string, text: string): Promise<ReadKeys> {
  const file = parse(path, text);
  const current = {
    entries: await importStoredKey(file.entries),
    checkpoints: await importStoredKey(file.checkpoints),
  };
  const signing = new Map<AuthorKey, SigningKey>();
  for (const { entries, checkpoints } of [...(file.former ?? []), file]) {
    for (const { author, pkcs8 } of [entries, checkpoints]) {
      if (pkcs8) signing.set(author, await importSigningKey(author, fromBase64url(pkcs8)));
    }
  }
  return { text, file, current, signing };
}

/** Their public halves, as workstations pin them. */
export const currentKeys = ({ current }: EndpointKeys): EndpointPublicKeys => publicKeysOf(current);
