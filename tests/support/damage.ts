import type { Bytes } from '#shared/crypto/encoding.ts';
import type { Entry } from '#shared/log/entry.ts';

/** The same number of bytes, of which the first is another. */
const altered = (bytes: Bytes): Bytes => bytes.map((byte, at) => (at === 0 ? byte ^ 1 : byte));

/** As its author did not sign it. */
export const signedWrongly = ({ header, wire }: Entry): Entry => ({
  header,
  wire: { ...wire, signature: altered(wire.signature) },
});

/** With a body that its author did not sign. */
export const bodyChanged = ({ header, wire }: Entry): Entry => ({
  header,
  wire: { ...wire, body: wire.body && altered(wire.body) },
});
