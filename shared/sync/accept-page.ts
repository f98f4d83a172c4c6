import type { AuthorKey, Digest, Position, UnitId } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { type Entry, hashEntry, parseEntry } from '#shared/log/entry.ts';
import { extendHash, type LogState, type SignedHead, verifyHead } from '#shared/log/head.ts';
import type { Page } from './wire.ts';

/** Why a page of the log is not believed. Nothing of such a page is applied. */
export interface PageFault {
  readonly code: 'head-signature' | 'other-unit' | 'gap' | 'rolled-back' | 'forked' | 'entry-malformed';
  readonly position: Position;
}

export interface ConfirmedEntry {
  readonly position: Position;
  readonly entry: Entry;
  readonly hash: Digest;
}

export interface AcceptedPage {
  readonly entries: readonly ConfirmedEntry[];
  readonly log: LogState;
  readonly head: SignedHead;
}

/**
 * Checks that a page extends the log exactly as this replica last saw it: no entry dropped, reordered, replayed or
 * invented, and the head signed by the pinned endpoint key. Signatures of the entries themselves are not checked here.
 */
export async function acceptPage(
  page: Page,
  log: LogState,
  unit: UnitId,
  endpointKey: AuthorKey,
): Promise<Result<AcceptedPage, PageFault>> {
  const fault = (code: PageFault['code'], position: Position) => err({ code, position });
  const head = await verifyHead(page.head, endpointKey);
  if (!head.ok) return fault(head.error, log.position);
  if (head.value.unit !== unit) return fault('other-unit', log.position);
  if (page.end < log.position || head.value.position < log.position) {
    return fault('rolled-back', log.position);
  }
  const entries: ConfirmedEntry[] = [];
  let { position, hash } = log;
  for (const item of page.entries) {
    if (item.position !== position + 1) {
      return fault('gap', position + 1);
    }
    const entry = parseEntry(item.entry);
    if (!entry.ok) return fault('entry-malformed', item.position);
    if (entry.value.header.unit !== unit) return fault('other-unit', item.position);
    position = item.position;
    const entryHash = hashEntry(entry.value);
    hash = await extendHash(hash, entryHash);
    entries.push({ position, entry: entry.value, hash: entryHash });
  }
  if (head.value.position !== position) {
    return fault('gap', position + 1);
  }
  if (head.value.hash !== hash) {
    return fault('forked', position);
  }
  return ok({ entries, log: { position, hash }, head: page.head });
}
