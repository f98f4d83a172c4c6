/** What client and server of the browser host agree on; no imports, as it is bundled for the window. */
export const socketPath = '/probity-host';
export const clientPath = '/probity-host.js';
/** Offered together with the token, which a page can send in no other header. The server picks this one. */
export const subprotocol = 'probity';
/** WebSocket close code: the token is not that of this run. */
export const wrongToken = 4401;
