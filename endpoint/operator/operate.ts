import { z } from 'zod';
import { parseBindableKey } from '#shared/crypto/bindable-key.ts';
import { authorKeySchema } from '#shared/crypto/key-schemas.ts';
import { jurisdictionIds, usualJurisdiction } from '#shared/domain/jurisdiction/jurisdictions.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { unitIdSchema } from '#shared/log/header.ts';
import { directoryDraftSchema, forceSchema, longestDirectory, nameSchema } from '#shared/sync/directory.ts';
import { currentKeys } from '../endpoint-keys.ts';
import { hashOfCode, newCode } from '../enrolment/enrol.ts';
import type { OpenEndpoint } from '../open-endpoint.ts';
import type { NewCode } from '../storage/storage.ts';
import { tellUnits } from '../unit-log/replace-keys.ts';
import { draftDirectory } from './draft-directory.ts';
import { notTold, publishDirectory } from './publish-directory.ts';

/** Milliseconds that a code can be used. */
const codeLifetime = 72 * 60 * 60 * 1000;

/** Who runs the service whose reports come here, unless the operator names another. */
export const serviceOrganisation = 'crimestoppers';

const name = z.string().trim().pipe(nameSchema);

/** What the operator of an endpoint can order. */
export const orderSchema = z.discriminatedUnion('order', [
  z.strictObject({
    order: z.literal('addUnit'),
    force: forceSchema,
    forceName: name,
    jurisdiction: z.enum(jurisdictionIds).default(usualJurisdiction),
    name,
  }),
  z.strictObject({ order: z.literal('workstationCode'), unit: unitIdSchema }),
  z.strictObject({
    order: z.literal('intakeCode'),
    organisation: z
      .string()
      .regex(/^[a-z][a-z-]{1,59}$/, 'An organisation is written like crimestoppers.')
      .default(serviceOrganisation),
  }),
  z.strictObject({
    order: z.literal('trustOperator'),
    operatorKey: authorKeySchema.refine((key) => parseBindableKey(key).ok, 'This is no public key.'),
  }),
  z.strictObject({ order: z.literal('draftDirectory') }),
  z.strictObject({ order: z.literal('replaceKeys') }),
  z.strictObject({ order: z.literal('publishDirectory'), document: z.string().max(longestDirectory) }),
]);
export type Order = z.output<typeof orderSchema>;

export const orderReplySchema = z.union([
  /** The code is shown now or never: only its hash is kept. */
  z.strictObject({ unit: unitIdSchema.nullable(), code: z.string() }),
  z.strictObject({ trusted: authorKeySchema }),
  z.strictObject({ draft: directoryDraftSchema }),
  z.strictObject({ published: z.int() }),
  /** `untold`: units whose logs could not be told. */
  z.strictObject({
    keys: z.strictObject({ endpointKey: authorKeySchema, checkpointKey: authorKeySchema }),
    untold: z.array(unitIdSchema),
  }),
  z.strictObject({ refused: z.string() }),
]);
export type OrderReply = z.output<typeof orderReplySchema>;

export async function operate(endpoint: OpenEndpoint, order: Order): Promise<OrderReply> {
  switch (order.order) {
    case 'trustOperator': {
      const isTold = await endpoint.operator.tell(order.operatorKey);
      return isTold ? { trusted: order.operatorKey } : { refused: 'The endpoint was told another operator before.' };
    }
    case 'draftDirectory':
      return draft(endpoint);
    case 'replaceKeys':
      // On disk first: from here on each log that is not told yet is told at the next start.
      await endpoint.keys.replace();
      await endpoint.storage.claimFor(endpoint.keys.all.map(({ endpointKey }) => endpointKey));
      return { keys: currentKeys(endpoint.keys), untold: [...(await tellUnits(endpoint))] };
    case 'publishDirectory': {
      const done = await publishDirectory(endpoint, order.document);
      return 'refused' in done ? done : { published: done.published.number };
    }
    default:
      // Whoever enrols pins the operator's key.
      return (await endpoint.operator.read()) ? giveCode(endpoint, order) : { refused: notTold };
  }
}

async function draft(endpoint: OpenEndpoint): Promise<OrderReply> {
  const parsed = directoryDraftSchema.safeParse(await draftDirectory(endpoint));
  if (parsed.success) return { draft: parsed.data };
  return { refused: `The units in the database make no directory: ${parsed.error.issues[0]?.message}` };
}

async function giveCode(
  endpoint: OpenEndpoint,
  order: Extract<Order, { order: 'addUnit' | 'workstationCode' | 'intakeCode' }>,
): Promise<OrderReply> {
  const { storage } = endpoint;
  if (order.order === 'intakeCode') {
    const { organisation } = order;
    return { unit: null, code: await addCode(endpoint, { purpose: 'intake', unit: null, organisation }) };
  }
  if (order.order === 'workstationCode') {
    const known = (await storage.units()).some(({ id }) => id === order.unit);
    if (!known) return { refused: 'There is no unit with this id.' };
    return { unit: order.unit, code: await addCode(endpoint, forStation(order.unit)) };
  }
  const id = crypto.randomUUID() as string as UnitId;
  const { force, forceName, jurisdiction, name: unitName } = order;
  if (!(await storage.addUnit({ id, force, forceName, jurisdiction, name: unitName }))) {
    return { refused: `The force ${force} has a unit already.` };
  }
  return { unit: id, code: await addCode(endpoint, forStation(id)) };
}

type CodeFor = Pick<NewCode, 'purpose' | 'unit' | 'organisation'>;
const forStation = (unit: UnitId): CodeFor => ({ purpose: 'workstation', unit, organisation: null });

async function addCode({ storage, clock }: OpenEndpoint, codeFor: CodeFor): Promise<string> {
  const code = newCode();
  await storage.addCode({
    ...codeFor,
    hash: await hashOfCode(code),
    expiresAt: clock.now() + codeLifetime,
    reusable: false,
  });
  return code;
}
