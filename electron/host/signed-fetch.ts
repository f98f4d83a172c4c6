import type { CallFailure } from '#shared/bridge/contract.ts';
import { type Bytes, concat, fromBytes } from '#shared/crypto/encoding.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { problemSchema } from '#shared/sync/problem.ts';
import { signRequest } from '#shared/sync/request-token.ts';
import { refuse } from './failures.ts';

/** Null when there is more than `most` bytes: reading stops there, whatever the length header claims. */
export async function readLimited(response: Response, most: number): Promise<Bytes | null> {
  if (!response.body) return new Uint8Array(0);
  const parts: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop early cancels the stream, and with it the transfer.
  for await (const part of response.body) {
    length += part.length;
    if (length > most) return null;
    parts.push(part);
  }
  return concat(...parts);
}

/** Node's `fetch`, or Chromium's by Electron's `net.fetch`, which knows the system's proxy and certificates. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Caller {
  /** Origin of the endpoint, as parseEndpointAddress returns it. */
  readonly origin: string;
  readonly key: SigningKey;
  readonly fetch: Fetch;
  readonly now: () => number;
}

export interface Outgoing {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Path with query. */
  readonly path: string;
  readonly accept: string;
  readonly body?: { readonly type: string; readonly bytes: Bytes };
}

const nothing = new Uint8Array(0);
const mostProblem = 64 * 1024;

/** Sends one request signed by the device. Any answer but 2xx is a failure, with the endpoint's code where it gave one. */
export async function signedFetch(
  caller: Caller,
  { method, path, accept, body }: Outgoing,
  signal: AbortSignal,
): Promise<Result<Response, CallFailure>> {
  const toSign = { method, path, body: body?.bytes ?? nothing };
  const token = await signRequest(caller.key, toSign, crypto.randomUUID(), caller.now());
  const headers = { accept, authorization: `Probity ${token}`, ...(body && { 'content-type': body.type }) };
  try {
    const response = await caller.fetch(`${caller.origin}${path}`, {
      method,
      headers,
      signal,
      // A redirect would carry the token, and case work, to where nobody decided to send it.
      redirect: 'error',
      cache: 'no-store',
      credentials: 'omit',
      ...(body && { body: body.bytes }),
    });
    return response.ok ? ok(response) : await failureOf(response);
  } catch (error) {
    return networkFailure(error);
  }
}

async function failureOf(response: Response) {
  const { status } = response;
  const retry = status >= 500 || status === 429 || status === 408;
  const bytes = await readLimited(response, mostProblem);
  const problem = problemSchema.safeParse(bytes && parseJson(bytes));
  if (!problem.success) return refuse('endpoint-error', { params: { status }, retry });
  return err<CallFailure>({ code: problem.data.code, params: {}, retry });
}

function parseJson(bytes: Bytes): unknown {
  try {
    return fromBytes(bytes);
  } catch {
    return null;
  }
}

/** What a thrown fetch, or a body that broke off, comes from: Node says it in codes, Chromium in the message. */
export function networkFailure(error: unknown) {
  const { name, message, cause } = error instanceof Error ? error : new Error(String(error));
  const { code = '', message: reason = '' } = (cause ?? {}) as { code?: string; message?: string };
  const words = `${message} ${code} ${reason}`;
  if (name === 'TimeoutError' || /TIMED_OUT|TIMEOUT/.test(words))
    return refuse('offline', { params: { timedOut: true }, retry: true });
  if (/redirect/i.test(words)) return refuse('redirect-refused');
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_SSL/.test(words)) return refuse('certificate', { retry: true });
  return refuse('offline', { retry: true });
}
