import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface Finding {
  readonly file: string;
  readonly canary: string;
  readonly encoding: Encoding;
}

const encodings = ['utf8', 'utf16le'] as const;
type Encoding = (typeof encodings)[number];

interface Needle {
  readonly canary: string;
  readonly encoding: Encoding;
  readonly bytes: Buffer;
}

/** Reads every byte of every file below the folder, file names included, and returns where it met a canary. */
export async function scanFolder(dir: string, canaries: readonly string[]): Promise<Finding[]> {
  const needles = needlesOf(canaries);
  const findings: Finding[] = [];
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    findings.push(...found(file, Buffer.from(entry.name), needles));
    if (entry.isFile()) findings.push(...(await scanFile(file, needles)));
  }
  return findings;
}

/** The same for bytes that are no file, such as captured output. */
export const scanBytes = (name: string, bytes: Buffer, canaries: readonly string[]): Finding[] =>
  found(name, bytes, needlesOf(canaries));

const needlesOf = (canaries: readonly string[]): Needle[] =>
  canaries.flatMap((canary) =>
    encodings.map((encoding) => ({ canary, encoding, bytes: Buffer.from(canary, encoding) })),
  );

async function scanFile(file: string, needles: readonly Needle[]): Promise<Finding[]> {
  // What ends one piece is kept before the next, so that a canary across the border is met too.
  const overlap = Math.max(0, ...needles.map(({ bytes }) => bytes.length - 1));
  const remaining = new Set(needles);
  const findings: Finding[] = [];
  let tail: Buffer = Buffer.alloc(0);
  for await (const piece of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    const window = Buffer.concat([tail, piece as Buffer]);
    for (const needle of remaining) {
      if (!window.includes(needle.bytes)) continue;
      remaining.delete(needle);
      findings.push({ file, canary: needle.canary, encoding: needle.encoding });
    }
    tail = window.subarray(Math.max(0, window.length - overlap));
  }
  return findings;
}

const found = (file: string, bytes: Buffer, needles: readonly Needle[]): Finding[] =>
  needles.filter((needle) => bytes.includes(needle.bytes)).map(({ canary, encoding }) => ({ file, canary, encoding }));
