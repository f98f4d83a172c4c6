import type { AuthorKey, EntryId, Position } from '#shared/kernel/ids.ts';
import type { Signed } from '../event/signed.ts';
import { caseEventOf, type Registry, registry } from '../registry/registry.ts';
import type { CaseState } from './case-state.ts';
import { type Asking, type CaseCommand, decide } from './decide.ts';

/** What is not signed yet has no entry and no device: no entry that is kept may name these. */
const notSigned = { entry: '' as EntryId, device: '' as AuthorKey };

/**
 * The case as it will be once a command is carried out: what is asked next can be checked before that. As it is, where the
 * command would be refused.
 */
export function foresee(state: CaseState, command: CaseCommand, asking: Asking, known: Registry = registry): CaseState {
  const decided = decide(state, command, asking, known);
  const definition = decided.ok && caseEventOf(known, decided.value.type);
  if (!decided.ok || !definition) return state;
  const { at, data, replaces } = decided.value;
  const seen = Number.MAX_SAFE_INTEGER as Position;
  const signed: Signed = { ...notSigned, at, by: asking.actor?.id ?? null, position: null, seen, replaces };
  return { ...state, ...definition.apply(state, data, signed) };
}
