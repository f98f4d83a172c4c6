import { z } from 'zod';
import type { Position } from '#shared/kernel/ids.ts';
import type { App } from '../http/app.ts';
import { refusals, signed } from '../http/openapi.ts';
import type { Service } from '../http/service.ts';
import { unitParams } from './params.ts';

/** Milliseconds between comments that keep the connection open and show that it is. */
const heartbeat = 15_000;

const schema = {
  summary: 'Server-sent events: where the log ends, now and whenever it grows',
  security: signed,
  params: unitParams,
  response: {
    200: { description: 'Events', content: { 'text/event-stream': { schema: z.string() } } },
    ...refusals,
  },
};

export function positionsRoute(app: App, { storage, positions, limits }: Service): void {
  const config = { access: 'workstation', rateLimit: { max: limits.workstation } } as const;
  app.get('/v1/units/:unit/positions', { config, schema }, async ({ params: { unit } }, reply) => {
    // Subscribed before the position is read, so that nothing falls in between.
    let latest: Position = -1;
    let send: ((position: Position) => void) | undefined;
    const onPosition = (position: Position) => {
      if (position <= latest) return;
      latest = position;
      send?.(position);
    };
    const unsubscribe = positions.subscribe(unit, { onPosition, onClose: () => reply.raw.end() });
    reply.raw.once('close', unsubscribe);
    onPosition((await storage.checkpoint(unit))?.size ?? 0);
    reply.hijack();
    // The client may have left meanwhile: then nothing would ever end the heartbeat.
    if (reply.raw.destroyed) return;
    reply.raw.writeHead(200, { ...outgoing(reply.getHeaders()), 'content-type': 'text/event-stream' });
    send = (position) => reply.raw.write(`event: position\ndata: ${JSON.stringify({ position })}\n\n`);
    send(latest);
    const beat = setInterval(() => reply.raw.write(':\n\n'), heartbeat);
    reply.raw.once('close', () => clearInterval(beat));
  });
}

const outgoing = (headers: Record<string, number | string | string[] | undefined>) =>
  Object.fromEntries(Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== undefined));
