import type { SettingId } from '#renderer/words/unit-policy.ts';
import { type PeriodId, periodIds } from '#shared/domain/policy/periods.ts';
import { type Policy, type PolicyAction, policyActionIds, type Role } from '#shared/domain/policy/policy.ts';
import type { InputOf } from '#shared/domain/registry/registry.ts';

/** What a setting is made of, and so how it is changed. */
export type Kind =
  | { readonly kind: 'roles'; readonly action: PolicyAction }
  | { readonly kind: 'period'; readonly period: PeriodId }
  | { readonly kind: 'phrases' };

export function kindOf(id: SettingId): Kind {
  const action = policyActionIds.find((each) => id === `actions.${each}`);
  if (action) return { kind: 'roles', action };
  const period = periodIds.find((each) => id === `periods.${each}`);
  return period ? { kind: 'period', period } : { kind: 'phrases' };
}

/** What is being written: of the kind that was chosen, one of these. */
export interface Draft {
  readonly roles: readonly Role[];
  readonly number: string;
  /** One a line. */
  readonly lines: string;
}

/** What is in force, to be changed. */
export function draftOf(id: SettingId, { actions, periods, phrases }: Policy): Draft {
  const kind = kindOf(id);
  return {
    roles: kind.kind === 'roles' ? actions[kind.action] : [],
    number: kind.kind === 'period' ? String(periods[kind.period]) : '',
    lines: phrases.join('\n'),
  };
}

const linesOf = (text: string): readonly string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];

type Changes = InputOf<'policy.changed'>['changes'];

/** Only what changes: what a colleague adds to the list at the same time stays. */
export function changesOf(id: SettingId, draft: Draft, { phrases }: Policy): Changes {
  const kind = kindOf(id);
  switch (kind.kind) {
    case 'roles':
      return { actions: { [kind.action]: [...draft.roles] } };
    case 'period':
      return { periods: { [kind.period]: draft.number.trim() === '' ? Number.NaN : Number(draft.number) } };
    case 'phrases': {
      const wanted = linesOf(draft.lines);
      return {
        phrases: {
          add: wanted.filter((each) => !phrases.includes(each)),
          remove: phrases.filter((each) => !wanted.includes(each)),
        },
      };
    }
  }
}
