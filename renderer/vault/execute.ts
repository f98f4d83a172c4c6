import { type CaseCommand, decideCase } from '#shared/domain/case/decide-case.ts';
import { selectMember } from '#shared/domain/unit/unit-state.ts';
import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { Held } from './held.ts';
import { type Draft, signDrafts } from './log/outbox.ts';
import { applyPending, confirmedCase } from './log/project-pending.ts';
import { type Change, StoreFull } from './store/store.ts';

const nothingElse = async (): Promise<readonly Change[]> => [];

/**
 * The one write path: decide, sign, seal, commit; then memory and screen. Resolves when the event is durable here, and
 * with it what `also` plans within the writer: sealed chunks that the event names, or the end of the draft it was.
 */
export function execute(held: Held, command: CaseCommand, also = nothingElse): Promise<Result<EntryId, string>> {
  return held.writer.add(async () => {
    const id = command.case;
    const confirmed = held.projected.get(id) ?? (await confirmedCase(held, id));
    const member = selectMember(held.unit, held.slot.author);
    if (!member) return err('You are not a member of this unit yet.');
    const at = new Date(held.clock.now()).toISOString();
    const event = decideCase(confirmed, command, { id: member.id, role: member.role }, at);
    if (!event.ok) return event;
    const base = new Map(confirmed ? [[id, confirmed]] : []);
    const written = await append(held, [{ stream: id, event: event.value }], await also(), base);
    if (!written.ok) return written;
    held.emit({ type: 'caseChanged', case: id });
    held.emit({ type: 'queueChanged' });
    const [entry] = written.value;
    return entry ? ok(entry) : err('Nothing was written.');
  });
}

/** Only within the writer. Signs and commits the drafts, with `also` in the same commit, then projects them. */
export async function append(
  held: Held,
  drafts: readonly Draft[],
  also: readonly Change[],
  base: Parameters<typeof applyPending>[2] = new Map<StreamId, never>(),
): Promise<Result<EntryId[], string>> {
  const { pending, tips, changes } = await signDrafts(held, drafts);
  try {
    await held.store.commit([...changes, ...also]);
  } catch (error) {
    if (!(error instanceof StoreFull)) throw error;
    return err(
      'The disk of this computer is full. This was not saved; what was saved before is safe. Free some space and try again.',
    );
  }
  held.outbox = [...held.outbox, ...pending];
  held.outboxEnd = pending.at(-1)?.row ?? held.outboxEnd;
  held.ownTips = tips;
  applyPending(held, pending, base);
  return ok(pending.map(({ entry }) => entry.header.id));
}
