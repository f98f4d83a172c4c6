import { app, type Session, session } from 'electron';
import type { Fetch } from './host/signed-fetch.ts';
import { quieten } from './session.ts';

const networkService = 'network.mojom.NetworkService';

/**
 * Chromium's network, which knows the system's proxy and certificates, through a session that keeps nothing. One whose
 * network process ended fails every request from then on (seen in Electron 25), so that another takes its place.
 */
export function createNetwork(): Fetch {
  let count = 0;
  let current: Session | null = null;
  app.on('child-process-gone', (_event, { serviceName }) => {
    if (serviceName === networkService) current = null;
  });
  const fresh = (): Session => {
    count += 1;
    // Without "persist:" it lies in memory.
    return quieten(session.fromPartition(`endpoint-${count}`, { cache: false }));
  };
  return (url, init) => {
    current ??= fresh();
    return current.fetch(url, init);
  };
}
