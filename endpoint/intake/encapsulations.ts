import { type Encapsulation, encapsulateTo } from '#shared/crypto/public-box.ts';
import type { GenerationId } from '#shared/kernel/ids.ts';
import { generationIdOf } from '#shared/log/generation.ts';
import { verifySealingKey } from '#shared/sync/enrolment.ts';

/** An encapsulation costs about 5 ms in JavaScript, which is most of what a report costs. */
const mostUses = 256;
/** Milliseconds. Whoever takes this process's memory learns the reports of this long, and none before. */
const longestLife = 60_000;

export interface Sealing {
  /** Of the unit, whose public key it is for. */
  readonly generation: GenerationId;
  readonly encapsulation: Encapsulation;
}

interface Current {
  readonly sealing: Promise<Sealing>;
  readonly death: NodeJS.Timeout;
  uses: number;
}

/** Keys for sealing to the units, each used for a while and then forgotten (docs/adr/0004). */
export class Encapsulations {
  readonly #current = new Map<string, Current>();

  /** @param statement the unit's sealing key as its founder signed it; verified each time a key is made from it */
  take(statement: string): Promise<Sealing> {
    const current = this.#current.get(statement) ?? this.#start(statement);
    current.uses += 1;
    if (current.uses >= mostUses) this.#drop(statement, current);
    return current.sealing;
  }

  close(): void {
    for (const [statement, current] of [...this.#current]) this.#drop(statement, current);
  }

  #start(statement: string): Current {
    const sealing = encapsulate(statement);
    const death = setTimeout(() => this.#drop(statement, current), longestLife).unref();
    const current: Current = { sealing, death, uses: 0 };
    this.#current.set(statement, current);
    sealing.catch(() => this.#drop(statement, current));
    return current;
  }

  #drop(statement: string, dropped: Current): void {
    clearTimeout(dropped.death);
    if (this.#current.get(statement) === dropped) this.#current.delete(statement);
  }
}

async function encapsulate(statement: string): Promise<Sealing> {
  const { publicKey } = await verifySealingKey(statement);
  return { generation: generationIdOf(publicKey), encapsulation: await encapsulateTo(publicKey) };
}
