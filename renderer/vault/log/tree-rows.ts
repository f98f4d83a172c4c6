import { SealBroken } from '#shared/crypto/aead.ts';
import type { FilledTile } from '#shared/log/tree/grow-tree.ts';
import type { Tile } from '#shared/log/tree/tile.ts';
import { TileBroken, type TileReader } from '#shared/log/tree/tile-reader.ts';
import type { OpenVault } from '../open-vault.ts';
import { openBytes, sealBytes } from '../store/sealed-rows.ts';
import type { Row } from '../store/store.ts';

/*
 * The hashes of the log's tree as it was read, in tiles (shared/log/tree). They follow from the stored entries, and are
 * kept so that what an author has seen, or a proof, does not take the whole log.
 */

export const tileKeyOf = ({ level, index }: Tile): string => `${level}/${index}`;

export const sealTiles = (storeKey: CryptoKey, tiles: readonly FilledTile[]): Promise<Row[]> =>
  Promise.all(tiles.map(({ tile, bytes }) => sealBytes(storeKey, 'tiles', tileKeyOf(tile), bytes)));

/** Throws TileBroken for one that is missing or damaged: `regrowTree` makes them again. */
export const storedTiles = ({ io, member }: OpenVault): TileReader => ({
  readTiles: (tiles) =>
    Promise.all(
      tiles.map(async (tile) => {
        const row = await io.store.get('tiles', tileKeyOf(tile));
        if (!row) throw new TileBroken(tileKeyOf(tile));
        return openBytes(member.storeKey, 'tiles', row).catch((error: unknown) => {
          throw error instanceof SealBroken ? new TileBroken(tileKeyOf(tile)) : error;
        });
      }),
    ),
});
