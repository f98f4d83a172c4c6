import type { App } from './app.ts';

/** Milliseconds that requests under way have to be answered. */
const patience = 10_000;
const sweepEvery = 50;

/** Takes no new connections, answers what was asked, and closes each connection when it falls idle. */
export async function closeApp(app: App): Promise<void> {
  // Fastify closes what is idle once; a connection that was busy then would be kept open for its next request.
  const sweeping = setInterval(() => app.server.closeIdleConnections(), sweepEvery);
  const giveUp = setTimeout(() => app.server.closeAllConnections(), patience);
  try {
    await app.close();
  } finally {
    clearInterval(sweeping);
    clearTimeout(giveUp);
  }
}
