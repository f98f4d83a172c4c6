/**
 * The last millisecond of the year 9999, since 1970. Of a later time there is no instant with four digits for its year, by
 * which instants are compared as text, and soon none that a date can hold: whoever turned it into one would fail on it.
 */
export const lastInstant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** The same in whole seconds. */
export const lastSecond = Math.floor(lastInstant / 1000);
