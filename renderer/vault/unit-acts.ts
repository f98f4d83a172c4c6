import { whyNotKnown } from '#shared/domain/case/decide.ts';
import { type InputOf, unitEventOf } from '#shared/domain/registry/registry.ts';
import { decideUnit } from '#shared/domain/unit-policy/apply-to-unit.ts';
import { timeOf } from '#shared/kernel/clock.ts';
import type { EntryId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { refuse } from './codes.ts';
import { append } from './log/append.ts';
import type { OpenVault } from './open-vault.ts';

/** What a member can say of the unit, besides what a founding and an admission bring. */
export type UnitCommand = {
  [Type in 'policy.changed' | 'member.ranked']: { readonly type: Type; readonly data: InputOf<Type> };
}['policy.changed' | 'member.ranked'];

/** Resolves when the signed event is durable here. It counts for others from its position in the log. */
export function recordOfUnit(vault: OpenVault, { type, data }: UnitCommand): Promise<Result<EntryId, Refusal>> {
  return vault.io.writer.add(async () => {
    const { log, member, program } = vault;
    const { roster, record } = log;
    const definition = unitEventOf(program.registry, type);
    if (!roster || !definition) return err(refuse('unit-not-founded'));
    const unknown = whyNotKnown(record, roster);
    if (unknown) return err(unknown);
    const stream = roster.policyStream;
    const decided = decideUnit(record, definition, data, { roster, author: member.slot.author, stream });
    if (!decided.ok) return decided;
    const at = timeOf(vault.io.clock);
    const event = { type, at, data: decided.value } as Parameters<typeof append>[1][number]['event'];
    const written = await append(vault, [{ stream, event }], []);
    return written.ok ? ok(written.value[0] as EntryId) : written;
  });
}
