import { judgeEntries } from '#renderer/vault/log/judge-entries.ts';
import type { EndpointPublicKeys } from '#shared/domain/unit/endpoint-keys.ts';
import type { MaybeRoster } from '#shared/domain/unit/roster.ts';
import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';
import { type AuthorTip, isInClear, isWhole } from '#shared/log/entry.ts';
import { emptyLog, type LogState } from '#shared/log/log-state.ts';
import { foldRosterEntries } from '#shared/log/roster-entry.ts';
import { acceptPage, type ConfirmedEntry, type UnprovedPage } from '#shared/sync/accept-page.ts';
import { type EndpointClient, EndpointProblem } from './endpoint-client.ts';
import { MemoryTiles } from './memory-tiles.ts';

/** Reads a unit's log as a workstation does, and says why it does not believe it. */
export class EndpointReader {
  log: LogState = emptyLog;
  readonly entries: ConfirmedEntry[] = [];
  readonly #client: EndpointClient;
  readonly #unit: UnitId;
  readonly #pinned: EndpointPublicKeys;
  #roster: MaybeRoster = null;
  readonly #tiles = new MemoryTiles();
  readonly #tips = new Map<AuthorKey, AuthorTip>();

  constructor(client: EndpointClient, unit: UnitId, { endpointKey, checkpointKey }: EndpointPublicKeys) {
    this.#client = client;
    this.#unit = unit;
    this.#pinned = { endpointKey, checkpointKey };
  }

  /**
   * Goes on to the log's end, in pages of one append each, so that every checkpoint is looked at.
   * @param shows whether it says which checkpoint it has, as workstations do
   * @returns `believed`; else the problem that the endpoint answered, or what is wrong with the first page or entry
   */
  async read({ shows = true } = {}): Promise<string> {
    const unit = this.#unit;
    const faults: string[] = [];
    const signer = { unit, keyAfter: async (page: UnprovedPage) => (await this.#keysAfter(page)).checkpointKey };
    for (;;) {
      const { size, checkpoint } = this.log;
      const page = await this.#client
        .pull(unit, size, 1, shows ? checkpoint : undefined)
        .catch((error) => (error instanceof EndpointProblem ? error.problem.code : Promise.reject(error)));
      if (typeof page === 'string') return page;
      const accepted = await acceptPage(page, this.log, signer, this.#tiles);
      if (!accepted.ok) return accepted.error.code;
      const { entries, log, tree } = accepted.value;
      for (const confirmed of entries) faults.push(...(await this.#judge(confirmed)));
      this.#roster = await this.#rosterAfter(accepted.value);
      this.entries.push(...entries);
      this.#tiles.keep(tree.tiles);
      this.log = log;
      if (entries.length === 0 || log.size >= page.end) return faults[0] ?? 'believed';
    }
  }

  /** From the founder of the first entry: whether that is the right one is asked of others. */
  async #rosterAfter({ entries }: UnprovedPage): Promise<MaybeRoster> {
    const inClear = entries.map(({ entry }) => entry).filter(isInClear);
    const folded = await foldRosterEntries(this.#unit, inClear, { founder: null, endpoints: null }, this.#roster);
    return folded.ok ? folded.value : this.#roster;
  }

  #keysAfter = async (page: UnprovedPage): Promise<EndpointPublicKeys> =>
    (await this.#rosterAfter(page)) ?? this.#pinned;

  async #judge(confirmed: ConfirmedEntry): Promise<string[]> {
    const [judged] = await judgeEntries(
      [confirmed],
      this.#tips,
      () => this.#roster?.endpointKey ?? this.#pinned.endpointKey,
    );
    if (judged?.voidCode) return [judged.voidCode];
    return isWhole(confirmed.entry) ? [] : ['parts-missing'];
  }
}
