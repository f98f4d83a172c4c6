import type { Clock } from '#shared/kernel/clock.ts';

/** A clock that stands at moments of the past, one after the other, and then goes on as the computer's own. Threads can share it. */
export class SetClock implements Clock {
  /** Milliseconds since the epoch; 0 once it is the computer's own. */
  readonly shared: BigInt64Array<SharedArrayBuffer>;

  private constructor(shared: BigInt64Array<SharedArrayBuffer>) {
    this.shared = shared;
  }

  static at(begin: number): SetClock {
    const clock = new SetClock(new BigInt64Array(new SharedArrayBuffer(8)));
    Atomics.store(clock.shared, 0, BigInt(begin));
    return clock;
  }

  /** The same clock in another thread. */
  static of(shared: BigInt64Array<SharedArrayBuffer>): SetClock {
    return new SetClock(shared);
  }

  readonly now = (): number => Number(Atomics.load(this.shared, 0)) || Date.now();

  /** Never back. One thread alone sets it. */
  set(time: number): void {
    Atomics.store(this.shared, 0, BigInt(Math.max(this.now(), Math.round(time))));
  }

  pass(milliseconds: number): void {
    this.set(this.now() + milliseconds);
  }

  /** From now on it is the computer's. */
  release(): void {
    Atomics.store(this.shared, 0, 0n);
  }
}
