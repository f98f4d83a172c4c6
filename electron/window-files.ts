import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { randomBytes, toBase64url } from '#shared/crypto/encoding.ts';

/**
 * What the window and its worker may load: Probity's own files. Nothing may be connected to, so that even a script that
 * slipped in can send nothing away. WebAssembly is compiled in the workers (Argon2id, PDFium), which get this header as well.
 *
 * @param nonce lets the style sheets in that Emotion makes at run time, and no other inline style
 * @param connect only the browser host, whose bridge is a WebSocket, names anything here
 */
const contentSecurityPolicy = (nonce: string, connect = "'none'"): string =>
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

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
};

export interface WindowFile {
  readonly status: 200 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer> | string;
}

export interface WindowFilesOptions {
  /** See contentSecurityPolicy. */
  readonly connect?: string;
  /** Markup to go before everything else in the page's head. */
  readonly head?: string;
}

/** Answers for the path of a URL, as it came. */
export type WindowFiles = (pathname: string) => Promise<WindowFile>;

/**
 * The built workbench, as both hosts serve it. A path is looked up in the list of files that are there, and never joined
 * to a folder: there is no path that leads out. The page carries its style nonce in `<meta property="csp-nonce">`.
 */
export async function listWindowFiles(folder: string): Promise<(options?: WindowFilesOptions) => WindowFiles> {
  const paths = await listFiles(folder);
  return ({ connect, head = '' } = {}) =>
    async (pathname) => {
      const nonce = toBase64url(randomBytes(18));
      const security = securityHeaders(contentSecurityPolicy(nonce, connect));
      const path = paths.get(pathname === '/' ? '/index.html' : pathname);
      const type = path && types[extname(path)];
      if (!type) return { status: 404, headers: { ...security, 'content-type': 'text/plain' }, body: 'Not found' };
      const headers = { ...security, 'content-type': type };
      if (extname(path) !== '.html') return { status: 200, headers, body: new Uint8Array(await readFile(path)) };
      return { status: 200, headers, body: withHead(await readFile(path, 'utf8'), nonce, head) };
    };
}

const securityHeaders = (policy: string) => ({
  'content-security-policy': policy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
});

/** URL path to file path. Links are left out: they could lead anywhere. */
async function listFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [`/${relative(folder, file).split(sep).join('/')}`, file]));
}

const withHead = (html: string, nonce: string, head: string): string =>
  html.replace('<head>', () => `<head>${head}<meta property="csp-nonce" nonce="${nonce}">`);
