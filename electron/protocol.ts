import { extname } from 'node:path';
import { protocol, type Session } from 'electron';
import { appOrigin, appScheme } from './origin.ts';
import { listWindowFiles, type WindowFiles } from './window-files.ts';

/** Before the app is ready: a standard, secure scheme has an origin, and with it IndexedDB, workers and WebCrypto. */
export function setupScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: false } },
  ]);
}

/** Without one of these the workbench does not run. */
const needed: ReadonlySet<string> = new Set(['.html', '.js', '.css', '.wasm']);

/**
 * Serves the built workbench to this session, and nothing else to anyone.
 * @param onMissing something that the workbench needs is not there, or cannot be read
 */
export async function setupProtocol(session: Session, rendererFolder: string, onMissing: () => void): Promise<void> {
  const openFiles = await listWindowFiles(rendererFolder);
  const files = openFiles();
  session.protocol.handle(appScheme, (request) => respond(files, request, onMissing));
}

async function respond(files: WindowFiles, { url, method }: Request, onMissing: () => void): Promise<Response> {
  const { host, protocol: scheme, pathname } = new URL(url);
  const wanted = method === 'GET' && `${scheme}//${host}` === appOrigin;
  const file = await files(wanted ? pathname : '').catch(() => null);
  if (wanted && file?.status !== 200 && (pathname === '/' || needed.has(extname(pathname)))) onMissing();
  if (!file) return new Response('Not found', { status: 404 });
  return new Response(file.body, { status: file.status, headers: file.headers });
}
