import type { MemoryUnit } from '#tests/support/memory-unit.ts';

/** The first referral about an officer whose number is known, and about whom it is. */
export function anOfficer(unit: MemoryUnit) {
  const officer = unit.referenceWhere(({ report }) => Boolean(report.subjects[0]?.collarNumber));
  const { subjects } = unit.referralOf(officer).report;
  return { officer, subjects, collar: subjects[0]?.collarNumber ?? '' };
}

/** Two referrals of one officer: one of the invented, and one that comes in after all of them. */
export async function twoOfOneOfficer(unit: MemoryUnit) {
  const { officer, subjects, collar } = anOfficer(unit);
  const { referral } = await unit.receiveLike({ subjects });
  await unit.syncHere();
  return { collar, earlier: officer, later: referral.reference };
}
