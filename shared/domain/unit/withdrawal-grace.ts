/**
 * Days in which what was withdrawn can be had back. The same for every unit: the endpoint keeps it, and reads no policy.
 * [unsure: no national figure]
 */
const graceDays = 14;
/** The same in milliseconds. */
export const grace = graceDays * 24 * 60 * 60 * 1000;
