import { expect, test } from 'vitest';
import { open } from '#shared/crypto/aead.ts';
import { fromBase64url, fromUtf8, utf8 } from '#shared/crypto/encoding.ts';
import { encapsulationLength } from '#shared/crypto/public-box.ts';
import { importSigningKey } from '#shared/crypto/signing.ts';
import type { Referral } from '#shared/domain/referral/referral.ts';
import { openStatement, type Statement, sealStatement } from '#shared/sync/transfer.ts';
import { readGolden } from '#tests/support/golden/golden-file.ts';
import { everyKey } from '#tests/support/golden/golden-keys.ts';
import { makeSizes } from '#tests/support/golden/sizes.ts';

/* What units send each other, and what follows from sizes and values alone. */

const keys = readGolden('keys');
const statements = readGolden('statements');
const { decapsulate } = await everyKey(keys);

test.each(statements.map((each) => [`${each.kind} ${each.entry}`, each] as const))(
  '%s opens to what was stated',
  async (_, golden) => {
    const { kind, passage, sealed, statement } = golden;
    expect(await openStatement(kind, sealed, passage, decapsulate)).toEqual(statement);
    // Sealed today, it is as long, and the same bytes are signed in the same way.
    const { from } = statement as Statement<typeof kind>;
    const slot = Object.values(keys.slots).find(({ author }) => author === from.author);
    const publicKey = keys.generations.find(({ id }) => id === sealed.generation)?.publicKey ?? '';
    if (!slot) throw new Error('It is signed by nobody of the files.');
    const key = await importSigningKey(slot.author, fromBase64url(slot.signingKey));
    const again = await sealStatement(kind, statement as never, key, publicKey);
    expect(again.generation).toBe(sealed.generation);
    const textOf = async ({ box }: typeof sealed) => {
      const bytes = fromBase64url(box);
      const opened = await decapsulate({ generation: sealed.generation }, bytes.slice(0, encapsulationLength));
      if (!opened) throw new Error('It is sealed to others.');
      const { transfer, from: sender, to } = passage;
      const context = utf8(`probity/${kind}/1/${transfer}/${sender}/${to}`);
      return fromUtf8(await open(opened, bytes.subarray(encapsulationLength), context));
    };
    expect(await textOf(again)).toBe(await textOf(sealed));
  },
);

test('there is one of each kind, and a referral with its attachments', () => {
  expect(new Set(statements.map(({ kind }) => kind))).toEqual(new Set(['transfer', 'answer']));
  expect(
    statements.some(
      ({ kind, statement }) =>
        kind === 'transfer' && (statement as { referral: Referral }).referral.attachments.length > 0,
    ),
  ).toBe(true);
});

test('sizes, and the one text of a value, are as they were', async () => {
  expect(await makeSizes()).toEqual(readGolden('sizes'));
});
