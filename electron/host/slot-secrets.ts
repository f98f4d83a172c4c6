import PQueue from 'p-queue';
import { z } from 'zod';
import { type CallFailure, type ReplyOf, type RequestOf, slotIdSchema } from '#shared/bridge/contract.ts';
import { randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import { secretKeySchema } from '#shared/crypto/key-schemas.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { refuse } from './failures.ts';
import type { SealedFile } from './sealed-file.ts';

/** Two for each slot at most stand here while a passphrase is being changed. */
const mostSecrets = 400;

export const slotSecretsSchema = z
  .array(z.strictObject({ slot: slotIdSchema, passphrase: z.int().min(0), secret: secretKeySchema }))
  .max(mostSecrets);
type Kept = z.output<typeof slotSecretsSchema>;
type OfPassphrase = RequestOf<'slot.secret'>;

export interface SlotSecrets {
  begin(of: OfPassphrase): Promise<Result<ReplyOf<'slot.begin'>, CallFailure>>;
  secret(of: OfPassphrase): Promise<Result<ReplyOf<'slot.secret'>, CallFailure>>;
  settle(of: OfPassphrase): Promise<Result<ReplyOf<'slot.settle'>, CallFailure>>;
}

/**
 * What a key slot needs beside its passphrase and the device's secret, anew with each change of the passphrase. A slot that was
 * written over lies on the disk still, in a database's file or a copy of it: without these bytes nobody opens it again. A file that
 * does not open is never replaced.
 */
export function createSlotSecrets(file: SealedFile<Kept>): SlotSecrets {
  const turn = new PQueue({ concurrency: 1 });
  const isOf =
    ({ slot, passphrase }: OfPassphrase) =>
    (each: OfPassphrase): boolean =>
      each.slot === slot && each.passphrase === passphrase;

  /** One at a time, with what is kept. */
  const within = <Reply>(
    use: (kept: Kept) => Promise<Result<Reply, CallFailure>>,
  ): Promise<Result<Reply, CallFailure>> =>
    turn.add(async () => {
      const stored = await file.read();
      return stored.ok ? use(stored.value ?? []) : stored;
    });

  return {
    begin: ({ slot, passphrase }) =>
      within(async (kept) => {
        const known = kept.find(isOf({ slot, passphrase }));
        if (known) return ok({ secret: known.secret });
        if (kept.length >= mostSecrets) return refuse('too-many-slots');
        const secret = toBase64url(randomBytes(32));
        await file.write([...kept, { slot, passphrase, secret }]);
        return ok({ secret });
      }),
    secret: (of) =>
      within(async (kept) => {
        const known = kept.find(isOf(of));
        return known ? ok({ secret: known.secret }) : refuse('slot-secret-missing');
      }),
    settle: (of) =>
      within(async (kept) => {
        const left = kept.filter((each) => each.slot !== of.slot || each.passphrase >= of.passphrase);
        if (left.length < kept.length) await file.write(left);
        return ok({});
      }),
  };
}
