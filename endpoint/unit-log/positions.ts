import type { Position, UnitId } from '#shared/kernel/ids.ts';
import type { Storage } from '../storage/storage.ts';

export interface PositionSubscriber {
  onPosition(position: Position): void;
  onClose(): void;
}

/** Passes on where the units' logs end, whichever process moved them. */
export class Positions {
  readonly #storage: Storage;
  readonly #subscribers = new Map<UnitId, Set<PositionSubscriber>>();

  private constructor(storage: Storage) {
    this.#storage = storage;
  }

  static async over(storage: Storage): Promise<Positions> {
    const positions = new Positions(storage);
    await storage.watch({
      onPosition: (unit, position) => positions.#tell(unit, position),
      onGap: () => void positions.#catchUp(),
    });
    return positions;
  }

  /** Returns what ends the subscription. */
  subscribe(unit: UnitId, subscriber: PositionSubscriber): () => void {
    const ofUnit = this.#subscribers.get(unit) ?? new Set();
    this.#subscribers.set(unit, ofUnit.add(subscriber));
    return () => {
      ofUnit.delete(subscriber);
      if (ofUnit.size === 0 && this.#subscribers.get(unit) === ofUnit) this.#subscribers.delete(unit);
    };
  }

  close(): void {
    for (const subscribers of [...this.#subscribers.values()]) {
      for (const subscriber of [...subscribers]) subscriber.onClose();
    }
  }

  #tell(unit: UnitId, position: Position): void {
    for (const subscriber of this.#subscribers.get(unit) ?? []) subscriber.onPosition(position);
  }

  async #catchUp(): Promise<void> {
    for (const unit of [...this.#subscribers.keys()]) {
      // A database that went away again is listened to again, and leads back here.
      const last = await this.#storage.checkpoint(unit).catch(() => null);
      if (last) this.#tell(unit, last.size);
    }
  }
}
