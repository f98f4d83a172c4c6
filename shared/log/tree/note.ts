import { concat, fromBase64, toBase64, utf8 } from '#shared/crypto/encoding.ts';
import { sha256Now } from '#shared/crypto/sha256-now.ts';
import { type Notice, notice } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

/** One line below a note. Who is meant is the name and the key id together; neither proves anything. */
export interface NoteSignature {
  readonly name: string;
  /** First four bytes of a hash over name, type and key (`keyIdOf`), as a number. */
  readonly keyId: number;
  readonly signature: Uint8Array;
}

/** A text signed by one or more keys (c2sp.org/signed-note). */
export interface Note {
  /** What is signed: ends in a newline. */
  readonly text: string;
  /** Those of unknown keys too: they are kept, and ignored. */
  readonly signatures: readonly NoteSignature[];
}

/** Types of signature, of those that the specification assigns. */
export const signatureTypes = { ed25519: 0x01, timestampedEd25519: 0x04 } as const;

/** `part`: `form` (characters, length, ends), `signatures` (their number) or `line` (one of them). */
export type NoteFault = Notice<'note-malformed'>;

// Sixteen signatures of up to 5 KB must be taken; ours have one, and a few witnesses.
const mostCharacters = 256 * 1024;
const mostSignatures = 64;
const keyIdLength = 4;

const malformed = (part: 'form' | 'signatures' | 'line') => err(notice('note-malformed', { part }));

export const keyIdOf = (name: string, type: number, publicKey: Uint8Array): number =>
  readKeyId(sha256Now(utf8(`${name}\n`), Uint8Array.of(type), publicKey));

const readKeyId = (bytes: Uint8Array): number => new DataView(concat(bytes).buffer).getUint32(0);

const linePattern = /^\u2014 ([^\p{White_Space}+]+) ([A-Za-z0-9+/]+={0,2})$/u;

function parseLine(line: string): NoteSignature | null {
  const [, name = '', encoded = ''] = linePattern.exec(line) ?? [];
  try {
    const bytes = fromBase64(encoded);
    if (bytes.length <= keyIdLength) return null;
    return { name, keyId: readKeyId(bytes), signature: bytes.slice(keyIdLength) };
  } catch {
    return null;
  }
}

/** No control characters but the newline; nothing that is not Unicode, which would be signed as something else. */
const isPlain = (text: string): boolean => text.isWellFormed() && !/[^\n\P{Cc}]/u.test(text);

/** Shape only: says nothing of the signatures. Never throws. */
export function parseNote(input: unknown): Result<Note, NoteFault> {
  if (typeof input !== 'string' || input.length > mostCharacters || !isPlain(input)) return malformed('form');
  const blank = input.lastIndexOf('\n\n');
  if (blank < 1 || !input.endsWith('\n')) return malformed('form');
  const lines = input.slice(blank + 2, -1).split('\n');
  if (lines.length > mostSignatures) return malformed('signatures');
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseLine(line);
    if (!signature) return malformed('line');
    signatures.push(signature);
  }
  return ok({ text: input.slice(0, blank + 1), signatures });
}

function formatLine({ name, keyId, signature }: NoteSignature): string {
  const id = new Uint8Array(keyIdLength);
  new DataView(id.buffer).setUint32(0, keyId);
  return `\u2014 ${name} ${toBase64(concat(id, signature))}\n`;
}

/** The text as it is stored and sent; `parseNote` reads it back. */
export const formatNote = ({ text, signatures }: Note): string => `${text}\n${signatures.map(formatLine).join('')}`;
