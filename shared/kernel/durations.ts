/** Milliseconds. */
export const oneSecond = 1_000;
export const oneMinute = 60 * oneSecond;
export const oneHour = 60 * oneMinute;
/** Of a calendar without changes of the clocks: days of the law are in london-time.ts. */
export const oneDay = 24 * oneHour;
