import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UnitId } from '#shared/kernel/ids.ts';
import { type Seen, seenNothing, seenSchema } from '#shared/log/seen.ts';
import { readIfThere } from '../kept-files.ts';

/**
 * The last checkpoint of each unit, in a folder of this endpoint's own. Whoever writes to the database can empty a unit's
 * log or set it back, and cannot make the endpoint forget that there was more. The same after a restore from a backup.
 */
export class CheckpointNotes {
  readonly #folder: string;
  /**
   * What was read or written last, so that an append reads no file: one process holds the folder (operator/folder-claim.ts).
   * Had another written a later one there, this would still be a checkpoint of the same log, which it must go on from.
   */
  readonly #noted = new Map<UnitId, Seen>();
  /** Writes of a unit wait for each other: of two at a time the smaller could come last. */
  readonly #turns = new Map<UnitId, Promise<unknown>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Of nothing when there is none, or a power cut left half of one: then only what workstations show tells. */
  async read(unit: UnitId): Promise<Seen> {
    const known = this.#noted.get(unit);
    if (known) return known;
    const stored = await this.#readFile(unit);
    const meanwhile = this.#noted.get(unit) ?? stored;
    this.#noted.set(unit, meanwhile);
    return meanwhile;
  }

  /** Where it is larger than what is noted. @param checkpoint of a log that is stored so far */
  async note(unit: UnitId, checkpoint: Seen): Promise<void> {
    const turn = (this.#turns.get(unit) ?? Promise.resolve()).then(() => this.#replace(unit, checkpoint));
    this.#turns.set(
      unit,
      turn.catch(() => undefined),
    );
    await turn;
  }

  async #replace(unit: UnitId, checkpoint: Seen): Promise<void> {
    if (checkpoint.size <= (await this.read(unit)).size) return;
    await mkdir(this.#folder, { recursive: true });
    const staging = `${this.#pathOf(unit)}.${randomUUID()}`;
    await writeFile(staging, JSON.stringify(checkpoint), { mode: 0o600 });
    await rename(staging, this.#pathOf(unit));
    this.#noted.set(unit, checkpoint);
  }

  async #readFile(unit: UnitId): Promise<Seen> {
    const text = await readIfThere(this.#pathOf(unit));
    try {
      return seenSchema.parse(JSON.parse(text ?? ''));
    } catch {
      return seenNothing;
    }
  }

  #pathOf = (unit: UnitId): string => join(this.#folder, `${unit}.json`);
}
