/** The two IPC channels between window and main process. Nothing else listens. */
export const channels = { call: 'probity', event: 'probity:event' } as const;
