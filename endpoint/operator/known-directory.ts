import { join } from 'node:path';
import { type EndpointPublicKeys, sameKeys } from '#shared/domain/unit/endpoint-keys.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { type Directory, type DirectoryUnit, verifyDirectory } from '#shared/sync/directory.ts';
import { readIfThere, replaceFile } from '../kept-files.ts';
import type { Storage } from '../storage/storage.ts';
import type { ToldOperator } from './told-operator.ts';

interface Parts {
  readonly operator: ToldOperator;
  readonly storage: Pick<Storage, 'directory'>;
  /** That this endpoint has, or had. */
  readonly keys: { readonly all: readonly EndpointPublicKeys[] };
}

export interface PublishedDirectory {
  /** As the operator signed it. */
  readonly document: string;
  readonly directory: Directory;
}

/**
 * The directory that the operator signed last, as far as this endpoint has met it. Workstations are served it, and by it the
 * endpoint itself judges to which unit a report goes, and whether the log that is stored is that unit's. A copy lies beside the
 * endpoint's keys: whoever writes the database can neither take it away nor bring an earlier one back.
 */
export class KnownDirectory {
  readonly #path: string;
  readonly #parts: Parts;
  #last: PublishedDirectory | null = null;
  /** As it stood in the database when it was judged last. */
  #judged: string | null = null;
  /** One reading after the other: of two at a time the earlier document could be written last. */
  #turn: Promise<PublishedDirectory | null> = Promise.resolve(null);

  constructor(folder: string, parts: Parts) {
    this.#path = join(folder, 'directory.jws');
    this.#parts = parts;
  }

  /** As it is now, for who is within no transaction. Null before the operator's first. */
  read(): Promise<PublishedDirectory | null> {
    this.#turn = this.#turn.catch(() => null).then(() => this.#read());
    return this.#turn;
  }

  async #read(): Promise<PublishedDirectory | null> {
    const stored = await this.#parts.storage.directory();
    if (this.#last && stored === this.#judged) return this.#last;
    // Another process with the same folder may have met a later one.
    const kept = await this.#verify(await readIfThere(this.#path));
    const found = await this.#verify(stored);
    const last = [this.#last, kept, found].reduce(later, null);
    if (last && last.document !== kept?.document) await replaceFile(this.#path, last.document);
    this.#last = last;
    this.#judged = found ? stored : null;
    return last;
  }

  /** What the one that was read last says of a unit. */
  unit = (id: UnitId): DirectoryUnit | null => this.#last?.directory.units.find((each) => each.id === id) ?? null;

  /** Null where it is not the operator's, for this endpoint. */
  async #verify(document: string | null): Promise<PublishedDirectory | null> {
    const { operator, keys } = this.#parts;
    const operatorKey = await operator.read();
    const directory = document && operatorKey ? await verifyDirectory(document, operatorKey) : null;
    return document && directory && keys.all.some((each) => sameKeys(each, directory)) ? { document, directory } : null;
  }
}

const later = (one: PublishedDirectory | null, other: PublishedDirectory | null): PublishedDirectory | null =>
  one && (!other || one.directory.number >= other.directory.number) ? one : other;
