import { type Encapsulation, encapsulateTo, type SealingPublicKey } from '#shared/crypto/public-box.ts';
import type { ScopeGeneration } from '#shared/domain/unit/roster.ts';
import type { GenerationId } from '#shared/kernel/ids.ts';

/** An encapsulation costs about 5 ms in JavaScript, which is most of what a report costs. */
const mostUses = 256;
/** Milliseconds. Whoever takes this process's memory learns the reports of this long, and none before. */
const longestLife = 60_000;

export interface Sealing {
  readonly generation: GenerationId;
  /** To the generation's public key. */
  readonly encapsulation: Encapsulation;
}

interface Current {
  readonly encapsulation: Promise<Encapsulation>;
  readonly death: NodeJS.Timeout;
  uses: number;
}

/**
 * Keys for sealing to the units, each used for a while and then forgotten (docs/adr/0004). Kept by public key: by the id
 * of a generation, a unit that names another's could have what is for that one sealed to itself.
 */
export class Encapsulations {
  readonly #current = new Map<SealingPublicKey, Current>();

  async take({ id, publicKey }: Pick<ScopeGeneration, 'id' | 'publicKey'>): Promise<Sealing> {
    const current = this.#current.get(publicKey) ?? this.#start(publicKey);
    current.uses += 1;
    if (current.uses >= mostUses) this.#drop(publicKey, current);
    return { generation: id, encapsulation: await current.encapsulation };
  }

  close(): void {
    for (const [publicKey, current] of [...this.#current]) this.#drop(publicKey, current);
  }

  #start(publicKey: SealingPublicKey): Current {
    const encapsulation = encapsulateTo(publicKey);
    const death = setTimeout(() => this.#drop(publicKey, current), longestLife).unref();
    const current: Current = { encapsulation, death, uses: 0 };
    this.#current.set(publicKey, current);
    encapsulation.catch(() => this.#drop(publicKey, current));
    return current;
  }

  #drop(publicKey: SealingPublicKey, dropped: Current): void {
    clearTimeout(dropped.death);
    if (this.#current.get(publicKey) === dropped) this.#current.delete(publicKey);
  }
}
