import type { FastifyRequest } from 'fastify';
import { type Bytes, toBase64url } from '#shared/crypto/encoding.ts';
import { sha256 } from '#shared/crypto/hash.ts';
import { type TokenFault, type TokenProof, verifyToken } from '#shared/sync/request-token.ts';
import type { Enrolment } from '../storage/storage.ts';
import type { App } from './app.ts';
import { Refusal } from './problems.ts';
import type { Service } from './service.ts';

/**
 * Who may call a route. `open`: anyone. `newDevice`: whoever signs, which proves that they hold the key. `workstation`:
 * a device of the unit in the path. `anyWorkstation`: one of any unit. `intake`: a device of a contact centre.
 */
export type Access = 'open' | 'newDevice' | 'workstation' | 'anyWorkstation' | 'intake';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    /** Who signed the request; null on open routes. */
    proof: TokenProof | null;
    /** The body as it came. */
    rawBody: Bytes;
  }
}

const noBody: Bytes = new Uint8Array(0);

/**
 * In three steps, so that little is done for strangers: the signature first, then (after the rate limit) whether the
 * device may, and only when the body has been read, whether it is the one that was signed.
 */
export function authenticate(app: App, { storage, clock }: Service): void {
  app.decorateRequest('proof', null);
  app.decorateRequest('rawBody');

  app.addHook('onRequest', async (request) => {
    request.rawBody = noBody;
    if (accessOf(request) !== 'open') request.proof = await identify(request, clock.now());
  });

  app.addHook('preParsing', async (request, _, payload) => {
    const access = accessOf(request);
    const { proof } = request;
    if (access === 'open' || !proof) return payload;
    const token = { id: proof.id, expiresAt: proof.expires * 1000 };
    if (access === 'newDevice') {
      if (!(await storage.spendToken(proof.device, token))) throw replayed();
      return payload;
    }
    const admitted = await storage.admit(proof.device, token);
    if (!admitted) throw new Refusal('device-unknown', 'This device is not enrolled here. Enrol it with a new code.');
    if (!admitted.fresh) throw replayed();
    if (!mayUse(access, admitted.enrolment, request)) {
      throw new Refusal('device-not-allowed', 'This device is enrolled for something else.');
    }
    return payload;
  });

  app.addHook('preValidation', async ({ proof, rawBody }) => {
    if (proof && proof.body !== toBase64url(await sha256(rawBody))) {
      throw new Refusal('token-refused', tokenFaults['other-body']);
    }
  });
}

/** Of a request on a route that is not open. */
export function proofOf({ proof }: FastifyRequest): TokenProof {
  if (!proof) throw new Error('The route is open: nobody has signed.');
  return proof;
}

const tokenFaults: Readonly<Record<TokenFault, string>> = {
  'other-request': 'The request is signed for another request.',
  'other-body': 'The request is signed for another body.',
  'unsigned-or-old': 'The request is not signed by a device, or older than a minute: check the clock of this computer.',
};

const accessOf = (request: FastifyRequest): Access => request.routeOptions.config?.access ?? 'open';

const replayed = () => new Refusal('token-replayed', 'The signature of this request was used before. Sign it again.');

async function identify(
  { headers, method, raw }: Pick<FastifyRequest, 'headers' | 'method' | 'raw'>,
  now: number,
): Promise<TokenProof> {
  const [scheme, token, ...rest] = headers.authorization?.split(' ') ?? [];
  if (scheme?.toLowerCase() !== 'probity' || !token || rest.length > 0) {
    throw new Refusal('token-missing', 'The request needs the header "authorization: Probity <token>".');
  }
  const request = { method: method as 'GET' | 'POST' | 'PUT', path: raw.url ?? '' };
  const proof = await verifyToken(token, request, now);
  if (!proof.ok) throw new Refusal('token-refused', tokenFaults[proof.error]);
  return proof.value;
}

function mayUse(
  access: 'workstation' | 'anyWorkstation' | 'intake',
  { purpose, unit }: Enrolment,
  request: FastifyRequest,
): boolean {
  if (access === 'intake') return purpose === 'intake';
  if (purpose !== 'workstation') return false;
  return access === 'anyWorkstation' || unit === (request.params as { unit?: string }).unit;
}
