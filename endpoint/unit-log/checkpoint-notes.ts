import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UnitId } from '#shared/kernel/ids.ts';
import { type Seen, seenSchema } from '#shared/log/seen.ts';

/**
 * A late checkpoint of each unit, in a folder of this endpoint's own. Whoever writes to the database can empty a unit's
 * log or set it back, and cannot make the endpoint forget that there was more. The same after a restore from a backup.
 */
export class CheckpointNotes {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Null when there is none, or a power cut left half of one: then only what workstations show tells. */
  async read(unit: UnitId): Promise<Seen | null> {
    const text = await readFile(this.#pathOf(unit), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    try {
      return seenSchema.parse(JSON.parse(text));
    } catch {
      return null;
    }
  }

  async write(unit: UnitId, checkpoint: Seen): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const staging = `${this.#pathOf(unit)}.${randomUUID()}`;
    await writeFile(staging, JSON.stringify(checkpoint), { mode: 0o600 });
    await rename(staging, this.#pathOf(unit));
  }

  #pathOf = (unit: UnitId): string => join(this.#folder, `${unit}.json`);
}
