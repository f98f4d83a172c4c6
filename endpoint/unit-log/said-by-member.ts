import { speaksForUnit } from '#shared/domain/membership/speaks-for-unit.ts';
import { isSaidBy, type Said, type SaidBy } from '#shared/sync/said-by.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import { notFounded } from './founded-unit.ts';
import { readVerifiedLog } from './verified-log.ts';
import { withinUnit } from './within-unit.ts';

/**
 * What is said in a unit's name outside its log is said by a member of it in force who may decide on cases: whoever has only
 * the key of one of its computers says nothing.
 */
export async function refuseUnlessSaid(service: Service, said: Said, by: SaidBy): Promise<void> {
  if (!(await isSaidBy(said, by, service.clock.now()))) throw notSaid();
  const { roster } = await withinUnit(service, said.unit, (locked) => readVerifiedLog(service, said.unit, locked));
  if (!roster) throw notFounded();
  if (!speaksForUnit(roster, by.author)) throw notSaid();
}

const notSaid = () =>
  new Refusal('not-of-a-member', 'No member of this unit in force, who decides on cases, said this just now.');
