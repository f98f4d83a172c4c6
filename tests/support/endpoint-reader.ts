import { judgeEntries } from '#renderer/vault/log/judge-entries.ts';
import type { EndpointPublicKeys } from '#shared/domain/unit/endpoint-keys.ts';
import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';
import { type AuthorTip, isWhole } from '#shared/log/entry.ts';
import { emptyLog, type LogState } from '#shared/log/log-state.ts';
import { acceptPage, type ConfirmedEntry } from '#shared/sync/accept-page.ts';
import { type EndpointClient, EndpointProblem } from './endpoint-client.ts';
import { MemoryTiles } from './memory-tiles.ts';

/** Reads a unit's log as a workstation does, and says why it does not believe it. */
export class EndpointReader {
  log: LogState = emptyLog;
  readonly entries: ConfirmedEntry[] = [];
  readonly #client: EndpointClient;
  readonly #signer: { readonly unit: UnitId; readonly keyAfter: () => AuthorKey };
  readonly #tiles = new MemoryTiles();
  readonly #endpointKey: AuthorKey;
  readonly #tips = new Map<AuthorKey, AuthorTip>();

  constructor(client: EndpointClient, unit: UnitId, { endpointKey, checkpointKey }: EndpointPublicKeys) {
    this.#client = client;
    this.#signer = { unit, keyAfter: () => checkpointKey };
    this.#endpointKey = endpointKey;
  }

  /**
   * Goes on to the log's end, in pages of one append each, so that every checkpoint is looked at.
   * @param shows whether it says which checkpoint it has, as workstations do
   * @returns `believed`; else the problem that the endpoint answered, or what is wrong with the first page or entry
   */
  async read({ shows = true } = {}): Promise<string> {
    const { unit } = this.#signer;
    const faults: string[] = [];
    for (;;) {
      const { size, checkpoint } = this.log;
      const page = await this.#client
        .pull(unit, size, 1, shows ? checkpoint : undefined)
        .catch((error) => (error instanceof EndpointProblem ? error.problem.code : Promise.reject(error)));
      if (typeof page === 'string') return page;
      const accepted = await acceptPage(page, this.log, this.#signer, this.#tiles);
      if (!accepted.ok) return accepted.error.code;
      const { entries, log, tree } = accepted.value;
      for (const confirmed of entries) faults.push(...(await this.#judge(confirmed)));
      this.entries.push(...entries);
      this.#tiles.keep(tree.tiles);
      this.log = log;
      if (entries.length === 0 || log.size >= page.end) return faults[0] ?? 'believed';
    }
  }

  async #judge(confirmed: ConfirmedEntry): Promise<string[]> {
    const [judged] = await judgeEntries([confirmed], this.#tips, () => this.#endpointKey);
    if (judged?.voidCode) return [judged.voidCode];
    return isWhole(confirmed.entry) ? [] : ['parts-missing'];
  }
}
