import { z } from 'zod';
import type { Position, UnitId } from '#shared/kernel/ids.ts';
import { unitIdSchema } from '#shared/log/header.ts';
import type { Queries, Sql } from './sql.ts';
import type { PositionListener } from './storage.ts';

/** How several processes behind one address hear of each other's entries. Sent when the transaction commits. */
const channel = 'probity_positions';
const messageSchema = z.strictObject({ unit: unitIdSchema, position: z.int().min(1) });

export async function announcePosition(tx: Queries, unit: UnitId, position: Position): Promise<void> {
  await tx.query('SELECT pg_notify($1, $2)', [channel, JSON.stringify({ unit, position })]);
}

/** Null when it is none: whoever can write to the database can send anything. */
function parseMessage(payload: string) {
  try {
    return messageSchema.safeParse(JSON.parse(payload)).data ?? null;
  } catch {
    return null;
  }
}

export const watchPositions = (sql: Sql, listener: PositionListener): Promise<void> =>
  sql.listen(
    channel,
    (payload) => {
      const message = parseMessage(payload);
      if (message) listener.onPosition(message.unit, message.position);
    },
    () => listener.onGap(),
  );
