import { z } from 'zod';
import { refuse, refuseField } from '#shared/kernel/refusal.ts';
import { hasHidden, isSeen } from '#shared/kernel/visible-text.ts';
import { defineUnitEvent, type UnitContext } from '../event/define-event.ts';
import { line } from '../event/fields.ts';
import { periodIds, periods } from '../policy/periods.ts';
import {
  may,
  type Policy,
  policyActionIds,
  policyActions,
  type Role,
  roleIds,
  rolesThatMay,
} from '../policy/policy.ts';
import { roleSchema } from '../unit/roster.ts';
import { changedPolicy, type PolicyChanges } from '../unit/unit-record.ts';
import { written } from '../written/written.ts';

/** Each is looked for in every text that is sanitised: a list without end would hold up all who sanitise. */
const mostPhrases = 200;
const mostAtOnce = 50;
/** Looked for as it is, whatever its case and spacing: nothing in it is a pattern. */
const phrase = line(80);
/** Shorter ones stand in half of all words. */
const shortestPhrase = 3;

/** At least one letter or digit, and nothing that cannot be seen. */
const isPhrase = (words: string): boolean =>
  isSeen(words, shortestPhrase) && /[\p{L}\p{N}]/u.test(words) && !hasHidden(words);

/** In the order of the table, each once. */
const roleSet = z
  .array(roleSchema)
  .max(roleIds.length)
  .transform((chosen): readonly Role[] => roleIds.filter((role) => chosen.includes(role)));

const data = z.strictObject({
  changes: z.strictObject({
    actions: z.partialRecord(z.enum(policyActionIds), roleSet).optional(),
    periods: z.partialRecord(z.enum(periodIds), z.int().min(0).max(100_000)).optional(),
    phrases: z
      .strictObject({ add: z.array(phrase).max(mostAtOnce), remove: z.array(phrase).max(mostPhrases) })
      .optional(),
  }),
  /** For all members to read. */
  why: written(10, 2_000),
});

function refuseActions(actions: NonNullable<PolicyChanges['actions']>) {
  for (const action of policyActionIds) {
    const chosen = actions[action];
    if (!chosen) continue;
    const field = `changes.actions.${action}`;
    const { always, never } = policyActions[action] as { always: readonly Role[]; never: readonly Role[] };
    const without = always.filter((role) => !chosen.includes(role));
    if (without.length > 0) return refuseField(field, 'action-always-of', { action, roles: without });
    const barred = never.filter((role) => chosen.includes(role));
    if (barred.length > 0) return refuseField(field, 'action-never-of', { action, roles: barred });
    if (chosen.length === 0) return refuseField(field, 'action-of-nobody', { action });
  }
  return null;
}

function refusePeriods(changed: NonNullable<PolicyChanges['periods']>) {
  for (const id of periodIds) {
    const value = changed[id];
    const { least, most, unit } = periods[id];
    if (value !== undefined && (value < least || value > most)) {
      return refuseField(`changes.periods.${id}`, 'period-out-of-bounds', { minimum: least, maximum: most, unit });
    }
  }
  return null;
}

function refusePhrases(added: readonly string[], { phrases }: Policy) {
  const field = 'changes.phrases.add';
  if (!added.every(isPhrase)) return refuseField(field, 'phrase-unfit', { minimum: shortestPhrase });
  return phrases.length > mostPhrases ? refuseField(field, 'too-many-phrases', { maximum: mostPhrases }) : null;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Whether a change would leave everything as it is. */
const changesNothing = (policy: Policy, changes: PolicyChanges): boolean =>
  same(changedPolicy(policy, changes), policy);

const refuseUnlessMayChange = ({ actor, policy }: UnitContext) =>
  may(actor.role, 'changePolicy', policy)
    ? null
    : refuse('not-allowed', { action: 'changePolicy', roles: rolesThatMay('changePolicy', policy) });

/**
 * Local policy, changed from its position on. It names only what changes: of two at once both take effect, and what was
 * judged before stays as it was judged.
 */
export const policyChanged = defineUnitEvent('policy.changed', {
  v: 1,
  data,
  audit: 'alteration',
  rule({ changes }, context) {
    const refusal =
      refuseUnlessMayChange(context) ?? refuseActions(changes.actions ?? {}) ?? refusePeriods(changes.periods ?? {});
    if (refusal) return refusal;
    return refusePhrases(changes.phrases?.add ?? [], changedPolicy(context.policy, changes));
  },
  // Not of the log: two who make the same change at once have both done nothing wrong.
  desk: ({ changes }, { policy }) => (changesNothing(policy, changes) ? refuse('nothing-changes') : null),
  apply: (record, { changes, why }, signed) => ({
    ...record,
    policyChanges: [...record.policyChanges, { changes, why, ...signed }],
  }),
});
