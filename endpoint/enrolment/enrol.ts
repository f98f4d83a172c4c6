import { randomBytes, utf8 } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { AuthorKey, Digest } from '#shared/kernel/ids.ts';
import type { EnrolmentReply } from '#shared/sync/enrolment.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';

/** Crockford's base32: no I, L, O or U, so that what is read out is typed back. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 16 characters are 80 bits: beyond guessing, so that a plain hash protects a stored one. */
const length = 16;

/** Four groups of four, to be read out or typed. */
export function newCode(): string {
  const characters = Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]);
  return characters.join('').replace(/.{4}(?=.)/g, '$&-');
}

/** @param code as `enrolmentCodeSchema` leaves it: capitals and digits. Letters that look like digits count as those. */
export const hashOfCode = (code: string): Promise<Digest> =>
  digestOf(utf8(`probity/code/1/${code.replaceAll('-', '').replace(/O/g, '0').replace(/[IL]/g, '1')}`));

/** Spends a code for the device that signed. Why a code is refused is not said: it would help to guess. */
export async function enrol(service: Service, device: AuthorKey, code: string): Promise<EnrolmentReply> {
  const { storage, signingKey, checkpointKey, clock, demo } = service;
  const spent = await storage.spendCode(await hashOfCode(code), device, clock.now(), demo);
  if ('refused' in spent) throw refusals[spent.refused]();
  const { purpose, unit: id } = spent.enrolment;
  const unit = id === null ? null : ((await storage.units()).find((candidate) => candidate.id === id) ?? null);
  return { purpose, unit, endpointKey: signingKey.author, checkpointKey: checkpointKey.author };
}

const refusals = {
  code: () => new Refusal('code-refused', 'This code is not known, was used, or has expired. Ask for a new one.'),
  'device-enrolled-elsewhere': () =>
    new Refusal('device-enrolled-elsewhere', 'This device is enrolled already, for something else.'),
};
