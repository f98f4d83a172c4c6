import { fingerprintOfFounder } from '#shared/crypto/fingerprint.ts';
import { jurisdictions } from '#shared/domain/jurisdiction/jurisdictions.ts';
import { spellOut } from '#shared/kernel/spoken-code.ts';
import type { Directory, DirectoryDraft, DirectoryUnit } from '#shared/sync/directory.ts';

/** What the operator is about to sign that they have not signed before, line by line. Empty when that is nothing. */
export async function directoryChanges(last: Directory | null, next: DirectoryDraft): Promise<string[]> {
  const before = new Map(last?.units.map((unit) => [unit.id, unit]));
  const after = new Set(next.units.map(({ id }) => id));
  const gone = last?.units.filter(({ id }) => !after.has(id)) ?? [];
  const lines = await Promise.all(next.units.map((unit) => changesOf(before.get(unit.id), unit)));
  return [...changesOfEndpoint(last, next), ...gone.map((unit) => `Removed: ${titleOf(unit)}`), ...lines.flat()];
}

function changesOfEndpoint(last: Directory | null, { endpointKey, checkpointKey }: DirectoryDraft): string[] {
  if (last?.endpointKey === endpointKey && last.checkpointKey === checkpointKey) return [];
  const what = last ? 'OTHER KEYS OF THE ENDPOINT: its units will not believe this directory' : 'Keys of the endpoint';
  return [`${what}: ${endpointKey} for entries, ${checkpointKey} for checkpoints`];
}

async function changesOf(before: DirectoryUnit | undefined, unit: DirectoryUnit): Promise<string[]> {
  const lines: string[] = [];
  if (!before) lines.push(`New unit: ${titleOf(unit)}, under the law of: ${lawOf(unit)}`);
  else if (titleOf(before) !== titleOf(unit)) lines.push(`Renamed: ${titleOf(before)} -> ${titleOf(unit)}`);
  if (before && before.jurisdiction !== unit.jurisdiction) {
    lines.push(`ANOTHER LAW: ${titleOf(unit)}: ${lawOf(before)} -> ${lawOf(unit)}`);
  }
  if (unit.founder && unit.founder !== before?.founder) {
    const fingerprint = await fingerprintOfFounder(unit.id, unit.founder);
    lines.push(`${before?.founder ? 'ANOTHER FOUNDER' : 'Founder'} of ${titleOf(unit)}:`);
    lines.push(`    ${fingerprint}`, `    ${spellOut(fingerprint)}`);
  }
  return lines;
}

const lawOf = ({ jurisdiction }: DirectoryUnit): string => jurisdictions[jurisdiction].label;

const titleOf = ({ force, forceName, name }: DirectoryUnit): string => `${force} (${forceName}: ${name})`;
