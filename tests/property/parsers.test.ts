import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toCbor } from '#shared/crypto/cbor.ts';
import { type Bytes, toBase64url, utf8 } from '#shared/crypto/encoding.ts';
import { decapsulate, generateSealingKey } from '#shared/crypto/public-box.ts';
import { generateSigningKey } from '#shared/crypto/signing.ts';
import { parseEvent } from '#shared/domain/registry/registry.ts';
import { intakeSchema } from '#shared/domain/report/intake.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { notice } from '#shared/kernel/refusal.ts';
import { emptyLog } from '#shared/log/log-state.ts';
import { verifySignedCheckpoint } from '#shared/log/tree/signed-checkpoint.ts';
import type { WireBox } from '#shared/log/wire-box.ts';
import { acceptPage } from '#shared/sync/accept-page.ts';
import { verifyRequest } from '#shared/sync/request-token.ts';
import { pageSchema, parsePage, parsePush, parseRoster, pushSchema } from '#shared/sync/wire.ts';
import { sample } from '#tests/support/effort.ts';
import { MemoryTiles } from '#tests/support/memory-tiles.ts';

/** Something shaped like a JWS, with garbage in each of its parts. */
const likeJws = fc
  .tuple(fc.anything(), fc.anything(), fc.string())
  .map((parts) => parts.map((part) => toBase64url(utf8(JSON.stringify(part) ?? ''))).join('.'));
const text = fc.oneof(fc.string(), likeJws);
const unit = '00000000-0000-4000-8000-000000000000' as UnitId;

test('garbage is never a checkpoint, a roster or a request token, and is refused with a reason', async () => {
  const { author } = await generateSigningKey();
  const request = { method: 'GET' as const, path: '/', body: utf8('') };
  await fc.assert(
    fc.asyncProperty(text, async (garbage) => {
      expect((await verifySignedCheckpoint(garbage, { unit, key: author })).ok).toBe(false);
      expect((await verifyRequest(garbage, request, 0)).ok).toBe(false);
      expect(parseRoster(utf8(garbage))).toBeNull();
    }),
    sample(100),
  );
});

test('a page of garbage is not believed', async () => {
  const { author } = await generateSigningKey();
  const bytes = fc.uint8Array({ maxLength: 100 }) as fc.Arbitrary<Bytes>;
  const box = fc.oneof(
    fc.record({ label: bytes, sealed: bytes }),
    fc.record({ label: bytes, withdrawn: bytes }),
    fc.anything() as fc.Arbitrary<WireBox>,
  );
  const entry = fc.record({ header: bytes, signature: bytes, body: bytes, boxes: fc.array(box, { maxLength: 3 }) });
  const page = fc.record({
    entries: fc.array(fc.record({ position: fc.integer(), entry, at: fc.integer() }), { maxLength: 5 }),
    checkpoint: text,
    end: fc.integer(),
  });
  await fc.assert(
    fc.asyncProperty(page, async (garbage) => {
      const accepted = await acceptPage(garbage, emptyLog, { unit, keyAfter: () => author }, new MemoryTiles());
      expect(accepted.ok).toBe(false);
    }),
    sample(100),
  );
});

test('garbage in an opened body is an unknown, a newer or a malformed event', () => {
  const known = fc.constantFrom(
    'unit.founded',
    'member.admitted',
    'case.taken',
    'disposition.recorded',
    'item.graded',
    'risk.assessed',
  );
  const unknown = fc.constantFrom('__proto__.x', 'constructor.name', 'toString.call', 'case.closed');
  const type = fc.oneof(
    known.map((name) => ({ name, isKnown: true })),
    unknown.map((name) => ({ name, isKnown: false })),
  );
  fc.assert(
    fc.property(type, fc.integer({ min: 1, max: 3 }), fc.anything(), ({ name, isKnown }, v, data) => {
      fc.pre(name !== 'case.taken' || JSON.stringify(data) !== '{}');
      const parsed = parseEvent({ type: name, v, at: '2026-11-20T10:00:00.000Z', data });
      const newer = notice('event-newer', { type: name, v });
      const malformed = notice('event-malformed', { type: name });
      // The first version of each is the only one that this program knows.
      if (!parsed.ok) expect(parsed.error).toEqual(isKnown && v === 1 ? malformed : newer);
      else expect(name).toBe('case.taken');
    }),
    sample(100),
  );
});

test('no schema of the wire throws, whatever it is given', () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, maxDepth: 4 }), (garbage) => {
      for (const schema of [pageSchema, pushSchema, intakeSchema])
        expect(schema.safeParse(garbage).success).toBe(false);
    }),
    sample(100),
  );
});

test('bytes that are no page and no push are told so, and never thrown on', () => {
  const garbage = fc.oneof(
    fc.uint8Array({ maxLength: 500 }),
    fc.anything({ withBigInt: true, withTypedArray: true, maxDepth: 3 }).map(cborOf),
    fc.array(fc.constantFrom(0x81, 0x9b, 0xa1, 0x5b, 0x7f, 0xff, 0xc1, 0xf7), { maxLength: 300 }).map(bytesOf),
  );
  fc.assert(
    fc.property(garbage, (bytes) => {
      for (const parse of [parsePage, parsePush]) expect(parse(bytes)).toBeNull();
    }),
    sample(200),
  );
});

const bytesOf = (numbers: readonly number[]) => new Uint8Array(numbers);
/** Empty for what CBOR cannot say. */
function cborOf(value: unknown): Uint8Array {
  try {
    return toCbor(value);
  } catch {
    return new Uint8Array(0);
  }
}

test('a malformed encapsulation opens nothing', async () => {
  const { privateKey } = await generateSealingKey();
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 1_200 }), async (garbage) => {
      fc.pre(garbage.length !== 1_120);
      await expect(decapsulate(privateKey, new Uint8Array(garbage))).rejects.toBeInstanceOf(Error);
    }),
    sample(20),
  );
});
