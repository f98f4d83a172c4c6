import { join } from 'node:path';
import { z } from 'zod';
import { authorKeySchema } from '#shared/crypto/key-schemas.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { readIfThere, writeOnce } from '../kept-files.ts';

const fileSchema = z.strictObject({ operatorKey: authorKeySchema });

/**
 * Whose directories the endpoint publishes, and which key workstations pin as they enrol: told once, by the operator. It
 * lies beside the endpoint's own keys and not in the database, whose writer could else have others pinned.
 */
export class ToldOperator {
  readonly #path: string;

  constructor(folder: string) {
    this.#path = join(folder, 'operator.json');
  }

  /** Null before it is told. @throws when the file holds something else */
  async read(): Promise<AuthorKey | null> {
    const text = await readIfThere(this.#path);
    return text === null ? null : fileSchema.parse(JSON.parse(text)).operatorKey;
  }

  /** False when another was told before: it stays. */
  async tell(operatorKey: AuthorKey): Promise<boolean> {
    await writeOnce(this.#path, JSON.stringify({ operatorKey }));
    return (await this.read()) === operatorKey;
  }
}
