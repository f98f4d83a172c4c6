import { describe, expect, test } from 'vitest';
import { fromBase64, fromBase64url, toBase64url, utf8 } from '#shared/crypto/encoding.ts';
import { generateSigningKey, importSigningKey, sign } from '#shared/crypto/signing.ts';
import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';
import { formatCheckpoint, originOf, parseCheckpoint } from '#shared/log/tree/checkpoint.ts';
import { formatNote, keyIdOf, type Note, parseNote, signatureTypes } from '#shared/log/tree/note.ts';
import {
  cosign,
  linesOf,
  type NoteSigner,
  parseCosignature,
  verifyCosignature,
  verifyPlain,
} from '#shared/log/tree/note-signature.ts';
import { signCheckpoint, verifySeen, verifySignedCheckpoint } from '#shared/log/tree/signed-checkpoint.ts';
import { emptyRoot, hashLeaf } from '#shared/log/tree/tree-hash.ts';
import vectors from './fixtures/log-tree/notes.json' with { type: 'json' };

const unit = '10000000-0000-4000-8000-000000000001' as UnitId;
const origin = `probity/${unit}`;
const root = hashLeaf(utf8('leaf'));
const text = formatCheckpoint({ origin, size: 3, root });
const now = 1_795_000_000;

async function aKey() {
  const { author, pkcs8 } = await generateSigningKey();
  return importSigningKey(author, pkcs8);
}

/** A key as other implementations write it: name, key id and, behind a byte for the type, the key. */
function parseVerifierKey(verifierKey: string) {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(verifierKey) ?? [];
  const bytes = fromBase64(encoded);
  const key = bytes.slice(1);
  const signer = { name, type: bytes[0] as NoteSigner['type'], key: toBase64url(key) as AuthorKey };
  return { signer, keyId: Number.parseInt(id, 16), computed: keyIdOf(name, bytes[0] as number, key) };
}

function parsed(input: string): Note {
  const note = parseNote(input);
  if (!note.ok) throw new Error(JSON.stringify(note.error));
  return note.value;
}

describe('published notes', () => {
  test.each(vectors.plain)('$source', async ({ verifierKeys, note: published }) => {
    const note = parsed(published);
    expect(formatNote(note)).toBe(published);
    expect(note.signatures).toHaveLength(verifierKeys.length);
    for (const each of verifierKeys) {
      const { signer, keyId, computed } = parseVerifierKey(each);
      expect(computed).toBe(keyId);
      expect(signer.type).toBe(signatureTypes.ed25519);
      const [line, ...more] = linesOf(signer, note.signatures);
      if (!line) throw new Error('no line of this key');
      expect(more).toEqual([]);
      expect(await verifyPlain(signer, note.text, line)).toBe(true);
      expect(await verifyPlain(signer, `${note.text}\n`, line)).toBe(false);
      expect(linesOf({ ...signer, name: 'another' }, note.signatures)).toEqual([]);
    }
  });

  test('a checkpoint that four public witnesses cosigned verifies by each of them, at their time', async () => {
    const { note: published, verifierKeys, logKey } = vectors.witnessed;
    const note = parsed(published);
    expect(formatNote(note)).toBe(published);
    const checkpoint = parseCheckpoint(note.text);
    expect(checkpoint).toMatchObject({ ok: true, value: { size: 1_432_088_532, origin: note.signatures[0]?.name } });
    for (const each of verifierKeys) {
      const { signer, keyId, computed } = parseVerifierKey(each);
      expect(computed).toBe(keyId);
      expect(signer.type).toBe(signatureTypes.timestampedEd25519);
      const [line] = linesOf(signer, note.signatures);
      const cosignature = parseCosignature(line?.signature ?? new Uint8Array());
      if (!cosignature) throw new Error('no cosignature');
      expect(new Date(cosignature.time * 1000).toISOString()).toBe('2026-05-23T21:50:24.000Z');
      expect(await verifyCosignature(signer.key, note.text, cosignature)).toBe(true);
      const later = { ...cosignature, time: cosignature.time + 1 };
      expect(await verifyCosignature(signer.key, note.text, later)).toBe(false);
    }
    const { signer: log, keyId, computed } = parseVerifierKey(logKey);
    expect(computed).toBe(keyId);
    const [line] = linesOf(log, note.signatures);
    expect(line && (await verifyPlain(log, note.text, line))).toBe(true);
  });

  test('the time of a cosignature is read as others read it', () => {
    const { line, time, plainLine } = vectors.timestamp;
    expect(parseCosignature(fromBase64(line).slice(4))?.time).toBe(time);
    expect(parseCosignature(fromBase64(plainLine).slice(4))).toBeNull();
    expect(parseCosignature(new Uint8Array(72).fill(0xff))).toBeNull();
  });
});

describe('notes that are none', () => {
  const [peter] = vectors.plain[1]?.note.split('\n').slice(3) ?? [];
  const body = 'If you think cryptography is the answer to your problem,\n';
  const line = `${peter}\n`;
  const fault = (part: string) => ({ ok: false, error: { code: 'note-malformed', params: { part } } });

  test.each<[unknown, string]>([
    // The first seven: golang.org/x/mod, sumdb/note/note_test.go.
    [body, 'form'],
    [`${body}\n`, 'line'],
    [`${body}\n${line.slice(0, -1)}`, 'form'],
    [`\u0001${body}\n${line}`, 'form'],
    [`\udcff${body}\n${line}`, 'form'],
    [`${body}\n${line.replace('PeterNeumann', 'Bad Name')}`, 'line'],
    [`${body}\n${line}Unexpected line.\n`, 'line'],
    [`${body}\n${line.replace('PeterNeumann', 'a+b')}`, 'line'],
    [`${body}\n${line.replace('PeterNeumann', 'a\u0085b')}`, 'form'],
    [`${body}\n${line.replace('PeterNeumann', 'a\u00a0b')}`, 'line'],
    [`${body}\n${line.replace('PeterNeumann', '')}`, 'line'],
    [`${body}\n${line.replace('\u2014', '-')}`, 'line'],
    [`${body}\n${line.replace('AM=\n', 'AN=\n')}`, 'line'],
    [`${body}\n${line.replace('AM=\n', 'AM\n')}`, 'line'],
    [`${body}\n\u2014 a AAAAAA==\n`, 'line'],
    [`${body}\r\n\n${line}`, 'form'],
    [`\n${line}`, 'form'],
    [`${body}\n${line.repeat(65)}`, 'signatures'],
    [`${body.repeat(5_000)}\n${line}`, 'form'],
    ['', 'form'],
    [null, 'form'],
    [{ text: body }, 'form'],
  ])('%j', (input, part) => {
    expect(parseNote(input)).toEqual(fault(part));
  });

  test('sixteen large signatures of others are taken, and a text with empty lines', () => {
    const signatures = Array.from({ length: 16 }, (_, n) => ({
      name: `w${n}`,
      keyId: n,
      signature: new Uint8Array(5_000),
    }));
    const note = { text: 'a\n\nb\n', signatures };
    expect(parsed(formatNote(note))).toEqual(note);
  });
});

describe('checkpoints', () => {
  const fault = (part: string) => ({ ok: false, error: { code: 'checkpoint-malformed', params: { part } } });
  const encoded = text.split('\n')[2];

  test('are three lines: whose log, how long, its root', () => {
    expect(originOf(unit)).toBe(origin);
    expect(text).toBe(`${origin}\n3\n${Buffer.from(root).toString('base64')}\n`);
    expect(parseCheckpoint(text)).toEqual({ ok: true, value: { origin, size: 3, root } });
  });

  test.each<[string, string]>([
    ['', 'lines'],
    [text.slice(0, -1), 'lines'],
    [`${text}an extension\n`, 'lines'],
    [`${text}\n`, 'lines'],
    [`\n3\n${encoded}\n`, 'lines'],
    [`${origin}\n03\n${encoded}\n`, 'size'],
    [`${origin}\n+3\n${encoded}\n`, 'size'],
    [`${origin}\n3 \n${encoded}\n`, 'size'],
    [`${origin}\n\n${encoded}\n`, 'size'],
    [`${origin}\n-1\n${encoded}\n`, 'size'],
    [`${origin}\n1e3\n${encoded}\n`, 'size'],
    [`${origin}\n9007199254740992\n${encoded}\n`, 'size'],
    [`${origin}\n0\n${encoded}\n`, 'root'],
    [`${origin}\n3\n${encoded?.slice(4)}\n`, 'root'],
    [`${origin}\n3\n${encoded?.replace('=', '')}\n`, 'root'],
    [`${origin}\n3\n\n`, 'root'],
  ])('and not %j', (input, part) => {
    expect(parseCheckpoint(input)).toEqual(fault(part));
  });

  test('of the empty log there is one', () => {
    const empty = formatCheckpoint({ origin, size: 0, root: emptyRoot });
    expect(parseCheckpoint(empty)).toEqual({ ok: true, value: { origin, size: 0, root: emptyRoot } });
  });
});

describe('what the endpoint signs', () => {
  const refused = (why: string) => ({ ok: false, error: { code: 'checkpoint-signature', params: { why } } });

  test('verifies with size, root and time, and as the parts that an entry says it has seen', async () => {
    const key = await aKey();
    const signer = { unit, key: key.author };
    const note = await signCheckpoint({ unit, size: 3, root }, key, now);
    const verified = await verifySignedCheckpoint(note, signer);
    expect(verified).toMatchObject({ ok: true, value: { origin, size: 3, root, time: now } });
    if (!verified.ok) return;
    expect(await verifySeen(verified.value, signer)).toBe(true);
    for (const changed of [{ size: 4 }, { time: now + 1 }, { root: emptyRoot }, { signature: new Uint8Array(64) }]) {
      expect(await verifySeen({ ...verified.value, ...changed }, signer)).toBe(false);
    }
    const other = '10000000-0000-4000-8000-000000000002' as UnitId;
    expect(await verifySeen(verified.value, { ...signer, unit: other })).toBe(false);
    const elsewhere = await verifySignedCheckpoint(note, { ...signer, unit: other });
    expect(elsewhere).toEqual({ ok: false, error: { code: 'checkpoint-other-log', params: {} } });
  });

  test('may carry lines of others, before or behind', async () => {
    const key = await aKey();
    const { text: body, signatures } = parsed(await signCheckpoint({ unit, size: 3, root }, key, now));
    const witness = await cosign('witness.example/w1', await aKey(), body, now + 9);
    // ML-DSA-44: the log's own name, type 0x06, 2,420 bytes behind the time.
    const postQuantum = {
      name: origin,
      keyId: keyIdOf(origin, 6, new Uint8Array(1312)),
      signature: new Uint8Array(2428),
    };
    const note = formatNote({ text: body, signatures: [witness, ...signatures, postQuantum] });
    const verified = await verifySignedCheckpoint(note, { unit, key: key.author });
    expect(verified).toMatchObject({ ok: true, value: { time: now } });
  });

  test('does not verify by another key, over another text, without its line, or with two', async () => {
    const [key, other] = [await aKey(), await aKey()];
    const note = await signCheckpoint({ unit, size: 3, root }, key, now);
    const verify = (input: string, by = key) => verifySignedCheckpoint(input, { unit, key: by.author });
    expect(await verify(note, other)).toEqual(refused('absent'));
    expect(await verify(note.replace('\n3\n', '\n4\n'))).toEqual(refused('wrong'));
    const { text: body, signatures } = parsed(note);
    const again = await cosign(origin, key, body, now + 3600);
    expect(await verify(formatNote({ text: body, signatures: [...signatures, again] }))).toEqual(refused('twice'));
    expect(await verify(formatNote({ text: body, signatures: [await cosign('a', key, body, now)] }))).toEqual(
      refused('absent'),
    );
    const short = signatures.map((each) => ({ ...each, signature: each.signature.slice(1) }));
    expect(await verify(formatNote({ text: body, signatures: short }))).toEqual(refused('form'));
    const extended = `${body}more\n`;
    const signed = formatNote({ text: extended, signatures: [await cosign(origin, key, extended, now)] });
    expect(await verify(signed)).toEqual({
      ok: false,
      error: { code: 'checkpoint-malformed', params: { part: 'lines' } },
    });
  });

  test('needs a time: a plain signature by the same key is another line', async () => {
    const key = await aKey();
    const keyId = keyIdOf(origin, signatureTypes.ed25519, fromBase64url(key.author));
    const signature = await sign(key, utf8(text));
    const plain = { name: origin, keyId, signature };
    expect(await verifyPlain({ name: origin, key: key.author, type: signatureTypes.ed25519 }, text, plain)).toBe(true);
    const verified = await verifySignedCheckpoint(formatNote({ text, signatures: [plain] }), { unit, key: key.author });
    expect(verified).toEqual(refused('absent'));
    await expect(cosign(origin, key, text, 0.5)).rejects.toBeInstanceOf(RangeError);
  });
});
