import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ProblemCode } from '#shared/sync/problem.ts';
import { problemOf, Refusal } from './problems.ts';
import { storageProblem } from './storage-problem.ts';

/** Fastify's own refusals, by its error codes. */
const ofFastify: Record<string, [ProblemCode, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['body-too-large', 'The body is larger than this address takes.'],
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
  const [code, detail] = explain(error);
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

function explain(error: FastifyError | Error): [ProblemCode, string] {
  if (error instanceof Refusal) return [error.code, error.message];
  const storage = storageProblem(error);
  if (storage === 'storage-full') return [storage, 'The disk of the endpoint is full. Nothing was changed.'];
  if (storage) return [storage, 'The storage of the endpoint does not answer. Try again.'];
  const { validation, validationContext, code, statusCode } = error as Partial<FastifyError>;
  if (validation) return ['request-malformed', fieldsOf(validation, validationContext ?? 'request')];
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
