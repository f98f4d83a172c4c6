import type { Clock } from '#shared/kernel/clock.ts';

/** A clock that stands at moments of the past, one after the other, and then goes on as the computer's own. */
export class SetClock implements Clock {
  #now: number | null;

  constructor(begin: number) {
    this.#now = begin;
  }

  readonly now = (): number => this.#now ?? Date.now();

  /** Never back. */
  set(time: number): void {
    if (this.#now !== null) this.#now = Math.max(this.#now, time);
  }

  pass(milliseconds: number): void {
    this.set(this.now() + milliseconds);
  }

  /** From now on it is the computer's. */
  release(): void {
    this.#now = null;
  }
}
