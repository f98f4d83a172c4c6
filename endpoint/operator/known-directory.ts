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
 * The directory that the operator signed last, as far as this endpoint has met it. It is what workstations are
 * served, and by it the endpoint itself judges to which unit a report goes, and whether the log that is stored is that unit's. A copy lies beside the endpoint's keys: whoever writes
 * the database can neither take it away nor bring an earlier one back.
 */
export class KnownDirectory {
  readonly #path: string;
  readonly #parts: Parts;
  #last: PublishedDirectory | null = null;
  /** As it stood in the database when it was looked at last; undefined before the first time. */
  #stored: string | null | undefined;

  constructor(folder: string, parts: Parts) {
    this.#path = join(folder, 'directory.jws');
    this.#parts = parts;
  }

  /** As it is now, for who is within no transaction. Null before the operator's first. */
  async read(): Promise<PublishedDirectory | null> {
    if (this.#stored === undefined) await this.#take(await readIfThere(this.#path));
    const stored = await this.#parts.storage.directory();
    if (stored !== this.#stored && (await this.#take(stored))) await replaceFile(this.#path, stored ?? '');
    this.#stored = stored;
    return this.#last;
  }

  /** What the one that was read last says of a unit. */
  unit = (id: UnitId): DirectoryUnit | null => this.#last?.directory.units.find((each) => each.id === id) ?? null;

  /** Whether it is the operator's, for this endpoint, and later than the one before. */
  async #take(document: string | null): Promise<boolean> {
    const { operator, keys } = this.#parts;
    const operatorKey = await operator.read();
    const directory = document && operatorKey ? await verifyDirectory(document, operatorKey) : null;
    if (!document || !directory || !keys.all.some((each) => sameKeys(each, directory))) return false;
    if (this.#last && this.#last.directory.number >= directory.number) return false;
    this.#last = { document, directory };
    return true;
  }
}
