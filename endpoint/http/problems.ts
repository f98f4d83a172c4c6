import type { Problem, ProblemCode } from '#shared/sync/problem.ts';

/** Every way in which the endpoint says no. Codes are stable: programs depend on them. */
export const problems = {
  'json-malformed': [400, 'The body is not JSON'],
  'request-malformed': [400, 'The request does not have the expected form'],
  'entry-malformed': [400, 'An entry is malformed'],
  'entry-signature': [400, 'An entry is not signed by its author'],
  'entry-parts': [400, 'The parts of an entry are not those that its header names'],
  'entry-other-unit': [400, 'An entry belongs to another unit'],
  'entry-author-reserved': [400, 'An entry claims to be from the endpoint'],
  'entry-seen': [400, 'An entry claims to have seen less than its author had before'],
  'entry-seen-unproved': [400, 'An entry claims to have seen a log that is not this one'],
  'checkpoint-refused': [400, 'The checkpoint is not one of this endpoint'],
  'founding-refused': [400, 'The log does not begin with a valid founding of its unit'],
  'digest-mismatch': [400, 'The bytes do not have the digest that they are named by'],
  'transfer-to-self': [400, 'A referral cannot be transferred to its own unit'],
  'token-missing': [401, 'The request is not signed'],
  'token-refused': [401, 'The signature of the request is not accepted'],
  'token-replayed': [401, 'The signature of the request was used before'],
  'device-unknown': [401, 'The device is not enrolled'],
  'code-refused': [403, 'The code is not accepted'],
  'device-not-allowed': [403, 'The device may not do this'],
  'not-of-a-member': [403, 'No member of the unit said this'],
  'entry-author-unknown': [403, 'The author of an entry is no device of the unit'],
  'not-found': [404, 'There is nothing at this address'],
  'blob-unknown': [404, 'The blob is unknown'],
  'force-unknown': [404, 'No unit receives reports about this force'],
  'unit-unknown': [404, 'The unit is unknown'],
  'transfer-unknown': [404, 'The transfer is unknown'],
  'tile-unknown': [404, 'The tree has no such tile'],
  'checkpoint-unknown': [404, 'The log has no checkpoint of that size'],
  'reference-unknown': [404, 'The reference is unknown'],
  'method-not-allowed': [405, 'The method is not allowed here'],
  'unit-not-ready': [409, 'The unit cannot receive reports yet'],
  'operator-unknown': [409, 'The endpoint has no operator yet'],
  'unit-founded': [409, 'The unit was founded already'],
  'entry-newer': [409, 'An entry is of a newer Probity'],
  'device-enrolled-elsewhere': [409, 'The device is enrolled already'],
  'entry-out-of-order': [409, 'An entry does not follow the last one of its author'],
  'entry-id-reused': [409, 'Another entry has this id'],
  'stream-closed': [409, 'The stream was handed to other readers'],
  'stream-without-readers': [409, 'An entry does not say for whom its stream is'],
  'generation-replaced': [409, 'The key that it is sealed to was replaced'],
  'reply-key-replaced': [409, 'The key that the answer is sealed to was replaced'],
  'transfer-id-reused': [409, 'Another transfer has this id'],
  'report-id-reused': [409, 'Another report of this device has this id'],
  'body-too-large': [413, 'The body is too large'],
  'attachments-too-many': [413, 'The report has too many attachments'],
  'report-too-large': [413, 'The report is too large'],
  'transfer-too-large': [413, 'The transfer is too large'],
  'media-type-unsupported': [415, 'The media type is not supported'],
  'rate-limited': [429, 'Too many requests'],
  'headers-too-large': [431, 'The headers are too large'],
  'internal-error': [500, 'The endpoint failed'],
  'endpoint-keys-missing': [503, 'The log names keys that the endpoint does not have'],
  'endpoint-set-back': [503, 'The endpoint was set back'],
  'unit-other-founder': [503, 'The stored log is not that of the unit'],
  'storage-full': [503, 'The storage is full'],
  'storage-unavailable': [503, 'The storage does not answer'],
} as const satisfies Record<ProblemCode, readonly [status: number, title: string]>;

/** @param detail for a person; never repeats what was sent, which may be readable case work */
export function problemOf(code: ProblemCode, detail: string): Problem {
  const [status, title] = problems[code];
  return { type: `urn:probity:problem:${code}`, title, status, code, detail };
}

/** Thrown to answer with a problem. What ran in a transaction is rolled back. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ProblemCode;

  constructor(code: ProblemCode, detail: string) {
    super(detail);
    this.code = code;
  }
}
