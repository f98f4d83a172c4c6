import { v4 } from 'uuid';
import { recoverMember, reopenScope } from '#renderer/vault/recovery.ts';
import { splitSecret } from '#shared/crypto/secret-shares.ts';
import type { CircleId } from '#shared/kernel/ids.ts';
import { makeRecoveryKey, proveRecovery, type RecoveryKey } from '#shared/log/recovery-key.ts';
import { type MadeMember, makeMember } from '../made-roster.ts';
import { alone, keysOf, memberCalled, people, together, withPair } from './cast.ts';
import { Desk, must } from './desk.ts';
import { beside, type Stage, type Workplace } from './stage.ts';
import { openScope } from './story-roster.ts';

/** What the files keep of it. */
export interface PlayedRecovery {
  readonly key: RecoveryKey;
  readonly shares: readonly string[];
  /** Bo's, in place of the one that was lost. */
  readonly device: MadeMember;
}

/** A recovery key is bound. Then Bo, who alone read a circle, has lost his device: he gets another, and Sal the circle. */
export async function recoverBo(stage: Stage, unit: Workplace): Promise<PlayedRecovery> {
  const key = await makeRecoveryKey();
  const shares = must(await splitSecret(key.secret, { holders: 3, threshold: 2 }));
  const recovery = await proveRecovery(unit.unit, key);
  await withPair(stage, unit, (pair) => together(stage, pair, () => ({ type: 'recovery.bound', data: { recovery } })));
  const circle = v4() as CircleId;
  const bos = await Desk.open(beside(unit), stage, people.bo);
  await openScope(bos, circle, [people.bo]);
  bos.close();
  stage.pass(1);
  const given = shares.slice(0, 2);
  const device = await withPair(stage, unit, async (pair) => {
    const member = memberCalled(pair.sal, people.bo);
    const made = await makeMember(unit.unit, member);
    await together(stage, pair, () => ({ type: 'recovery.permitted', data: { for: { member } } }));
    await alone(stage, pair, async ({ vault }) =>
      must(await recoverMember(vault, { shares: given, member, device: made.device })),
    );
    await together(stage, pair, () => ({ type: 'recovery.permitted', data: { for: { scope: circle } } }));
    await alone(stage, pair, async (desk) => {
      const devices = [keysOf(desk, people.sal).author];
      must(await reopenScope(desk.vault, { shares: given, scope: circle, devices }));
    });
    return made;
  });
  return { key, shares, device };
}
