import type { AuthorKey } from '#shared/kernel/ids.ts';
import type { EnrolmentReply } from '#shared/sync/enrolment.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import { hashOfCode } from './code-text.ts';

/** Spends a code for the device that signed. Why a code is refused is not said: it would help to guess. */
export async function enrol(service: Service, device: AuthorKey, code: string): Promise<EnrolmentReply> {
  const { storage, signingKey, clock, demo } = service;
  const spent = await storage.spendCode(await hashOfCode(code), device, clock.now(), demo);
  if ('refused' in spent) throw refusals[spent.refused]();
  const { purpose, unit: id } = spent.enrolment;
  const unit = id === null ? null : ((await storage.units()).find((candidate) => candidate.id === id) ?? null);
  return { purpose, unit, endpointKey: signingKey.author };
}

const refusals = {
  code: () => new Refusal('code-refused', 'This code is not known, was used, or has expired. Ask for a new one.'),
  'device-enrolled-elsewhere': () =>
    new Refusal('device-enrolled-elsewhere', 'This device is enrolled already, for something else.'),
};
