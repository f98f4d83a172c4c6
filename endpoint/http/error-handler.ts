import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ProblemCode } from '#shared/sync/problem.ts';
import { problemOf, Refusal } from './problems.ts';

/** Classes of SQLSTATE in which the server, not the statement, is at fault: connection, resources, operator, system. */
const serverClasses = new Set(['08', '53', '57', '58', 'XX']);
const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'EIO', 'EROFS']);
/** What the two drivers throw without a code. */
const unreachableMessage = /^(Connection terminated|timeout exceeded when trying to connect|PGlite is clos)/;

/** What to answer when the database failed; null when the error is none of the database's. */
function storageProblem(error: unknown): ProblemCode | null {
  if (!(error instanceof Error)) return null;
  const code = String((error as { code?: unknown }).code ?? '');
  if (code === '53100' || code === 'ENOSPC') return 'storage-full';
  if (code.length === 5 && serverClasses.has(code.slice(0, 2))) return 'storage-unavailable';
  // PostgreSQL in WebAssembly aborts where a server would crash.
  const gone = unreachable.has(code) || unreachableMessage.test(error.message) || error.name === 'RuntimeError';
  return gone ? 'storage-unavailable' : null;
}

/** Fastify's own refusals, by its error codes. */
const ofFastify: Record<string, [ProblemCode, string]> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['media-type-unsupported', 'This address does not take this content type.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['json-malformed', 'The body is empty.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['json-malformed', 'The body is not JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['request-malformed', 'The body is not as long as its content-length says.'],
  FST_ERR_BAD_URL: ['request-malformed', 'The address is malformed.'],
  FST_ERR_MAX_PARAM_LENGTH: ['not-found', 'There is nothing at this address.'],
};

export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((_, reply) => sendProblem(reply, 'not-found', 'There is nothing at this address.'));
}

export function answerError(error: FastifyError | Refusal | Error, request: FastifyRequest, reply: FastifyReply): void {
  const [code, detail] = explain(error, request.routeOptions.bodyLimit);
  // The class and code of a defect, never its message: that may quote what was sent.
  if (code === 'internal-error') request.log.error({ error: error.name, errorCode: codeOf(error) }, 'defect');
  if (code.startsWith('storage-')) request.log.error({ errorCode: codeOf(error) }, 'storage failed');
  sendProblem(reply, code, detail);
}

export function sendProblem(reply: FastifyReply, code: ProblemCode, detail: string): void {
  const problem = problemOf(code, detail);
  if (problem.status === 401) reply.header('www-authenticate', 'Probity');
  if (problem.status === 503) reply.header('retry-after', '5');
  reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

const codeOf = (error: Error): string => String((error as { code?: unknown }).code ?? '').slice(0, 60);

/** @param bodyLimit bytes that the address takes */
function explain(error: FastifyError | Error, bodyLimit: number | undefined): [ProblemCode, string] {
  if (error instanceof Refusal) return [error.code, error.message];
  const storage = storageProblem(error);
  if (storage === 'storage-full') return [storage, 'The disk of the endpoint is full. Nothing was changed.'];
  if (storage) return [storage, 'The storage of the endpoint does not answer. Try again.'];
  const { validation, validationContext, code, statusCode } = error as Partial<FastifyError>;
  if (validation) return ['request-malformed', fieldsOf(validation, validationContext ?? 'request')];
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return ['body-too-large', `The whole body has more than the ${bodyLimit} bytes that this address takes.`];
  }
  const known = code === undefined ? undefined : ofFastify[code];
  if (known) return known;
  // JSON.parse and the guard against prototype poisoning have no code of their own.
  if (error instanceof SyntaxError && statusCode === 400) return ['json-malformed', 'The body is not JSON.'];
  if (statusCode && statusCode < 500) return ['request-malformed', 'The request is malformed.'];
  return ['internal-error', 'The endpoint failed. Nothing was changed.'];
}

const mostFields = 20;

/** Names the fields and what is wrong with the kind of value: never the value, nor a name that the sender made up. */
function fieldsOf(faults: readonly { instancePath: string; keyword: string }[], where: string): string {
  const fields = faults
    .slice(0, mostFields)
    .map(({ instancePath, keyword }) => `${instancePath.slice(0, 60)} (${keyword})`);
  return `These parts of the ${where} are not as expected: ${[...new Set(fields)].join(', ')}.`.slice(0, 2000);
}

/** Bytes that are no HTTP, headers that do not end: answered before there is a request. Nothing is logged. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const overflow = error.code === 'HPE_HEADER_OVERFLOW';
  const problem = problemOf(overflow ? 'headers-too-large' : 'request-malformed', 'The request is not valid HTTP.');
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${problem.status} Refused\r\ncontent-type: application/problem+json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
