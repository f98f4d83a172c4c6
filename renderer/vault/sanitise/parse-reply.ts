import { z } from 'zod';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { attachmentLimits, attachmentTypes } from '#shared/domain/report/attachments.ts';
import { removedKindIds } from '#shared/domain/sanitising/removed-kinds.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, type Result } from '#shared/kernel/result.ts';
import { refuse, type StripRefusalCode, stripRefusalCodes } from '../codes.ts';
import { leftInCopyIds, type Stripped } from './strip.ts';

/** Bytes of a whole buffer: one that is larger than what is shown of it would come along. */
const bytesSchema = z.custom<Bytes>(
  (value) =>
    value instanceof Uint8Array &&
    value.buffer instanceof ArrayBuffer &&
    value.byteLength === value.buffer.byteLength &&
    value.byteLength <= attachmentLimits.bytes,
);

const numbers = (...names: readonly string[]) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, z.number().nonnegative()])));

/** What words are made of; codes that are not here come with nothing. */
const paramsOf: Readonly<Partial<Record<StripRefusalCode, z.ZodType>>> = {
  'copy-not-clean': z.strictObject({ left: z.enum(leftInCopyIds) }),
  'file-too-demanding': numbers('mostMemory'),
  'pdf-too-long': numbers('pages', 'mostPages'),
  'picture-too-large': numbers('width', 'height', 'mostPixels'),
};
const nothing = z.strictObject({});

const refusalSchema = z
  .strictObject({
    code: z.enum(stripRefusalCodes),
    params: z.record(z.string(), z.union([z.number(), z.string()])),
  })
  .refine(({ code, params }) => (paramsOf[code] ?? nothing).safeParse(params).success);

const replySchema = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    value: z.strictObject({
      type: z.enum(attachmentTypes),
      bytes: bytesSchema,
      removed: z.array(z.enum(removedKindIds)).max(removedKindIds.length),
    }),
  }),
  z.strictObject({ ok: z.literal(false), error: refusalSchema }),
]);

/** What a worker said that a hostile file may have taken over. Anything but an answer is none. */
export function parseReply(message: unknown): Result<Stripped, Refusal> {
  const parsed = replySchema.safeParse(message);
  return parsed.success ? parsed.data : err(refuse('file-undecodable'));
}
