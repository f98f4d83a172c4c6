import type { Sql } from '#endpoint/storage/sql.ts';
import { fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { Digest, UnitId } from '#shared/kernel/ids.ts';
import { proveConsistency } from '#shared/log/tree/consistency.ts';
import { proveEntry } from '#shared/log/tree/entry-proof.ts';
import { parseLeaf } from '#shared/log/tree/leaf.ts';
import { verifySignedCheckpoint } from '#shared/log/tree/signed-checkpoint.ts';
import { tilePath } from '#shared/log/tree/tile.ts';
import { readFromTiles } from '#shared/log/tree/tile-reader.ts';
import { formatRoster } from '#shared/sync/wire.ts';
import { must } from './desk.ts';
import { endpointKeysAt } from './endpoint-keys-at.ts';
import { wireOf } from './golden-entries.ts';
import type { GoldenEntry, GoldenTree } from './golden-file.ts';
import type { Workplace } from './stage.ts';

interface TreeRows {
  readonly notes: readonly { readonly size: number; readonly note: string }[];
  readonly tiles: readonly {
    readonly level: number;
    readonly index: number;
    readonly hashes: Uint8Array<ArrayBuffer>;
  }[];
}

export const treeRows = async (sql: Sql, unit: UnitId): Promise<TreeRows> => ({
  notes: await sql.query('SELECT size, note FROM checkpoints WHERE unit = $1 ORDER BY size', [unit]),
  tiles: await sql.query('SELECT level, index, hashes FROM tiles WHERE unit = $1 ORDER BY level, index', [unit]),
});

export async function recordTree(
  { unit, host }: Workplace,
  entries: readonly GoldenEntry[],
  { notes, tiles }: TreeRows,
): Promise<GoldenTree> {
  const checkpoints: GoldenTree['checkpoints'][number][] = [];
  for (const { size, note } of notes) {
    const { checkpointKey: key } = endpointKeysAt(entries, size);
    const { root } = must(await verifySignedCheckpoint(note, { unit, key }));
    checkpoints.push({ size, root: toBase64url(root) as Digest, note });
  }
  const end = entries.length;
  const widthOf = (hashes: Uint8Array) => hashes.length / 32;
  const reader = readFromTiles(
    {
      readTiles: async (asked) =>
        asked.map(
          (tile) =>
            tiles.find((each) => each.level === tile.level && each.index === tile.index)?.hashes ?? new Uint8Array(),
        ),
    },
    end,
  );
  const checkpoint = { size: end, note: notes.at(-1)?.note ?? '' };
  const inclusion: GoldenTree['inclusion'][number][] = [];
  for (const position of [1, 2, Math.ceil(end / 2), end]) {
    const leaf = must(parseLeaf(fromBase64url(entries[position - 1]?.leaf ?? '')));
    inclusion.push({ position, proof: await proveEntry(reader, { position, leaf }, checkpoint) });
  }
  const consistency: GoldenTree['consistency'][number][] = [];
  for (const from of [0, 1, 7, 64, end]) {
    consistency.push({ from, to: end, proof: (await proveConsistency(reader, from, end)).map(toBase64url) });
  }
  const roster = entries.flatMap((each) => (each.body === null ? [wireOf(each)] : []));
  const pulled = await host.call('unit.roster', { unit, at: null });
  if (!pulled.ok) throw new Error(pulled.failure.code);
  const proof = inclusion.at(-1)?.proof ?? '';
  const cbor = await digestOf(formatRoster({ entries: roster, proof }));
  if (cbor !== (await digestOf(pulled.reply.roster))) throw new Error('The roster is served in another way.');
  return {
    checkpoints,
    tiles: tiles.map(({ hashes, ...place }) => ({
      path: tilePath({ ...place, width: widthOf(hashes) }),
      hashes: toBase64url(hashes),
    })),
    ...{ inclusion, consistency, roster: { proof, cbor } },
  };
}
