import { z } from 'zod';
import { saidAnswerSchema, saidTransferSchema } from '#shared/sync/transfer.ts';
import type { App } from '../http/app.ts';
import { refusals, signed } from '../http/openapi.ts';
import type { Service } from '../http/service.ts';
import { answerTransfer, sendTransfer } from '../transfer/transfers.ts';
import { refuseUnlessSaid } from '../unit-log/said-by-member.ts';
import { transferParams, unitParams } from './params.ts';

/** Bytes of a sealed referral with the digests of its attachments, and of a sealed note. */
const bodyLimit = { transfer: 1024 * 1024, answer: 512 * 1024 };

/** Referrals from one unit to another, and what the other says to them. */
export function transferRoutes(app: App, service: Service): void {
  const config = { access: 'workstation', rateLimit: { max: service.limits.workstation } } as const;
  const response = { 204: z.undefined().describe('It stands in the other unit’s log'), ...refusals };
  const send = { security: signed, params: unitParams, body: saidTransferSchema, response };
  app.post(
    '/v1/units/:unit/transfers',
    { config, schema: { summary: 'Send a referral to another unit', ...send }, bodyLimit: bodyLimit.transfer },
    async ({ params: { unit }, body: { by, ...transfer } }, reply) => {
      await refuseUnlessSaid(service, { what: 'transfer', unit, body: transfer }, by);
      await sendTransfer(service, unit, transfer);
      return reply.code(204).send();
    },
  );

  const answer = { security: signed, params: transferParams, body: saidAnswerSchema, response };
  app.post(
    '/v1/units/:unit/transfers/:id/answer',
    { config, schema: { summary: 'Acknowledge it, or send it back', ...answer }, bodyLimit: bodyLimit.answer },
    async ({ params: { unit, id }, body: { by, ...answer } }, reply) => {
      await refuseUnlessSaid(service, { what: 'answer', unit, body: { id, ...answer } }, by);
      await answerTransfer(service, unit, id, answer);
      return reply.code(204).send();
    },
  );
}
