import type { Opening } from '#renderer/state/by-hand-store.ts';
import { fromLondonInput } from '#renderer/ui/london-input.ts';
import { evenReference } from '#shared/domain/references/reference-kinds.ts';
import { wayInIds } from '#shared/domain/referral/ways-in.ts';
import { publicCategoryIds } from '#shared/domain/report/public-categories.ts';
import { narrativeLanguageIds, type Subject, subjectKindIds, urgencies } from '#shared/domain/report/report.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { isSeen } from '#shared/kernel/visible-text.ts';

/* What stands in the form, all of it text: so it is kept as it is typed, and an older draft is read as far as it fits. */

const fieldNames = [
  ...['how', 'narrative', 'who', 'risk', 'urgency', 'reachedAt', 'expects', 'kind', 'name'],
  ...['rankOrRole', 'collarNumber', 'description', 'category', 'language'],
] as const;
export type FieldName = (typeof fieldNames)[number];
export type Values = Readonly<Record<FieldName, string>>;

/** @param now as London writes it */
export function valuesOf(draft: unknown, now: string): Values {
  const kept = (typeof draft === 'object' && draft !== null ? draft : {}) as Readonly<Record<string, unknown>>;
  const initial: Partial<Values> = { reachedAt: now, language: 'en' };
  return Object.fromEntries(
    fieldNames.map((name) => {
      const value = kept[name];
      return [name, typeof value === 'string' ? value : (initial[name] ?? '')];
    }),
  ) as Values;
}

const orNull = (text: string): string | null => (isSeen(text, 1) ? text : null);
const oneOf = <Id extends string>(ids: readonly Id[], text: string): Id | '' => ids.find((id) => id === text) ?? '';

const isSaid = (...texts: readonly string[]): boolean => texts.some((text) => isSeen(text, 1));

function subjectsOf({ kind, name, rankOrRole, collarNumber, description }: Values): Opening['report']['subjects'] {
  if (!isSaid(name, rankOrRole, collarNumber, description)) return [];
  const known: Subject['kind'] = oneOf(subjectKindIds, kind) || 'unknown';
  return [
    {
      ...{ kind: known, name: orNull(name), rankOrRole: orNull(rankOrRole), collarNumber: orNull(collarNumber) },
      ...{ station: null, description: orNull(description) },
    },
  ];
}

export function toOpening(values: Values): Opening {
  const { how, narrative, who, risk, urgency, reachedAt, expects, category, language } = values;
  const chosen = oneOf(publicCategoryIds, category);
  return {
    how: oneOf(wayInIds, how),
    reachedAt: fromLondonInput(reachedAt),
    expects: orNull(expects) && evenReference('crimestoppers', expects.trim()),
    report: {
      language: oneOf(narrativeLanguageIds, language) || 'other',
      narrative,
      categories: chosen ? [chosen] : [],
      subjects: subjectsOf(values),
      peopleAtRisk: isSaid(who, risk, urgency) ? [{ who, risk, urgency: oneOf(urgencies, urgency) }] : [],
    },
  };
}

/** Which field a refusal is about; null where it is about none. */
export function fieldOf({ field }: Refusal): FieldName | null {
  const name = field?.split('.').at(-1);
  return fieldNames.find((each) => each === name) ?? (field?.includes('subjects') ? 'name' : null);
}
