import {
  type EndpointPublicKeys,
  type KeysFrom,
  keysAfter,
  namedKeys,
  sameKeys,
} from '#shared/domain/unit/endpoint-keys.ts';
import type { AuthorKey, Position } from '#shared/kernel/ids.ts';
import type { CheckpointSigner } from '#shared/log/tree/signed-checkpoint.ts';
import type { OpenVault } from '../open-vault.ts';

/*
 * The endpoint's keys are asked for here, and taken from the slot nowhere else: those that were pinned at enrolment are the
 * keys of then, and the roster leads from the founding's to those of today.
 */

/** The endpoint's keys as the roster names them after so many entries; before the founding, those that were pinned. */
export const keysAfterEntries = (
  { member: { slot } }: OpenVault,
  named: readonly KeysFrom[],
  size: Position,
): EndpointPublicKeys => keysAfter(named, size) ?? slot;

/** Who signs a checkpoint of this size of the own log. */
export const signerOfCheckpoint = (vault: OpenVault, named: readonly KeysFrom[], size: Position): CheckpointSigner => ({
  unit: vault.member.slot.unit,
  key: keysAfterEntries(vault, named, size).checkpointKey,
});

/** The endpoint, as the author of an entry at this position. */
export const endpointAt = (vault: OpenVault, named: readonly KeysFrom[], position: Position): AuthorKey =>
  keysAfterEntries(vault, named, position - 1).endpointKey;

/** All keys by which the endpoint of this unit is known: pinned, or named by its roster. */
export const knownEndpoints = ({ member: { slot }, log: { ledger } }: OpenVault): readonly EndpointPublicKeys[] => [
  slot,
  ...(ledger.roster ? namedKeys(ledger.roster) : []),
];

/** Whether the log leads to the keys that were pinned: one that never does is of another endpoint, or ends too early. */
export const leadsToPinned = ({ member: { slot } }: OpenVault, named: readonly KeysFrom[]): boolean =>
  named.length === 0 || named.some((keys) => sameKeys(keys, slot));
