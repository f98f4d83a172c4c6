import { z } from 'zod';
import type { UnitId } from '#shared/kernel/ids.ts';
import { unitIdSchema } from '#shared/log/header.ts';
import { parseTilePath, type Tile } from '#shared/log/tree/tile.ts';
import { TileBroken } from '#shared/log/tree/tile-reader.ts';
import { hashLength } from '#shared/log/tree/tree-hash.ts';
import { signedCheckpointSchema } from '#shared/sync/wire.ts';
import type { App } from '../http/app.ts';
import { refusals, signed } from '../http/openapi.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import { freshCheckpoint } from '../unit-log/checkpoints.ts';
import { unitParams } from './params.ts';

const type = 'application/octet-stream';
const asBytes = { content: { [type]: { schema: z.string().meta({ format: 'binary' }) } } };

/** The tree of a unit's log, for whoever proves something of it: its checkpoint and its hashes (c2sp.org/tlog-tiles). */
export function treeRoutes(app: App, service: Service): void {
  const { storage, limits } = service;
  const config = { access: 'workstation', rateLimit: { max: limits.workstation } } as const;

  const checkpoint = {
    summary: 'The signed checkpoint of the log',
    security: signed,
    params: unitParams,
    response: { 200: z.strictObject({ checkpoint: signedCheckpointSchema }), ...refusals },
  };
  app.get('/v1/units/:unit/checkpoint', { config, schema: checkpoint }, async ({ params: { unit } }) => ({
    checkpoint: await freshCheckpoint(service, unit, await storage.checkpoint(unit)),
  }));

  const tile = {
    summary: 'Hashes of the tree, side by side: the path of a tile is as in c2sp.org/tlog-tiles',
    security: signed,
    params: z.strictObject({ unit: unitIdSchema, '*': z.string().max(100) }),
    response: { 200: { description: '32 bytes each', ...asBytes }, ...refusals },
  };
  app.get('/v1/units/:unit/tile/*', { config, schema: tile }, async ({ params }, reply) => {
    const parsed = parseTilePath(`tile/${params['*']}`);
    if (!parsed.ok) throw unknownTile();
    const bytes = await readTile(storage, params.unit, parsed.value);
    return reply.type(type).send(Buffer.from(bytes) as never);
  });
}

async function readTile(storage: Service['storage'], unit: UnitId, tile: Tile): Promise<Uint8Array> {
  try {
    const [bytes] = await storage.tiles(unit, [tile]);
    const asked = tile.width * hashLength;
    if (bytes && bytes.length >= asked) return bytes.subarray(0, asked);
  } catch (error) {
    if (!(error instanceof TileBroken)) throw error;
  }
  throw unknownTile();
}

const unknownTile = () => new Refusal('tile-unknown', 'The tree of this unit has no such tile.');
