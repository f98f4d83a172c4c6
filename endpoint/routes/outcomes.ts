import { z } from 'zod';
import { mostOutcomes, outcomePageSchema, saidOutcomeSchema } from '#shared/sync/transfer.ts';
import type { App } from '../http/app.ts';
import { proofOf } from '../http/authenticate.ts';
import { refusals, signed } from '../http/openapi.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import { refuseUnlessSaid } from '../unit-log/said-by-member.ts';
import { referenceParams, wholeNumber } from './params.ts';

const pageQuery = z.strictObject({
  after: wholeNumber(0, Number.MAX_SAFE_INTEGER),
  limit: wholeNumber(1, mostOutcomes).optional(),
});

/** One word on what became of a report: the unit that received it says it, and the organisation that posted it reads it. */
export function outcomeRoutes(app: App, service: Service): void {
  const { storage, clock, limits } = service;
  const today = () => new Date(clock.now()).toISOString().slice(0, 10);

  const say = {
    summary: 'Say what kind of outcome a report had',
    security: signed,
    params: referenceParams,
    body: saidOutcomeSchema,
    response: { 204: z.undefined().describe('Kept'), ...refusals },
  };
  const station = { access: 'workstation', rateLimit: { max: limits.workstation } } as const;
  app.put('/v1/units/:unit/outcomes/:reference', { config: station, schema: say }, async ({ params, body }, reply) => {
    const { unit, reference } = params;
    await refuseUnlessSaid(service, { what: 'outcome', unit, body: { reference, class: body.class } }, body.by);
    if (!(await storage.setOutcome(unit, reference, body.class, today()))) {
      throw new Refusal('reference-unknown', 'This unit received no report of this reference.');
    }
    return reply.code(204).send();
  });

  const read = {
    summary: 'What kinds of outcome the reports had that this organisation posted, in the order of their last change',
    description: 'Told from the day after (UTC): who asks every minute learns no more of the hour than who asks once.',
    security: signed,
    querystring: pageQuery,
    response: { 200: outcomePageSchema, ...refusals },
  };
  const centre = { access: 'intake', rateLimit: { max: limits.intake } } as const;
  app.get('/v1/outcomes', { config: centre, schema: read }, async (request) => {
    const { after, limit = mostOutcomes } = request.query;
    // One more than is told, to know whether there is more.
    const found = await storage.outcomes(proofOf(request).device, { after, limit: limit + 1, before: today() });
    const outcomes = found.slice(0, limit).map(({ day, ...rest }) => ({ ...rest, reportedOn: day }));
    return { outcomes, more: found.length > limit };
  });
}
