/** The one source of time, injected, so that tests hold it still. Milliseconds since the Unix epoch, UTC. */
export interface Clock {
  now(): number;
}

/** The time by a clock, as it is written: ISO 8601 in UTC. */
export const timeOf = (clock: Clock): string => new Date(clock.now()).toISOString();
