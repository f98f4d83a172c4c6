import { z } from 'zod';
import { answerSchema, transferSchema } from '#shared/sync/transfer.ts';
import type { App } from '../http/app.ts';
import { refusals, signed } from '../http/openapi.ts';
import type { Service } from '../http/service.ts';
import { answerTransfer, sendTransfer } from '../transfer/transfers.ts';
import { transferParams, unitParams } from './params.ts';

/** Bytes of a sealed referral with the digests of its attachments, and of a sealed note. */
const bodyLimit = { transfer: 1024 * 1024, answer: 512 * 1024 };

/** Referrals from one unit to another, and what the other says to them. */
export function transferRoutes(app: App, service: Service): void {
  const config = { access: 'workstation', rateLimit: { max: service.limits.workstation } } as const;
  const response = { 204: z.undefined().describe('It stands in the other unit’s log'), ...refusals };
  const send = { security: signed, params: unitParams, body: transferSchema, response };
  app.post(
    '/v1/units/:unit/transfers',
    { config, schema: { summary: 'Send a referral to another unit', ...send }, bodyLimit: bodyLimit.transfer },
    async ({ params, body }, reply) => {
      await sendTransfer(service, params.unit, body);
      return reply.code(204).send();
    },
  );

  const answer = { security: signed, params: transferParams, body: answerSchema, response };
  app.post(
    '/v1/units/:unit/transfers/:id/answer',
    { config, schema: { summary: 'Acknowledge it, or send it back', ...answer }, bodyLimit: bodyLimit.answer },
    async ({ params, body }, reply) => {
      await answerTransfer(service, params.unit, params.id, body);
      return reply.code(204).send();
    },
  );
}
