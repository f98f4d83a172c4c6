import type { Bytes } from '#shared/crypto/encoding.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import type { FilledTile } from '#shared/log/tree/grow-tree.ts';
import type { Tile } from '#shared/log/tree/tile.ts';
import { TileBroken } from '#shared/log/tree/tile-reader.ts';
import type { Queries } from './sql.ts';

/** Each as wide as it is now: an older tree's tile is its beginning. @throws TileBroken for one that is not there */
export async function selectTiles(queries: Queries, unit: UnitId, tiles: readonly Tile[]): Promise<readonly Bytes[]> {
  const rows = await queries.query<{ level: number; index: number; hashes: Bytes }>(
    `SELECT tiles.level, tiles.index, hashes FROM tiles
       JOIN unnest($2::text[]) AS asked (place) ON asked.place = tiles.level || '/' || tiles.index
     WHERE unit = $1`,
    [unit, tiles.map(({ level, index }) => `${level}/${index}`)],
  );
  return tiles.map(({ level, index }) => {
    const row = rows.find((each) => each.level === level && each.index === index);
    if (!row) throw new TileBroken(`${level}/${index}`);
    return row.hashes;
  });
}

export async function upsertTiles(tx: Queries, unit: UnitId, tiles: readonly FilledTile[]): Promise<void> {
  for (const { tile, bytes } of tiles) {
    await tx.query(
      `INSERT INTO tiles (unit, level, index, hashes) VALUES ($1, $2, $3, $4)
       ON CONFLICT (unit, level, index) DO UPDATE SET hashes = excluded.hashes`,
      [unit, tile.level, tile.index, bytes],
    );
  }
}
