import type { UnitId } from '#shared/kernel/ids.ts';
import { foldAgain } from '../cases/fold-again.ts';
import { saveSightings } from '../cases/sighting-rows.ts';
import { warning, warnOnce } from '../findings.ts';
import { HostFailure } from '../host.ts';
import type { AwaitedRoster } from '../log/fold.ts';
import { storedRoster } from '../log/fold-roster.ts';
import { projectPending } from '../log/project-pending.ts';
import type { OpenVault } from '../open-vault.ts';
import { fetchDirectory, founderOf } from './directory.ts';
import { type FetchedRoster, fetchRoster, keepRoster } from './rosters.ts';

const nameOf = ({ unit, at }: Pick<AwaitedRoster, 'unit' | 'at'>): string => `${unit} ${at.size} ${at.root}`;

/**
 * What other units stated takes effect once their rosters are here, which say who could speak for them: these are asked for, and
 * the cases folded again. One that cannot be verified is named, and holds up no other.
 * @throws HostFailure when the endpoint cannot be reached
 */
export async function bringRosters(vault: OpenVault): Promise<void> {
  const { awaited } = vault.log.view;
  const brought = new Map<string, FetchedRoster>();
  for (const each of new Map(awaited.map((one) => [nameOf(one), one])).values()) {
    const fetched = await tryToFetch(vault, each);
    if (fetched) brought.set(nameOf(each), fetched);
    else warnOnce(vault.findings, warning('roster-unverified', null, { unit: await unitNameOf(vault, each.unit) }));
  }
  if (brought.size > 0) await vault.io.writer.add(() => bringIn(vault, brought));
}

async function tryToFetch(vault: OpenVault, { unit, at }: AwaitedRoster): Promise<FetchedRoster | null> {
  try {
    if (!(await founderOf(vault, unit))) await fetchDirectory(vault);
    return await fetchRoster(vault, unit, at);
  } catch (error) {
    if (error instanceof HostFailure && !error.failure.retry) return null;
    throw error;
  }
}

/** Its id, where the directory does not have it. */
const unitNameOf = async (vault: OpenVault, unit: UnitId): Promise<string> => {
  const directory = await fetchDirectory(vault);
  return directory?.units.find(({ id }) => id === unit)?.name ?? unit;
};

/** Only within the writer. */
async function bringIn(vault: OpenVault, brought: ReadonlyMap<string, FetchedRoster>): Promise<void> {
  // By now there may be more, or fewer.
  const ready = vault.log.view.awaited.filter((each) => brought.has(nameOf(each)));
  const kept: AwaitedRoster[] = [];
  for (const each of ready) {
    const fetched = brought.get(nameOf(each));
    if (fetched && (await keepRoster(vault, each.unit, fetched))) kept.push(each);
    else warnOnce(vault.findings, warning('roster-unverified', null, { unit: each.unit }));
  }
  if (kept.length === 0) return;
  const streams = [...new Set(kept.map(({ stream }) => stream))];
  await foldAgain(vault, streams, await storedRoster(vault));
  await projectPending(vault);
  // They were not there when what came with them was looked through for cases that appear again.
  const { found } = vault.matching;
  const before = Math.min(...kept.map(({ position }) => position)) - 1;
  if (found.upTo > before) await saveSightings(vault, { ...found, upTo: before });
  for (const stream of streams) vault.io.emit({ type: 'caseChanged', case: stream });
  vault.io.emit({ type: 'queueChanged' });
}
