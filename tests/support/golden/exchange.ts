import { fromBase64url, toBase64url, utf8 } from '#shared/crypto/encoding.ts';
import type { GoldenExchange } from './golden-file.ts';

/* One request to an endpoint over HTTP, and its answer. */

type Asked = Pick<GoldenExchange, 'method' | 'path' | 'headers' | 'body'>;

const isText = (type: string | null): boolean => type === null || /json|text/.test(type);

const isTextBody = ({ headers }: Pick<Asked, 'headers'>): boolean => isText(headers['content-type'] ?? null);

/** The first event of a stream that goes on; all of anything else. */
async function replyOf(response: Response, end: AbortController): Promise<string> {
  const type = response.headers.get('content-type');
  if (!type?.startsWith('text/event-stream')) {
    const bytes = new Uint8Array(await response.arrayBuffer());
    return isText(type) ? Buffer.from(bytes).toString('utf8') : toBase64url(bytes);
  }
  let text = '';
  for await (const part of response.body ?? []) {
    text += Buffer.from(part).toString('utf8');
    if (text.includes('\n\n')) break;
  }
  end.abort();
  return text;
}

export async function exchange(url: string, asked: Asked): Promise<GoldenExchange> {
  const { method, path, headers, body } = asked;
  const end = new AbortController();
  const bytes = body === null ? null : isTextBody(asked) ? utf8(body) : fromBase64url(body);
  const response = await fetch(`${url}${path}`, { method, headers, signal: end.signal, ...(bytes && { body: bytes }) });
  const { status } = response;
  const type = response.headers.get('content-type');
  return { method, path, headers, body, status, type, reply: await replyOf(response, end) };
}

/** How a body stands in a file. */
export const bodyText = (bytes: Uint8Array | null, headers: Readonly<Record<string, string>>): string | null => {
  if (!bytes || bytes.length === 0) return null;
  return isTextBody({ headers }) ? Buffer.from(bytes).toString('utf8') : toBase64url(bytes);
};
