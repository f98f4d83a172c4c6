import { toCanonicalBytes } from '#shared/crypto/canonical-json.ts';
import { fromBase64url } from '#shared/crypto/encoding.ts';
import type { WireEntry } from '#shared/log/entry.ts';
import type { WholeBox } from '#shared/log/wire-box.ts';
import type { GoldenBox, GoldenEntry } from './golden-file.ts';

/** The bytes of a recorded box, and of a recorded entry, as they travel. */
export const wireBoxOf = ({ label, sealed }: GoldenBox): WholeBox => ({
  label: toCanonicalBytes(label),
  sealed: fromBase64url(sealed),
});

export const wireOf = ({ header, signature, body, boxes, event }: GoldenEntry): WireEntry => ({
  header: toCanonicalBytes(header),
  signature: fromBase64url(signature),
  body: body === null ? toCanonicalBytes(event) : fromBase64url(body),
  boxes: boxes.map(wireBoxOf),
});
