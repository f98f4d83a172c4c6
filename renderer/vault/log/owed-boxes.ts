import { caseEventOf } from '#shared/domain/registry/registry.ts';
import { timeOf } from '#shared/kernel/clock.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { WholeBox } from '#shared/log/wire-box.ts';
import type { OpenVault } from '../open-vault.ts';
import type { PendingEntry } from './log-copy.ts';
import { mostBoxesBeside, type Signed, signEvents, type Unsigned } from './outbox.ts';
import { boxesOwed, type GivenAlone, givenAlone } from './single-readers.ts';

/** Boxes beside entries of their own. @param of the stream whose keys they are */
export function besideEntries(
  { io }: OpenVault,
  stream: StreamId,
  of: StreamId,
  boxes: readonly WholeBox[],
): readonly Unsigned[] {
  const event = { type: 'keys.boxed', at: timeOf(io.clock), data: { stream: of } } as const;
  return boxes.flatMap((_, index) =>
    index % mostBoxesBeside === 0 ? [{ stream, event, boxes: boxes.slice(index, index + mostBoxesBeside) }] : [],
  );
}

/** What a case's single readers are owed. @param also own entries that are about to be written */
export const owedEvents = async (
  vault: OpenVault,
  given: GivenAlone,
  also: readonly PendingEntry[] = [],
): Promise<readonly Unsigned[]> =>
  besideEntries(vault, given.stream, given.stream, await boxesOwed(vault, given, also));

/** With what is owed in the streams that events are written in, also to the readers whom they admit. */
export async function withOwed(vault: OpenVault, events: readonly Unsigned[], signed: Signed): Promise<Signed> {
  let all = signed;
  for (const stream of new Set(events.map((each) => each.stream))) {
    const given = await givenAlone(vault, stream);
    if (!given) continue;
    const admitted = events.flatMap(({ stream: of, event }) => {
      const reader = caseEventOf(vault.program.registry, event.type)?.admits?.(event.data);
      return of === stream && reader ? [reader] : [];
    });
    const owed = await owedEvents(vault, { ...given, readers: [...given.readers, ...admitted] }, all.pending);
    all = await signEvents(vault, owed, vault.member.signing, all);
  }
  return all;
}
