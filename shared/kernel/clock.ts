/** The one source of time, injected, so that tests hold it still. Milliseconds since the Unix epoch, UTC. */
export interface Clock {
  now(): number;
}
