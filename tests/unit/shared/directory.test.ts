import { CompactSign, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { fingerprintOfFounder, fingerprintOfOperator } from '#shared/crypto/fingerprint.ts';
import { generateSigningKey, importSigningKey } from '#shared/crypto/signing.ts';
import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';
import { spellOut, toSpokenCode } from '#shared/kernel/spoken-code.ts';
import { acceptDirectory, type KnownDirectory } from '#shared/sync/accept-directory.ts';
import {
  type Directory,
  directorySchema,
  longestDirectory,
  signDirectory,
  verifyDirectory,
} from '#shared/sync/directory.ts';

const newKey = async () => {
  const { author, pkcs8 } = await generateSigningKey();
  return importSigningKey(author, pkcs8);
};
const [operator, endpoint, checkpoints, founder] = await Promise.all([newKey(), newKey(), newKey(), newKey()]);
const keys = { endpointKey: endpoint.author, checkpointKey: checkpoints.author };
const pinned = { operatorKey: operator.author, endpoints: [keys] };
const keyOf = (character: string) => `${character.repeat(42)}A` as AuthorKey;
const idOf = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}` as UnitId;

const first = {
  ...{
    id: idOf(1),
    force: 'wessex',
    forceName: 'Wessex Police',
    name: 'Wessex ACU',
    jurisdiction: 'englandAndWales' as const,
  },
  founder: founder.author as AuthorKey | null,
};
const second = { ...first, id: idOf(2), force: 'mercia', founder: null };
const claims: Directory = {
  ...{ endpointKey: endpoint.author, checkpointKey: checkpoints.author },
  ...{ number: 3, issuedAt: '2026-11-20T10:00:00.000Z', units: [first, second] },
};

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** Whatever it is, under the operator's good signature. */
const sealed = (value: unknown, header: Record<string, unknown> = {}) =>
  new CompactSign(Buffer.from(JSON.stringify(value)))
    .setProtectedHeader({ alg: 'Ed25519', typ: 'probity-directory+1', ...header })
    .sign(operator.privateKey as Parameters<CompactSign['sign']>[0], { crit: { exp: true } });

test('what the operator signed is what is read', async () => {
  expect(await verifyDirectory(await signDirectory(claims, operator), operator.author)).toEqual(claims);
  expect(await verifyDirectory(await sealed(claims), operator.author)).toEqual(claims);
});

describe('no directory is', () => {
  const unit = (changes: object) => ({ ...claims, units: [{ ...first, ...changes }, second] });
  const malformed: [what: string, value: unknown][] = [
    ['something else', 'directory'],
    ['one without units', { ...claims, units: undefined }],
    ['one with an unknown field', { ...claims, more: 1 }],
    ['one with an unknown field of a unit', unit({ more: 1 })],
    ['one with a number below 1', { ...claims, number: 0 }],
    ['one with half a number', { ...claims, number: 1.5 }],
    ['one with a number without bounds', { ...claims, number: 2_000_000_000 }],
    ['one from no instant', { ...claims, issuedAt: 'yesterday' }],
    ['one with an id in capitals', unit({ id: 'AAAAAAAA-0000-4000-8000-000000000001' })],
    ['one with an id that is none', unit({ id: '1' })],
    ['one with a key in another spelling', unit({ founder: `${'A'.repeat(42)}B` })],
    ['one with a force in another spelling', unit({ force: 'Wessex' })],
    ['one with a name that is empty', unit({ name: '' })],
    ['one with a name without bounds', unit({ name: 'x'.repeat(121) })],
    ['one whose name clears a terminal', unit({ name: 'ACU\u001b[2J' })],
    ['one whose name goes backwards', unit({ forceName: 'Wessex\u202e' })],
    ['one with a line break in a name', unit({ name: 'ACU\u2028ACU' })],
    ['one with two units of one id', { ...claims, units: [first, { ...second, id: first.id }] }],
    ['one with two units of one force', { ...claims, units: [first, { ...second, force: first.force }] }],
    ['one with two units of one founder', { ...claims, units: [first, { ...second, founder: first.founder }] }],
    ['one with too many units', { ...claims, units: manyUnits(501) }],
  ];
  test.each(malformed)('%s', async (_, value) => {
    expect(directorySchema.safeParse(value).success).toBe(false);
    expect(await verifyDirectory(await sealed(value), operator.author)).toBeNull();
  });

  const forged: [what: string, make: () => Promise<string>][] = [
    ['a statement of another kind', () => sealed(claims, { typ: 'probity-transfer+1' })],
    ['a statement of no kind', () => sealed(claims, { typ: undefined })],
    ['one with a critical header that nobody knows', () => sealed(claims, { crit: ['exp'], exp: 1 })],
    ['one that another signed', async () => signDirectory(claims, await newKey())],
    [
      'one that brings its own key',
      async () => {
        const other = await newKey();
        const jwk = { kty: 'OKP', crv: 'Ed25519', x: other.author };
        return new CompactSign(Buffer.from(JSON.stringify(claims)))
          .setProtectedHeader({ alg: 'Ed25519', typ: 'probity-directory+1', jwk })
          .sign(other.privateKey as Parameters<CompactSign['sign']>[0]);
      },
    ],
    [
      'one without a signature',
      async () => `${encode({ alg: 'none', typ: 'probity-directory+1' })}.${encode(claims)}.`,
    ],
    [
      'one under a secret that is the operator’s public key',
      () =>
        new SignJWT(claims as never)
          .setProtectedHeader({ alg: 'HS256', typ: 'probity-directory+1' })
          .sign(Buffer.from(operator.author)),
    ],
    [
      'one that says another founder',
      async () => {
        const [header, , signature] = (await signDirectory(claims, operator)).split('.');
        return `${header}.${encode({ ...claims, units: [{ ...first, founder: keyOf('B') }, second] })}.${signature}`;
      },
    ],
    ['one with more after it', async () => `${await signDirectory(claims, operator)}.x`],
    ['one that is too long', async () => `${await sealed(claims)}${'A'.repeat(longestDirectory)}`],
    ['nothing', async () => ''],
  ];
  test.each(forged)('%s', async (_, make) => {
    expect(await verifyDirectory(await make(), operator.author)).toBeNull();
  });

  test('signed in the first place where it is malformed', () => {
    expect(() => signDirectory({ ...claims, units: [first, first] }, operator)).toThrow();
  });
});

function manyUnits(count: number) {
  const letters = (index: number) => [...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  return Array.from({ length: count }, (_, index) => ({
    ...{ id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`, force: `f-${letters(index)}` },
    ...{ forceName: '警'.repeat(120), name: '警'.repeat(120), jurisdiction: 'civilNuclearConstabulary', founder: null },
  }));
}

test('as many units as there may be fit, with the longest of names', async () => {
  const units = manyUnits(500).map((unit, index) => ({ ...unit, founder: `${String(index).padStart(42, '0')}A` }));
  const signed = await signDirectory(directorySchema.parse({ ...claims, units }), operator);
  expect(signed.length).toBeLessThanOrEqual(longestDirectory);
  expect((await verifyDirectory(signed, operator.author))?.units).toHaveLength(500);
});

describe('what is served', () => {
  const known = async (changes: Partial<Directory> = {}): Promise<KnownDirectory> => {
    const directory = { ...claims, ...changes };
    return { document: await signDirectory(directory, operator), directory };
  };
  const faultOf = async (served: string | null, before: KnownDirectory | null) => {
    const accepted = await acceptDirectory(served, before, pinned);
    return accepted.ok ? null : accepted.error.code;
  };

  test('is taken when it is the first, the same, or a later one', async () => {
    const [third, fifth] = [await known(), await known({ number: 5 })];
    expect(await acceptDirectory(null, null, pinned)).toEqual({ ok: true, value: null });
    expect(await acceptDirectory(third.document, null, pinned)).toEqual({ ok: true, value: third });
    expect(await acceptDirectory(third.document, third, pinned)).toEqual({ ok: true, value: third });
    expect(await acceptDirectory(fifth.document, third, pinned)).toEqual({ ok: true, value: fifth });
  });

  test('is refused when it is older, another of the same number, none any more, another endpoint’s, or not signed', async () => {
    const third = await known();
    expect(await faultOf((await known({ number: 2 })).document, third)).toBe('directory-older');
    expect(await faultOf((await known({ units: [] })).document, third)).toBe('directory-older');
    expect(await faultOf(null, third)).toBe('directory-older');
    for (const changes of [{ endpointKey: keyOf('B') }, { checkpointKey: keyOf('B') }]) {
      expect(await faultOf((await known({ number: 4, ...changes })).document, third)).toBe('directory-other-endpoint');
      expect(await faultOf((await known(changes)).document, null)).toBe('directory-other-endpoint');
    }
    expect(await faultOf(await signDirectory({ ...claims, number: 4 }, endpoint), third)).toBe('directory-unverified');
    expect(await faultOf('', null)).toBe('directory-unverified');
  });
});

describe('a fingerprint', () => {
  test('is of twenty characters that can be said and typed, in words that police officers know', async () => {
    const fingerprint = await fingerprintOfOperator(operator.author);
    expect(fingerprint).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(spellOut('K7EQ-9XHB')).toBe('Kilo Seven Echo Quebec, Nine X-ray Hotel Bravo');
    expect(spellOut(fingerprint).split(/,? /)).toHaveLength(20);
    const every = toSpokenCode(Uint8Array.from({ length: 32 }, (_, index) => index));
    expect(new Set(spellOut(every).split(/,? /)).size).toBe(32);
    expect(spellOut(every)).toMatch(/^[A-Z][a-z]+|X-ray/);
  });

  test('is of one key in one place', async () => {
    const all = await Promise.all([
      fingerprintOfOperator(operator.author),
      fingerprintOfOperator(founder.author),
      fingerprintOfFounder(idOf(1), founder.author),
      fingerprintOfFounder(idOf(2), founder.author),
      fingerprintOfFounder(idOf(1), operator.author),
    ]);
    expect(new Set(all).size).toBe(5);
    expect(await fingerprintOfOperator('A'.repeat(43) as AuthorKey)).toBe(
      await fingerprintOfOperator('A'.repeat(43) as AuthorKey),
    );
  });
});
