import { describe, expect, test } from 'vitest';
import type { DataOf } from '#shared/domain/registry/registry.ts';
import type { Urgency } from '#shared/domain/report/report.ts';
import type { RiskLevel } from '#shared/domain/risk/rara.ts';
import { refuseField } from '#shared/kernel/refusal.ts';
import { bo, delivered, foldAll, person, risk, type Step, why } from './assessment-fixtures.ts';

const refused = (...steps: readonly Step[]) => foldAll(steps).activity.at(-1)?.refused;
const asked = refuseField('whyLower', 'lowered-without-reason');
const reported = (...urgencies: readonly Urgency[]): Step =>
  delivered({ peopleAtRisk: urgencies.map((urgency) => ({ who: 'A woman', risk: 'He has her address', urgency })) });
const assessed = (...levels: readonly RiskLevel[]): Partial<DataOf<'risk.assessed'>> => ({
  atRiskNow: 'yes',
  people: levels.map(person),
});
const nobody = { atRiskNow: 'no' } as const;
const untold = { atRiskNow: 'unknown' } as const;

describe('risk that is assessed as less grave than it stood', () => {
  test.each<[string, Step, Partial<DataOf<'risk.assessed'>>, boolean]>([
    ['immediate, and then critical', reported('immediate'), assessed('critical'), false],
    ['immediate, and then high', reported('immediate'), assessed('high'), true],
    ['high, and then high', reported('high'), assessed('high'), false],
    ['high, and then medium', reported('high'), assessed('medium'), true],
    ['a concern, and then medium', reported('concern'), assessed('medium'), false],
    ['a concern, and then nobody', reported('concern'), nobody, true],
    ['nobody, and then nobody', reported(), nobody, false],
    ['nobody, and then critical', reported(), assessed('critical'), false],
    ['high, and then what cannot be told', reported('high'), untold, false],
    ['of two the graver counts', reported('concern', 'immediate'), assessed('medium', 'high'), true],
    ['of two the graver counts, and it stays', reported('concern', 'high'), assessed('standard', 'high'), false],
  ])('at first, against what the contact centre said: %s', (_, report, said, isAsked) => {
    expect(refused(report, risk(said))).toEqual(isAsked ? asked : null);
    expect(refused(report, risk({ ...said, whyLower: why }))).toBeNull();
  });

  test('later, against what was recorded last, and not against what its author could not know', () => {
    const high = [reported('concern'), risk(assessed('high'))];
    expect(refused(...high, risk(assessed('medium')))).toEqual(asked);
    expect(refused(...high, risk({ ...assessed('medium'), whyLower: why }))).toBeNull();
    expect(refused(...high, risk(assessed('medium'), { actor: bo, seen: 1 }))).toBeNull();
  });
});
