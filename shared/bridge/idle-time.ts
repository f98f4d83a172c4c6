/** Both in milliseconds. */
export interface IdleClocks {
  /** Which nobody sets, and which may stand still while the computer sleeps: `performance.now()`. */
  readonly monotonic: () => number;
  /** Which goes on through sleep, and which anybody may set: `Date.now()`. */
  readonly wall: () => number;
}

export interface IdleTime {
  /** A sign of the member, which ends what was counted. @returns false when it comes too late: then it ends nothing */
  sign(): boolean;
  /** Whether nobody gave a sign for as long as the limit. */
  isOver(): boolean;
}

/**
 * Counts for how long nobody gave a sign. From look to look the clock counts that went on further: with a wall clock that is set back
 * time goes on, time asleep counts as idle, and a clock that is set forward ends it too early, which harms nobody.
 * @param limit milliseconds
 */
export function createIdleTime(limit: number, { monotonic, wall }: IdleClocks): IdleTime {
  let [idle, lastMonotonic, lastWall] = [0, monotonic(), wall()];
  const isOver = (): boolean => {
    const [nowMonotonic, nowWall] = [monotonic(), wall()];
    idle += Math.max(0, nowMonotonic - lastMonotonic, nowWall - lastWall);
    [lastMonotonic, lastWall] = [nowMonotonic, nowWall];
    return idle >= limit;
  };
  return {
    isOver,
    sign: () => {
      // Whoever wakes a computer that slept is not taken for whoever left it.
      if (isOver()) return false;
      idle = 0;
      return true;
    },
  };
}
