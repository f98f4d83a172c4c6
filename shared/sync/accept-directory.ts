import { type Notice, notice } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { type Directory, verifyDirectory } from './directory.ts';
import type { PinnedAtEnrolment } from './enrolment.ts';

/** A directory that was verified, as it was signed. */
export interface KnownDirectory {
  readonly document: string;
  readonly directory: Directory;
}

export type DirectoryFault = Notice<'directory-unverified' | 'directory-other-endpoint' | 'directory-older'>;

/**
 * Whether what the endpoint serves is to be used from now on. Where it is not, what was known before stays in use.
 * @param known the last that was accepted here
 * @returns null while there is none
 */
export async function acceptDirectory(
  served: string | null,
  known: KnownDirectory | null,
  pinned: PinnedAtEnrolment,
): Promise<Result<KnownDirectory | null, DirectoryFault>> {
  if (served === (known?.document ?? null)) return ok(known);
  // An endpoint that had one has one: it cannot be taken back.
  if (served === null) return err(notice('directory-older'));
  const directory = await verifyDirectory(served, pinned.operatorKey);
  if (!directory) return err(notice('directory-unverified'));
  const { endpointKey, checkpointKey, number } = directory;
  if (endpointKey !== pinned.endpointKey || checkpointKey !== pinned.checkpointKey) {
    return err(notice('directory-other-endpoint'));
  }
  if (known && number <= known.directory.number) return err(notice('directory-older'));
  return ok({ document: served, directory });
}
