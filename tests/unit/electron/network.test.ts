import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createNetwork } from '#electron/network.ts';
import { app, asSession, StandInSession, session } from '#tests/support/electron-stand-in.ts';

vi.mock('electron', () => import('#tests/support/electron-stand-in.ts'));
beforeEach(() => void session.fromPartition.mockClear());
afterEach(() => app.removeAllListeners());

function network() {
  const sessions: StandInSession[] = [];
  session.fromPartition.mockImplementation(() => {
    const made = new StandInSession();
    made.fetch.mockResolvedValue(new Response('ok'));
    sessions.push(made);
    return asSession(made);
  });
  const fetch = createNetwork();
  const gone = (serviceName: string) => app.emit('child-process-gone', {}, { type: 'Utility', serviceName });
  return { sessions, gone, ask: () => fetch('https://endpoint.example/v1', { method: 'POST' }) };
}

test('one session in memory carries every request, and caches nothing; names are looked up by the system', async () => {
  const { sessions, ask } = network();
  await ask();
  await ask();
  expect(session.fromPartition.mock.calls).toEqual([['endpoint-1', { cache: false }]]);
  expect(app.configureHostResolver).toHaveBeenCalledWith({ secureDnsMode: 'off' });
  expect(sessions[0]?.fetch.mock.calls).toEqual(Array(2).fill(['https://endpoint.example/v1', { method: 'POST' }]));
});

test('another takes its place once the network process ended, and for nothing else', async () => {
  const { sessions, gone, ask } = network();
  await ask();
  gone('audio.mojom.AudioService');
  await ask();
  expect(sessions).toHaveLength(1);
  gone('network.mojom.NetworkService');
  await ask();
  expect(sessions.map(({ fetch }) => fetch.mock.calls.length)).toEqual([2, 1]);
});
