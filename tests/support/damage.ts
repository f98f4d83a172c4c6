import type { Entry } from '#shared/log/entry.ts';

/** Base64url of other bytes. */
const altered = (text: string): string => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;

/** As its author did not sign it. */
export const signedWrongly = ({ header, wire }: Entry): Entry => ({
  header,
  wire: { ...wire, signature: altered(wire.signature) },
});

/** As nobody can open it. */
export const sealedWrongly = ({ header, wire }: Entry): Entry => ({
  header,
  wire: { ...wire, payload: altered(wire.payload) },
});
