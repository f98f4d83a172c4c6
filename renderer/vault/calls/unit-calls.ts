import type { EntryId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import type { Result } from '#shared/kernel/result.ts';
import { recordOfUnit, type UnitCommand } from '../unit-acts.ts';
import type { UnitView } from '../vault-api.ts';
import { type Nothing, openCall } from './define-call.ts';

/** Who belongs to the unit, and what all its members know of it: names, policy, ranks. */
export const readUnit = openCall('unit.read', 'open', async ({ vault }, _: Nothing): Promise<UnitView> => {
  const { roster, record } = vault.log;
  return { members: roster?.members ?? [], record };
});

/** A change of policy, or a member's rank. */
export const recordUnit = openCall(
  'unit.record',
  'loaded',
  async ({ vault, written }, command: UnitCommand): Promise<Result<EntryId, Refusal>> => {
    const result = await recordOfUnit(vault, command);
    if (result.ok) written();
    return result;
  },
);
