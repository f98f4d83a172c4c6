import { randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import { type Asking, type CaseCommand, decide } from '#shared/domain/case/decide.ts';
import { type CaseEvent, caseEventOf } from '#shared/domain/registry/registry.ts';
import { memberOf } from '#shared/domain/unit/roster.ts';
import { timeOf } from '#shared/kernel/clock.ts';
import type { EntryId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { timeOfSeen } from '#shared/log/seen.ts';
import { currentStream } from './cases/case-index.ts';
import { currentCase } from './cases/current-case.ts';
import { refuse } from './codes.ts';
import { append } from './log/append.ts';
import { isClosedHere } from './log/scope-of-stream.ts';
import type { OpenVault } from './open-vault.ts';
import type { Change } from './store/store.ts';

export const nothingElse = async (): Promise<readonly Change[]> => [];

/** What another unit will answer is signed with the seed of a key for that answer. */
function withReplyKey({ program }: OpenVault, event: CaseEvent): CaseEvent {
  if (!caseEventOf(program.registry, event.type)?.asksOutside?.(event.data)) return event;
  return { ...event, data: { ...event.data, reply: toBase64url(randomBytes(32)) } } as CaseEvent;
}

/** Who asks, of what is known here now. Null for who is no member. */
export function askingNow({ io, log, member }: OpenVault, shown?: readonly EntryId[]): Asking | null {
  const { roster: unit, record } = log;
  const { author: device } = member.slot;
  const actor = memberOf(unit, device);
  const from = timeOfSeen(log.ledger.log.checkpoint);
  return (
    actor && { actor: { id: actor.id, role: actor.role }, unit, record, device, at: timeOf(io.clock), from, shown }
  );
}

/**
 * The one write path of a case that there is: decide, sign, seal, commit; then memory and screen. Resolves when the event is durable here, and
 * with it what `also` plans within the writer: sealed chunks that the event names, or the end of the draft it was.
 * @param shown what stood on the screen as it was recorded; without it, the event replaces what is in force now
 */
export function execute(
  vault: OpenVault,
  command: CaseCommand,
  also = nothingElse,
  shown?: readonly EntryId[],
): Promise<Result<EntryId, Refusal>> {
  return vault.io.writer.add(async () => {
    const id = currentStream(vault.cases, command.case);
    const before = await currentCase(vault, id);
    // Handed to others, and not gone on with yet as far as is known here.
    if (before && (await isClosedHere(vault, id))) return err(refuse('case-handed-on'));
    const asking = askingNow(vault, shown);
    if (!asking) return err(refuse('not-a-member'));
    const event = decide(before, command, asking, vault.program.registry);
    if (!event.ok) return event;
    const base = new Map(before ? [[id, before]] : []);
    const signed = withReplyKey(vault, event.value);
    const written = await append(vault, [{ stream: id, event: signed }], await also(), base);
    if (!written.ok) return written;
    vault.io.emit({ type: 'caseChanged', case: id });
    vault.io.emit({ type: 'queueChanged' });
    return ok(written.value[0] as EntryId);
  });
}
