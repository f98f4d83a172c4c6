import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followPositions } from '#electron/host/position-stream.ts';
import type { HostEvent } from '#shared/bridge/contract.ts';
import { ok } from '#shared/kernel/result.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Follows streams that the test feeds and ends by hand. */
function following(refuse = false) {
  const events: HostEvent[] = [];
  const opened: { signal: AbortSignal; feed: (text: string) => Promise<void>; end: () => Promise<void> }[] = [];
  const state = { refuse, attempts: 0 };
  const stream = followPositions({
    random: () => 0.5,
    publish: (event) => events.push(event),
    open: async (signal) => {
      state.attempts += 1;
      if (state.refuse) return { ok: false, error: { code: 'offline', params: {}, retry: true } };
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      const writer = writable.getWriter();
      signal.addEventListener('abort', () => void writer.abort().catch(() => undefined));
      opened.push({
        signal,
        feed: async (text) => {
          await writer.write(new TextEncoder().encode(text));
          await settle();
        },
        end: async () => {
          await writer.close();
          await settle();
        },
      });
      return ok(new Response(readable));
    },
  });
  return { events, opened, state, stream };
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const online = { type: 'connection', online: true };
const offline = { type: 'connection', online: false };

test('positions are told as they come, in whatever pieces', async () => {
  const { events, opened, stream } = following();
  await settle();
  await opened[0]?.feed(':hello\n\nevent: position\nda');
  await opened[0]?.feed('ta: {"position":7}\n\nevent: position\ndata: {"position":8}\n\n');
  stream.close();
  expect(events).toEqual([online, { type: 'logAdvanced', position: 7 }, { type: 'logAdvanced', position: 8 }]);
});

test('what is not a position is left out', async () => {
  const { events, opened, stream } = following();
  await settle();
  for (const data of ['{"position":-1}', '{"position":"7"}', '{}', 'null', '{"position":', '']) {
    await opened[0]?.feed(`event: position\ndata: ${data}\n\n`);
  }
  await opened[0]?.feed('event: other\ndata: {"position":9}\n\ndata: {"position":9}\n\n');
  stream.close();
  expect(events).toEqual([online]);
});

test('a stream that ends is opened again after a pause', async () => {
  const { events, opened, stream } = following();
  await settle();
  await opened[0]?.end();
  expect(events).toEqual([online, offline]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(opened).toHaveLength(2);
  expect(events).toEqual([online, offline, online]);
  stream.close();
});

test('failures are told once, and the pauses grow', async () => {
  const { events, state, stream } = following(true);
  await vi.advanceTimersByTimeAsync(10_000);
  const early = state.attempts;
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  const before = state.attempts;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(early).toBeGreaterThanOrEqual(4);
  expect(state.attempts - before).toBeLessThanOrEqual(2);
  expect(events).toEqual([offline]);
  stream.close();
});

test('a nudge ends a long pause, but not one that has just begun', async () => {
  const { opened, state, stream } = following(true);
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  state.refuse = false;
  await vi.advanceTimersByTimeAsync(6_000);
  stream.nudge();
  await settle();
  expect(opened).toHaveLength(1);
  await opened[0]?.end();
  stream.nudge();
  await settle();
  expect(opened).toHaveLength(1);
  stream.close();
});

test('silence for a minute counts as an end; a keep-alive comment does not', async () => {
  const { events, opened, stream } = following();
  await settle();
  await vi.advanceTimersByTimeAsync(50_000);
  await opened[0]?.feed(':\n\n');
  await vi.advanceTimersByTimeAsync(50_000);
  expect(events).toEqual([online]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(events).toEqual([online, offline]);
  expect(opened[0]?.signal.aborted).toBe(true);
  stream.close();
});

test('an event without end is cut off', async () => {
  const { events, opened, stream } = following();
  await settle();
  await opened[0]?.feed(`data: ${'x'.repeat(10_000)}`);
  expect(events).toEqual([online, offline]);
  stream.close();
});

test('once closed it is silent and reconnects no more', async () => {
  const { events, opened, stream } = following();
  await settle();
  stream.close();
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  expect(opened).toHaveLength(1);
  expect(opened[0]?.signal.aborted).toBe(true);
  expect(events).toEqual([online]);
});
