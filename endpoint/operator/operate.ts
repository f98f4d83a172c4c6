import { z } from 'zod';
import type { UnitId } from '#shared/kernel/ids.ts';
import { unitIdSchema } from '#shared/log/header.ts';
import { hashOfCode, newCode } from '../enrolment/enrol.ts';
import type { NewCode, Storage } from '../storage/storage.ts';

/** Milliseconds that a code can be used. */
const codeLifetime = 72 * 60 * 60 * 1000;

/** Who runs the service whose reports come here, unless the operator names another. */
export const serviceOrganisation = 'crimestoppers';

const name = z.string().trim().min(1).max(120);

/** What the operator of an endpoint can order. */
export const orderSchema = z.discriminatedUnion('order', [
  z.strictObject({
    order: z.literal('addUnit'),
    force: z.string().regex(/^[a-z][a-z-]{1,59}$/, 'A force is written like avon-and-somerset.'),
    forceName: name,
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
]);
export type Order = z.output<typeof orderSchema>;

export const orderReplySchema = z.union([
  z.strictObject({ unit: unitIdSchema.nullable(), code: z.string() }),
  z.strictObject({ refused: z.string() }),
]);
/** `code` is shown now or never: only its hash is kept. */
export type OrderReply = z.output<typeof orderReplySchema>;

export async function operate(storage: Storage, order: Order, now: number): Promise<OrderReply> {
  if (order.order === 'intakeCode') {
    const { organisation } = order;
    return { unit: null, code: await addCode(storage, { purpose: 'intake', unit: null, organisation }, now) };
  }
  if (order.order === 'workstationCode') {
    const known = (await storage.units()).some(({ id }) => id === order.unit);
    if (!known) return { refused: 'There is no unit with this id.' };
    return { unit: order.unit, code: await addCode(storage, forStation(order.unit), now) };
  }
  const id = crypto.randomUUID() as string as UnitId;
  const { force, forceName, name: unitName } = order;
  if (!(await storage.addUnit({ id, force, forceName, name: unitName }))) {
    return { refused: `The force ${force} has a unit already.` };
  }
  return { unit: id, code: await addCode(storage, forStation(id), now) };
}

type CodeFor = Pick<NewCode, 'purpose' | 'unit' | 'organisation'>;
const forStation = (unit: UnitId): CodeFor => ({ purpose: 'workstation', unit, organisation: null });

async function addCode(storage: Storage, codeFor: CodeFor, now: number): Promise<string> {
  const code = newCode();
  await storage.addCode({
    ...codeFor,
    hash: await hashOfCode(code),
    expiresAt: now + codeLifetime,
    reusable: false,
  });
  return code;
}
