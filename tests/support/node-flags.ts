/**
 * For every Node in which a test runs PGlite: WebAssembly as V8's baseline compiler makes it. A database that lives for
 * seconds ends before it gains from the optimising one, which takes as much of the processor as its start.
 */
export const baselineWasm = '--liftoff-only';
