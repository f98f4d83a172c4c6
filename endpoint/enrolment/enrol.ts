import { randomBytes, utf8 } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { AuthorKey, Digest } from '#shared/kernel/ids.ts';
import { toSpokenCode } from '#shared/kernel/spoken-code.ts';
import type { EnrolmentReply } from '#shared/sync/enrolment.ts';
import { currentKeys } from '../endpoint-keys.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import type { Unit } from '../storage/storage.ts';

/** 16 characters are 80 bits: beyond guessing, so that a plain hash protects a stored one. */
const length = 16;

/** Four groups of four, to be read out or typed. */
export const newCode = (): string => toSpokenCode(randomBytes(length));

/** @param code as `enrolmentCodeSchema` leaves it: capitals and digits. Letters that look like digits count as those. */
export const hashOfCode = (code: string): Promise<Digest> =>
  digestOf(utf8(`probity/code/1/${code.replaceAll('-', '').replace(/O/g, '0').replace(/[IL]/g, '1')}`));

/** Spends a code for the device that signed. Why a code is refused is not said: it would help to guess. */
export async function enrol(service: Service, device: AuthorKey, code: string): Promise<EnrolmentReply> {
  const { storage, keys, operator, clock, demo } = service;
  const operatorKey = await operator.read();
  if (!operatorKey) throw new Refusal('operator-unknown', 'The endpoint was not told the key of its operator yet.');
  const spent = await storage.spendCode(await hashOfCode(code), device, clock.now(), demo);
  if ('refused' in spent) throw refusals[spent.refused]();
  const { purpose, unit: id } = spent.enrolment;
  const unit = id === null ? null : ((await storage.units()).find((candidate) => candidate.id === id) ?? null);
  // Another process on this database may have replaced them.
  await keys.hasChanged();
  return { purpose, unit: unit && enrolled(unit), ...currentKeys(keys), operatorKey };
}

const refusals = {
  code: () => new Refusal('code-refused', 'This code is not known, was used, or has expired. Ask for a new one.'),
  'device-enrolled-elsewhere': () =>
    new Refusal('device-enrolled-elsewhere', 'This device is enrolled already, for something else.'),
};

/** What a device is told of its unit. Under which law its force is, the directory says, which the operator signs. */
const enrolled = ({ id, name, force, forceName, founded }: Unit) => ({ id, name, force, forceName, founded });
