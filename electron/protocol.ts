import { protocol, type Session } from 'electron';
import { appOrigin, appScheme } from './origin.ts';
import { listWindowFiles, type WindowFiles } from './window-files.ts';

/** Before the app is ready: a standard, secure scheme has an origin, and with it IndexedDB, workers and WebCrypto. */
export function setupScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: false } },
  ]);
}

/** Serves the built workbench to this session, and nothing else to anyone. */
export async function setupProtocol(session: Session, rendererFolder: string): Promise<void> {
  const openFiles = await listWindowFiles(rendererFolder);
  const files = openFiles();
  session.protocol.handle(appScheme, (request) => respond(files, request));
}

async function respond(files: WindowFiles, { url, method }: Request): Promise<Response> {
  const { host, protocol: scheme, pathname } = new URL(url);
  const wanted = method === 'GET' && `${scheme}//${host}` === appOrigin;
  const { status, headers, body } = await files(wanted ? pathname : '');
  return new Response(body, { status, headers });
}
