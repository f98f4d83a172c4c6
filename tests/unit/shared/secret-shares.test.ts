import { describe, expect, test } from 'vitest';
import { type Bytes, fromBase64url, randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import { combineShares, type Holding, splitSecret } from '#shared/crypto/secret-shares.ts';
import { sha256Now } from '#shared/crypto/sha256-now.ts';

const three: Holding = { holders: 5, threshold: 3 };

async function sharesOf(secret: Bytes, holding = three): Promise<readonly string[]> {
  const shares = await splitSecret(secret, holding);
  if (!shares.ok) throw new Error(shares.error.code);
  return shares.value;
}

/** With the bytes of a share changed, by somebody who knows how its check is made. */
function forged(share: string, change: (bytes: Bytes) => void): string {
  const bytes = fromBase64url(share);
  change(bytes);
  const check = sha256Now(
    new Uint8Array([...new TextEncoder().encode('probity/secret-share/1/check\n'), ...bytes.slice(0, 76)]),
  );
  bytes.set(check.slice(0, 4), 76);
  return toBase64url(bytes);
}

const codeOf = async (shares: readonly string[]) => {
  const combined = await combineShares(shares);
  return combined.ok ? combined.value : combined.error.code;
};

describe('a secret that is split', () => {
  test('comes back from as many shares as are needed, whichever they are, and from more', async () => {
    const secret = randomBytes(32);
    const shares = await sharesOf(secret);
    expect(shares).toHaveLength(5);
    for (const some of [shares.slice(0, 3), shares.slice(2), [...shares].reverse(), shares.slice(1)]) {
      expect(await codeOf(some)).toEqual(secret);
    }
  });

  test('is split among two to fifteen, of whom two or more are needed', async () => {
    const secret = randomBytes(32);
    for (const [holders, threshold] of [
      [2, 2],
      [15, 2],
      [15, 15],
    ] as const) {
      const shares = await sharesOf(secret, { holders, threshold });
      expect(await codeOf(shares.slice(0, threshold))).toEqual(secret);
    }
    const unfit = [
      [1, 1],
      [2, 1],
      [3, 4],
      [16, 2],
      [2.5, 2],
      [3, 2.5],
      [0, 0],
    ] as const;
    for (const [holders, threshold] of unfit) {
      expect(await splitSecret(secret, { holders, threshold })).toMatchObject({ error: { code: 'holding-unfit' } });
    }
  });

  test('may be typed with spaces and lines', async () => {
    const secret = randomBytes(32);
    const shares = (await sharesOf(secret)).map(
      (share) => `${share.slice(0, 20)} ${share.slice(20, 50)}\n${share.slice(50)}`,
    );
    expect(await codeOf(shares.slice(0, 3))).toEqual(secret);
  });
});

describe('shares that do not make it are refused', () => {
  test('when they are too few, or the same twice', async () => {
    const shares = await sharesOf(randomBytes(32));
    expect(await codeOf([])).toBe('shares-too-few');
    expect(await codeOf(shares.slice(0, 1))).toBe('shares-too-few');
    expect(await combineShares(shares.slice(0, 2))).toMatchObject({ error: { params: { count: 2, minimum: 3 } } });
    const [one, two] = shares as [string, string];
    expect(await codeOf([one, two, one])).toBe('share-twice');
  });

  test('when they are of two splits, be it of the same secret', async () => {
    const secret = randomBytes(32);
    const [one, again, other] = [await sharesOf(secret), await sharesOf(secret), await sharesOf(randomBytes(32))];
    for (const mixed of [again, other])
      expect(await codeOf([...one.slice(0, 2), ...mixed.slice(2, 3)])).toBe('shares-mixed');
  });

  test('when a byte is another', async () => {
    const [one, two, three] = (await sharesOf(randomBytes(32))) as [string, string, string];
    for (let at = 0; at < 80; at += 1) {
      const bytes = fromBase64url(two);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      expect(await combineShares([one, toBase64url(bytes), three])).toMatchObject({
        error: { code: 'share-malformed', params: { number: 2 } },
      });
    }
  });

  test('when somebody altered theirs, and made it look whole', async () => {
    const [one, two, three] = (await sharesOf(randomBytes(32))) as [string, string, string];
    const alter = (at: number, value?: number) =>
      forged(two, (bytes) => {
        bytes[at] = value ?? (bytes[at] ?? 0) ^ 1;
      });
    expect(await codeOf([one, alter(50), three])).toBe('shares-wrong');
    for (const at of [1, 3, 11]) expect(await codeOf([one, alter(at), three])).toBe('shares-mixed');
    // At number nought lies the secret: its holder would choose which it is.
    expect(await codeOf([one, alter(75, 0), three])).toBe('share-malformed');
    expect(await codeOf([one, alter(0, 2), three])).toBe('share-malformed');
  });

  test('when it is no share', async () => {
    const [one, two] = (await sharesOf(randomBytes(32), { holders: 2, threshold: 2 })) as [string, string];
    for (const text of ['', 'K7EQ', '%%', two.slice(1), `${two}A`])
      expect(await codeOf([one, text])).toBe('share-malformed');
  });
});
