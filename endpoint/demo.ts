/**
 * An endpoint to try things with: invented units, and codes that are no secret and can be used again and again.
 * Accepted only while the endpoint runs as a demonstration, which it does on a loopback address alone.
 */
import { usualJurisdiction } from '#shared/domain/jurisdiction/jurisdictions.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { hashOfCode } from './enrolment/enrol.ts';
import { serviceOrganisation } from './operator/operate.ts';
import type { Storage, Unit } from './storage/storage.ts';

export const demoWorkstationCode = 'DEM0W0RK';
export const demoIntakeCode = 'DEM01NTAKE';
export const demoForce = 'avon-and-somerset';

/** The others stand ready to be founded: reports about them are what a wrong-force report looks like. */
const units: readonly Omit<Unit, 'id' | 'founded'>[] = [
  {
    force: demoForce,
    forceName: 'Avon and Somerset Constabulary',
    jurisdiction: usualJurisdiction,
    name: 'Avon and Somerset ACU (invented)',
  },
  {
    force: 'devon-and-cornwall',
    forceName: 'Devon and Cornwall Police',
    jurisdiction: usualJurisdiction,
    name: 'Devon and Cornwall ACU (invented)',
  },
  {
    force: 'wiltshire',
    forceName: 'Wiltshire Police',
    jurisdiction: usualJurisdiction,
    name: 'Wiltshire ACU (invented)',
  },
];

export const isLoopback = (host: string): boolean => /^(127(\.\d{1,3}){3}|::1|localhost)$/.test(host);

/** Leaves what is there. */
export async function seedDemo(storage: Storage): Promise<void> {
  for (const unit of units) await storage.addUnit({ id: crypto.randomUUID() as string as UnitId, ...unit });
  const unit = await storage.unitOfForce(demoForce);
  if (!unit) throw new Error('The demonstration unit is missing.');
  const station = { purpose: 'workstation', unit: unit.id, organisation: null } as const;
  const centre = { purpose: 'intake', unit: null, organisation: serviceOrganisation } as const;
  await storage.addCode({ ...station, hash: await hashOfCode(demoWorkstationCode), ...reusable });
  await storage.addCode({ ...centre, hash: await hashOfCode(demoIntakeCode), ...reusable });
}

const reusable = { expiresAt: 0, reusable: true } as const;
