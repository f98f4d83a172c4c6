import { z } from 'zod';
import type { UnitId } from '#shared/kernel/ids.ts';
import { unitIdSchema } from '#shared/log/header.ts';
import { hashOfCode, newCode } from '../enrolment/code-text.ts';
import type { Purpose, Storage } from '../storage/storage.ts';

/** Milliseconds that a code can be used. */
const codeLifetime = 72 * 60 * 60 * 1000;

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
  z.strictObject({ order: z.literal('intakeCode') }),
]);
export type Order = z.output<typeof orderSchema>;

export const outcomeSchema = z.union([
  z.strictObject({ unit: unitIdSchema.nullable(), code: z.string() }),
  z.strictObject({ refused: z.string() }),
]);
/** `code` is shown now or never: only its hash is kept. */
export type Outcome = z.output<typeof outcomeSchema>;

export async function operate(storage: Storage, order: Order, now: number): Promise<Outcome> {
  if (order.order === 'intakeCode') return { unit: null, code: await addCode(storage, 'intake', null, now) };
  if (order.order === 'workstationCode') {
    const known = (await storage.units()).some(({ id }) => id === order.unit);
    if (!known) return { refused: 'There is no unit with this id.' };
    return { unit: order.unit, code: await addCode(storage, 'workstation', order.unit, now) };
  }
  const id = crypto.randomUUID() as string as UnitId;
  const { force, forceName, name: unitName } = order;
  if (!(await storage.addUnit({ id, force, forceName, name: unitName }))) {
    return { refused: `The force ${force} has a unit already.` };
  }
  return { unit: id, code: await addCode(storage, 'workstation', id, now) };
}

async function addCode(storage: Storage, purpose: Purpose, unit: UnitId | null, now: number): Promise<string> {
  const code = newCode();
  await storage.addCode({
    hash: await hashOfCode(code),
    purpose,
    unit,
    expiresAt: now + codeLifetime,
    reusable: false,
  });
  return code;
}
