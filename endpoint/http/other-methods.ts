import type { HTTPMethods } from 'fastify';
import type { App } from './app.ts';
import { sendProblem } from './error-handler.ts';

const methods: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];

/** Notes the routes as they are added; what it returns answers 405 to every other method at their addresses. */
export function watchMethods(app: App): () => void {
  const known = new Map<string, Set<string>>();
  let watching = true;
  app.addHook('onRoute', ({ url, method }) => {
    if (!watching) return;
    const taken = known.get(url) ?? new Set();
    for (const name of [method].flat()) taken.add(name);
    known.set(url, taken);
  });
  return () => {
    watching = false;
    for (const [url, taken] of known) refuseOthers(app, url, taken);
  };
}

function refuseOthers(app: App, url: string, taken: ReadonlySet<string>): void {
  const allow = [...taken].join(', ');
  app.route({
    method: methods.filter((method) => !taken.has(method)),
    url,
    schema: { hide: true } as object,
    // Answered before any body is read.
    onRequest: async (_, reply) => {
      sendProblem(reply.header('allow', allow), 'method-not-allowed', `This address takes ${allow} only.`);
      return reply;
    },
    handler: (_, reply) => reply.send(),
  });
}
