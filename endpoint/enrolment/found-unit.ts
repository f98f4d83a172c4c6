import { encapsulateTo } from '#shared/crypto/public-box.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { type SealingKeyStatement, verifySealingKey } from '#shared/sync/enrolment.ts';
import { Refusal } from '../http/problems.ts';
import type { Storage } from '../storage/storage.ts';

/** Publishes the unit's sealing key, once. From then on reports can be sealed to it. */
export async function foundUnit(storage: Storage, unit: UnitId, statement: string): Promise<void> {
  const claims = await verify(statement);
  if (claims.unit !== unit) throw new Refusal('statement-refused', 'The statement is about another unit.');
  if ((await storage.setSealingKey(unit, statement)) !== statement) {
    throw new Refusal('sealing-key-set', 'This unit was founded with another sealing key.');
  }
}

async function verify(statement: string): Promise<SealingKeyStatement> {
  try {
    const claims = await verifySealingKey(statement);
    // A key that nothing can be sealed to would stop every report to this unit.
    await encapsulateTo(claims.publicKey);
    return claims;
  } catch {
    throw new Refusal('statement-refused', 'The statement is not signed by its founder, or its key cannot be used.');
  }
}
