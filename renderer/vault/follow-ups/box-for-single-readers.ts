import { currentCase } from '../cases/current-case.ts';
import { append } from '../log/append.ts';
import { owedEvents } from '../log/owed-boxes.ts';
import { givenAlone } from '../log/single-readers.ts';
import type { OpenVault } from '../open-vault.ts';

/**
 * What members are owed who were given a case alone: a device of theirs came later, or somebody wrote under a new key and did
 * not know of them. Whoever reads the case boxes it; two may do so at once.
 */
export async function boxForSingleReaders(vault: OpenVault): Promise<void> {
  const given = [...vault.cases.confirmed.values()].filter((each) => each.givenAlone);
  if (given.length === 0) return;
  await vault.io.writer.add(async () => {
    for (const { summary } of given) {
      const to = await givenAlone(vault, summary.id);
      const owed = to ? await owedEvents(vault, to) : [];
      const state = owed.length > 0 ? await currentCase(vault, summary.id) : null;
      if (state) await append(vault, owed, [], new Map([[summary.id, state]]));
    }
  });
}
