import { setTimeout as wait } from 'node:timers/promises';
import { v4 as uuid } from 'uuid';
import { utf8 } from '#shared/crypto/encoding.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import { backoff } from '#shared/sync/backoff.ts';
import { enrolmentReplySchema } from '#shared/sync/enrolment.ts';
import { problemSchema } from '#shared/sync/problem.ts';
import { signRequest } from '#shared/sync/request-token.ts';

/** The endpoint's own words for why it did not do what it was asked. `status` is null where it did not answer. */
export class IntakeError extends Error {
  override readonly name = 'IntakeError';
  readonly status: number | null;

  constructor(message: string, status: number | null) {
    super(message);
    this.status = status;
  }
}

/** A contact centre's computer, as far as the endpoint can tell. */
export interface IntakeDevice {
  /** @returns the body of the reply. @throws IntakeError */
  post(path: string, body: unknown): Promise<unknown>;
}

interface Circumstances {
  /** Milliseconds since the epoch, by the device's own clock. */
  readonly now?: (() => number) | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Caller {
  readonly endpoint: string;
  readonly key: SigningKey;
  readonly now: () => number;
  readonly signal: AbortSignal | undefined;
}

/** How often a request is tried that the endpoint was too busy, or not there, to take. */
const attempts = 8;

/** Enrols the key with the code, and sends with it from then on. @throws IntakeError */
export async function enrolIntakeDevice(
  endpoint: string,
  key: SigningKey,
  code: string,
  { now = Date.now, signal }: Circumstances = {},
): Promise<IntakeDevice> {
  const caller: Caller = { endpoint, key, now, signal };
  const device: IntakeDevice = { post: (path, body) => postWithPatience(caller, path, body) };
  const reply = enrolmentReplySchema.safeParse(await device.post('/v1/enrolments', { code }));
  if (!reply.success) throw new IntakeError('What answered the enrolment is not a Probity endpoint.', null);
  if (reply.data.purpose !== 'intake') {
    throw new IntakeError('The code is that of a workstation. Reports are sent by an intake device.', null);
  }
  return device;
}

async function postWithPatience(caller: Caller, path: string, body: unknown) {
  const { signal } = caller;
  for (let attempt = 1; ; attempt++) {
    const answer = await postOnce(caller, path, body);
    if ('reply' in answer) return answer.reply;
    if (!answer.again || attempt === attempts) throw answer.error;
    await wait(answer.after ?? backoff(attempt, Math.random()), undefined, signal ? { signal } : {});
  }
}

/** `after`: milliseconds that the endpoint asks to wait. */
type Answer =
  | { readonly reply: unknown }
  | { readonly error: IntakeError; readonly again: boolean; readonly after?: number };

/** Signed anew each time: the endpoint takes a signature once, even of a request that it then had no time for. */
async function postOnce({ endpoint, key, now, signal }: Caller, path: string, body: unknown): Promise<Answer> {
  const bytes = utf8(JSON.stringify(body));
  const token = await signRequest(key, { method: 'POST', path, body: bytes }, uuid(), now());
  const headers = { 'content-type': 'application/json', authorization: `Probity ${token}` };
  try {
    const response = await fetch(new URL(path, endpoint), {
      method: 'POST',
      headers,
      body: bytes,
      signal: signal ?? null,
    });
    const text = await response.text();
    if (response.ok) return { reply: parseJson(text) };
    const error = new IntakeError(inPlainWords(response.status, text), response.status);
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    const busy = { error, again: response.status === 429 || response.status === 503 };
    return seconds >= 0 ? { ...busy, after: seconds * 1000 } : busy;
  } catch (cause) {
    if (signal?.aborted) throw cause;
    return { error: new IntakeError(`The endpoint at ${endpoint} does not answer.`, null), again: true };
  }
}

function inPlainWords(status: number, text: string): string {
  const problem = problemSchema.safeParse(parseJson(text));
  return problem.success
    ? `${problem.data.title}. ${problem.data.detail}`
    : `The endpoint answered with status ${status}.`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
