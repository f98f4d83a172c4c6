import { type EndpointPublicKeys, sameKeys } from '#shared/domain/unit/endpoint-keys.ts';
import { type Notice, notice } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { type Directory, verifyDirectory } from './directory.ts';
import type { EnrolmentReply } from './enrolment.ts';

/** A directory that was verified, as it was signed. */
export interface KnownDirectory {
  readonly document: string;
  readonly directory: Directory;
}

/** By what a directory is judged. */
export interface DirectoryGround extends Pick<EnrolmentReply, 'operatorKey'> {
  /** Keys of the endpoint: those that were pinned, and those that the own unit's roster names or named. */
  readonly endpoints: readonly EndpointPublicKeys[];
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
  { operatorKey, endpoints }: DirectoryGround,
): Promise<Result<KnownDirectory | null, DirectoryFault>> {
  if (served === (known?.document ?? null)) return ok(known);
  // An endpoint that had one has one: it cannot be taken back.
  if (served === null) return err(notice('directory-older'));
  const directory = await verifyDirectory(served, operatorKey);
  if (!directory) return err(notice('directory-unverified'));
  if (!endpoints.some((keys) => sameKeys(keys, directory))) return err(notice('directory-other-endpoint'));
  if (known && directory.number <= known.directory.number) return err(notice('directory-older'));
  return ok({ document: served, directory });
}
