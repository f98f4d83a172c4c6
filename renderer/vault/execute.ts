import { type CaseCommand, decide } from '#shared/domain/case/decide.ts';
import { memberOf } from '#shared/domain/unit/roster.ts';
import type { EntryId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { timeOfSeen } from '#shared/log/seen.ts';
import { currentCase } from './cases/current-case.ts';
import { refuse } from './codes.ts';
import { append } from './log/append.ts';
import type { OpenVault } from './open-vault.ts';
import type { Change } from './store/store.ts';

const nothingElse = async (): Promise<readonly Change[]> => [];

/**
 * The one write path: decide, sign, seal, commit; then memory and screen. Resolves when the event is durable here, and
 * with it what `also` plans within the writer: sealed chunks that the event names, or the end of the draft it was.
 */
export function execute(vault: OpenVault, command: CaseCommand, also = nothingElse): Promise<Result<EntryId, Refusal>> {
  return vault.io.writer.add(async () => {
    const id = command.case;
    const before = await currentCase(vault, id);
    const unit = vault.log.roster;
    const actor = memberOf(unit, vault.member.slot.author);
    if (!actor) return err(refuse('not-a-member'));
    const at = new Date(vault.io.clock.now()).toISOString();
    const from = timeOfSeen(vault.log.ledger.log.checkpoint);
    const event = decide(
      before,
      command,
      { actor: { id: actor.id, role: actor.role }, unit, at, from },
      vault.program.registry,
    );
    if (!event.ok) return event;
    const base = new Map(before ? [[id, before]] : []);
    const written = await append(vault, [{ stream: id, event: event.value }], await also(), base);
    if (!written.ok) return written;
    vault.io.emit({ type: 'caseChanged', case: id });
    vault.io.emit({ type: 'queueChanged' });
    return ok(written.value[0] as EntryId);
  });
}
