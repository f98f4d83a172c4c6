import { attachmentLimits } from '#shared/domain/report/attachments.ts';
import { intakeReplySchema, intakeSchema } from '#shared/domain/report/intake.ts';
import type { App } from '../http/app.ts';
import { proofOf } from '../http/authenticate.ts';
import { refusals, signed } from '../http/openapi.ts';
import type { Service } from '../http/service.ts';
import { receiveReport } from '../intake/receive-report.ts';

/** Bytes: every attachment at its limit, in base64, and the report around them. */
const bodyLimit = attachmentLimits.count * Math.ceil(attachmentLimits.bytes / 3) * 4 + 2 * 1024 * 1024;

export function reportRoute(app: App, service: Service): void {
  const config = { access: 'intake', rateLimit: { max: service.limits.intake } } as const;
  const schema = {
    summary: 'Hand in a report, to be sealed to the unit of its force',
    security: signed,
    body: intakeSchema,
    response: { 201: intakeReplySchema, ...refusals },
  };
  app.post('/v1/reports', { config, schema, bodyLimit }, async (request, reply) =>
    reply.code(201).send(await receiveReport(service, proofOf(request).device, request.body)),
  );
}
