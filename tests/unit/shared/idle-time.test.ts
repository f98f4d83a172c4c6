import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createIdleTime } from '#shared/bridge/idle-time.ts';

const limit = 600_000;

function started() {
  const clock = { monotonic: 5, wall: 1_790_000_000_000 };
  const time = createIdleTime(limit, { monotonic: () => clock.monotonic, wall: () => clock.wall });
  const pass = (ms: number) => {
    clock.monotonic += ms;
    clock.wall += ms;
  };
  return { clock, time, pass };
}

test('it is over at the limit, and not before', () => {
  const { time, pass } = started();
  pass(limit - 1);
  expect(time.isOver()).toBe(false);
  pass(1);
  expect(time.isOver()).toBe(true);
});

test('a sign in time begins it anew; one that comes too late ends nothing', () => {
  const { time, pass } = started();
  pass(limit - 1);
  expect(time.sign()).toBe(true);
  pass(limit - 1);
  expect(time.isOver()).toBe(false);
  pass(1);
  expect([time.sign(), time.sign(), time.isOver()]).toEqual([false, false, true]);
});

test('a wall clock that is set back, once or again and again, holds nothing up', () => {
  const { clock, time, pass } = started();
  for (let at = 0; at < 10; at += 1) {
    expect(time.isOver()).toBe(false);
    pass(limit / 10);
    clock.wall -= 3_600_000;
  }
  expect(time.isOver()).toBe(true);
});

test('time asleep counts, in which only the wall clock goes on, also for whoever wakes the computer', () => {
  const { clock, time, pass } = started();
  pass(1_000);
  clock.wall += 8 * 3_600_000;
  expect(time.sign()).toBe(false);
});

test('whatever happens to the wall clock, it is over once the monotonic one says so', () => {
  const step = fc.record({ ms: fc.integer({ min: 0, max: limit / 4 }), set: fc.integer({ min: -1e9, max: 0 }) });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const { clock, time, pass } = started();
      let passed = 0;
      for (const { ms, set } of steps) {
        pass(ms);
        passed += ms;
        clock.wall += set;
        expect(time.isOver() || passed < limit).toBe(true);
        // Set back only: it is not over sooner either.
        expect(time.isOver() && passed < limit).toBe(false);
      }
    }),
  );
});
