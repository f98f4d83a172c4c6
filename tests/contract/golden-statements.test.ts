import { describe, expect, test } from 'vitest';
import { importStoredKey } from '#endpoint/stored-key.ts';
import { open } from '#shared/crypto/aead.ts';
import { fromBase64url, fromUtf8, utf8 } from '#shared/crypto/encoding.ts';
import { encapsulationLength } from '#shared/crypto/public-box.ts';
import { importSigningKey } from '#shared/crypto/signing.ts';
import type { Referral } from '#shared/domain/referral/referral.ts';
import { parseEntry } from '#shared/log/entry.ts';
import { foldRosterEntries, provedAsOf } from '#shared/log/roster-entry.ts';
import { signDirectory, verifyDirectory } from '#shared/sync/directory.ts';
import { openStatement, type Statement, sealStatement } from '#shared/sync/transfer.ts';
import { parseRoster } from '#shared/sync/wire.ts';
import { must } from '#tests/support/golden/desk.ts';
import { readGolden } from '#tests/support/golden/golden-file.ts';
import { statementKeys } from '#tests/support/golden/golden-keys.ts';
import { makeSizes } from '#tests/support/golden/sizes.ts';

/* What units send each other, and what follows from sizes and values alone. */

const keys = readGolden('keys');
const statements = readGolden('statements');
const { decapsulate, publicKeyOf } = await statementKeys(keys, readGolden('log').entries);

test.each(statements.map((each) => [`${each.kind} ${each.entry}`, each] as const))(
  '%s opens to what was stated',
  async (_, golden) => {
    const { kind, passage, sealed, statement } = golden;
    expect(await openStatement(kind, sealed, passage, decapsulate)).toEqual(statement);
    // Sealed today, it is as long, and the same bytes are signed in the same way.
    const { from } = statement as Statement<typeof kind>;
    const slot = Object.values(keys.slots).find(({ author }) => author === from.author);
    const publicKey = publicKeyOf(sealed.key);
    if (!slot || !publicKey) throw new Error('It is signed by or sealed to nobody of the files.');
    const key = await importSigningKey(slot.author, fromBase64url(slot.signingKey));
    const again = await sealStatement(kind, statement as never, key, publicKey);
    expect(again.key).toBe(sealed.key);
    const textOf = async ({ key: to, box }: typeof sealed) => {
      const bytes = fromBase64url(box);
      const opened = await decapsulate(to, bytes.slice(0, encapsulationLength));
      if (!opened) throw new Error('It is sealed to others.');
      const { transfer, from: sender, to: receiver } = passage;
      const context = utf8(`probity/${kind}/1/${transfer}/${sender}/${receiver}`);
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

describe('the directory', () => {
  const { document, directory, rosters } = readGolden('directory');

  test('is read as the operator signed it, and signed again is the same text', async () => {
    expect(await verifyDirectory(document, keys.operator.author)).toEqual(directory);
    expect(await signDirectory(directory, await importStoredKey(keys.operator))).toBe(document);
    const other = Object.values(keys.slots).map(({ author }) => author);
    for (const author of other) expect(await verifyDirectory(document, author)).toBeNull();
  });

  test('names who founded each unit, with whom its roster begins', async () => {
    expect(directory.units.map(({ id }) => id).sort()).toEqual([keys.unit, keys.other].sort());
    expect(rosters.length).toBeGreaterThan(0);
    for (const { unit, roster } of rosters) {
      const founder = directory.units.find(({ id }) => id === unit)?.founder;
      const read = parseRoster(fromBase64url(roster));
      if (!founder || !read) throw new Error('It is the roster of no unit.');
      const entries = read.entries.map((wire) => must(parseEntry(wire)));
      const folded = must(await foldRosterEntries(unit, entries, { founder, endpoints: [directory] }));
      expect(folded && (await provedAsOf(unit, entries, folded, read.proof))).not.toBeNull();
    }
  });
});

test('sizes, and the one text of a value, are as they were', async () => {
  expect(await makeSizes()).toEqual(readGolden('sizes'));
});
