import { stands } from '../event/revocable.ts';
import type { Knew } from '../event/signed.ts';
import { type Duty, isIopcOwed } from '../iopc/iopc-clock.ts';
import type { OversightState } from '../iopc/oversight-recorded.ts';
import { isSuspectedFalse } from '../items/grading.ts';
import type { ItemState } from '../items/item-recorded.ts';
import { type MatterState, selectSubjectRanks } from '../misconduct/matter-classified.ts';
import type { RiskState } from '../risk/risk-assessed.ts';
import { type DispositionKind, dispositions } from './dispositions.ts';

type Assessed = Duty & RiskState & OversightState & ItemState & MatterState;

/** By the code of the refusal where it is not met. */
export interface Prerequisite {
  readonly code:
    | 'risk-first'
    | 'mandatory-first'
    | 'iopc-owed'
    | 'item-first'
    | 'malicious-needs-e'
    | 'not-chief-officer';
  readonly isMet: boolean;
}

/**
 * The order that is law: life first (ECHR Art 2), then the duty to refer (SI 2020/2 reg 4, reg 7), then the disposition. The local
 * policing body is the authority of the chief officer alone (Police Reform Act 2002 s 29(1)).
 */
export function orderOf(kind: DispositionKind, state: Assessed, knew: Knew): readonly Prerequisite[] {
  if (kind === 'safeguard') return [];
  return [
    { code: 'risk-first', isMet: state.risk.some(knew) },
    // Of a force under another law, what that asks stands in the place of the test.
    { code: 'mandatory-first', isMet: state.mandatory.some(knew) || state.oversight.some(knew) },
    ...(kind === 'localPolicingBody'
      ? [{ code: 'not-chief-officer' as const, isMet: selectSubjectRanks(state, knew).includes('chiefOfficer') }]
      : []),
    ...(dispositions[kind].closes && isIopcOwed(state, knew) ? [{ code: 'iopc-owed' as const, isMet: false }] : []),
  ];
}

/** What has to be recorded before a disposition may be. */
export function prerequisitesOf(kind: DispositionKind, state: Assessed, knew: Knew): readonly Prerequisite[] {
  const isFalse = state.items.some((item) => stands(item) && isSuspectedFalse(item, knew));
  return [
    ...orderOf(kind, state, knew),
    ...(dispositions[kind].needsItem ? [{ code: 'item-first' as const, isMet: state.items.some(stands) }] : []),
    ...(kind === 'suspectedMalicious' ? [{ code: 'malicious-needs-e' as const, isMet: isFalse }] : []),
  ];
}
