import { z } from 'zod';
import { reportedOutcomeSchema } from '#shared/sync/transfer.ts';
import type { App } from '../http/app.ts';
import { refusals, signed } from '../http/openapi.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import { referenceParams } from './params.ts';

/** One word on what became of a report, for Crimestoppers. */
export function dispositionRoute(app: App, { storage, limits }: Service): void {
  const config = { access: 'workstation', rateLimit: { max: limits.workstation } } as const;
  const schema = {
    summary: 'Say what kind of outcome a report had',
    security: signed,
    params: referenceParams,
    body: reportedOutcomeSchema,
    response: { 204: z.undefined().describe('Kept'), ...refusals },
  };
  app.put('/v1/units/:unit/dispositions/:reference', { config, schema }, async ({ params, body }, reply) => {
    if (!(await storage.setOutcome(params.unit, params.reference, body.class))) {
      throw new Refusal('reference-unknown', 'This unit received no report of this reference.');
    }
    return reply.code(204).send();
  });
}
