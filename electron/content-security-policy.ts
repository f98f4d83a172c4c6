/**
 * What the window and its worker may load: Probity's own files. Nothing may be connected to, so that even a script that
 * slipped in can send nothing away. WebAssembly is compiled in the worker (Argon2id), which gets this header as well.
 *
 * @param nonce lets the style sheets in that Emotion makes at run time, and no other inline style
 * @param connect only the browser host, whose bridge is a WebSocket, names anything here
 */
export const contentSecurityPolicy = (nonce: string, connect = "'none'"): string =>
  [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "worker-src 'self'",
    `connect-src ${connect}`,
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
