/**
 * Without a sign of the member for this long, the workbench locks (ms). The same for every unit: it holds before anything
 * of one is read. The window looks, and the host behind it, for a window that stands still.
 */
export const idleLimit = 10 * 60_000;
