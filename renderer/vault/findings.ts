import type { EntryId, Position, StreamId } from '#shared/kernel/ids.ts';
import type { Params } from '#shared/kernel/refusal.ts';
import type { WarningCode } from './codes.ts';
import type { IntegrityWarning } from './vault-api.ts';

export interface Findings {
  /** Signatures checked in this session. */
  readonly signatures: Map<EntryId, 'verified' | 'broken'>;
  /** What did not verify in this session, besides the faults in the ledger. */
  readonly warnings: IntegrityWarning[];
}

export const emptyFindings = (): Findings => ({ signatures: new Map(), warnings: [] });

export const warning = (
  code: WarningCode,
  position: Position | null,
  params: Params = {},
  stream: StreamId | null = null,
): IntegrityWarning => ({ code, position, case: stream, params });

/** Once for each code and position: an exchange that fails every minute says so once. */
export function warnOnce({ warnings }: Findings, found: IntegrityWarning): void {
  if (warnings.some(({ code, position }) => code === found.code && position === found.position)) return;
  warnings.push(found);
}
