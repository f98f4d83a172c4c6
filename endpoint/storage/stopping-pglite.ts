import { PGlite, type PGliteOptions } from '@electric-sql/pglite';

type Ask = PGlite['execProtocolStream'];

/** Status of what is thrown when a statement fails and PostgreSQL goes on. Anything else that is thrown is its end. */
const statementFailed = 100;

/**
 * PGlite that stays refused once its PostgreSQL has stopped, as it does when it cannot write its journal: a full disk, a
 * folder that is gone. PGlite 0.5 hands it the next message all the same (its issue 1058), and that one waits for a lock
 * that nobody holds any more: the process spins, and answers nobody, until it is killed.
 */
export class StoppingPGlite extends PGlite {
  #stopped: Error | undefined;

  static async open(options: PGliteOptions): Promise<StoppingPGlite> {
    const db = new StoppingPGlite(options);
    await db.waitReady;
    db.#watch();
    return db;
  }

  #watch(): void {
    const { mod } = this;
    if (!mod) throw new Error('PGlite is not running.');
    const answerOne = mod._PostgresMainLoopOnce;
    mod._PostgresMainLoopOnce = () => {
      try {
        answerOne();
      } catch (error) {
        if ((error as { status?: unknown }).status !== statementFailed) this.#stopped = error as Error;
        throw error;
      }
    };
  }

  /** Every statement comes through here, and what begins and ends a transaction. */
  override async execProtocolStream(...asked: Parameters<Ask>): ReturnType<Ask> {
    if (this.#stopped) throw this.#stopped;
    try {
      const messages = await super.execProtocolStream(...asked);
      if (this.#stopped) throw this.#stopped;
      return messages;
    } catch (error) {
      // PostgreSQL's last words tell more than the abort that follows them.
      if (this.#stopped) this.#stopped = error as Error;
      throw error;
    }
  }

  override async close(): Promise<void> {
    if (!this.#stopped) await super.close();
  }
}
