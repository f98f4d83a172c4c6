import { base64url } from 'jose';

/** Bytes with a plain ArrayBuffer behind them, as WebCrypto wants them. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const utf8 = (text: string): Bytes => encoder.encode(text);

/** Strict UTF-8 decoding. @throws TypeError on malformed bytes */
export const fromUtf8 = (bytes: Uint8Array): string => decoder.decode(bytes);

/** Unpadded base64url (RFC 4648 section 5). */
export const toBase64url = (bytes: Uint8Array): string => base64url.encode(bytes);

/** @throws TypeError on characters outside the alphabet */
export const fromBase64url = (text: string): Bytes => base64url.decode(text) as Bytes;

/** Padded base64 (RFC 4648 section 4). */
export const toBase64 = (bytes: Uint8Array): string => {
  const unpadded = toBase64url(bytes).replaceAll('-', '+').replaceAll('_', '/');
  return unpadded.padEnd(Math.ceil(unpadded.length / 4) * 4, '=');
};

/** @throws TypeError unless the text is the one that `toBase64` makes of its bytes: padded, without bits to spare */
export function fromBase64(text: string): Bytes {
  const bytes = fromBase64url(
    text
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/={1,2}$/, ''),
  );
  if (toBase64(bytes) !== text) throw new TypeError('Not canonical base64.');
  return bytes;
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

export const toBytes = (value: unknown): Bytes => utf8(JSON.stringify(value));

/** @throws TypeError or SyntaxError when the bytes are not UTF-8 JSON */
export const fromBytes = (bytes: Uint8Array): unknown => JSON.parse(fromUtf8(bytes));

export const randomBytes = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));
