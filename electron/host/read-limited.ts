import { type Bytes, concat } from '#shared/crypto/encoding.ts';

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
