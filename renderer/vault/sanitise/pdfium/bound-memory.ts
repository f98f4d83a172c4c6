import type { Bytes } from '#shared/crypto/encoding.ts';

/* A WebAssembly module as it is stored (core specification, 5.5): sections of a number, a length and a body. */
const headerLength = 8;
const memorySection = 5;
/** The first bit: the memory has a maximum. */
const hasMaximum = 1;
const bytesInPage = 65_536;

interface Encoded {
  readonly value: number;
  readonly end: number;
}

/** An unsigned number in groups of seven bits, the lowest first. */
function readNumber(bytes: Bytes, start: number): Encoded {
  let value = 0;
  for (let at = start; ; at += 1) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * 128 ** (at - start);
    if (byte < 0x80) return { value, end: at + 1 };
  }
}

/** In as many bytes as there were: the section keeps its length. */
function writeNumber(bytes: Bytes, start: number, end: number, value: number): void {
  if (value >= 128 ** (end - start)) throw new Error('The maximum needs more bytes than there are.');
  for (let at = start; at < end; at += 1) {
    const group = Math.floor(value / 128 ** (at - start)) & 0x7f;
    bytes[at] = at === end - 1 ? group : group | 0x80;
  }
}

function findMemory(bytes: Bytes): number {
  for (let at = headerLength; at < bytes.length; ) {
    const section = bytes[at];
    const { value: length, end: body } = readNumber(bytes, at + 1);
    if (section === memorySection) return body;
    at = body + length;
  }
  throw new Error('The module declares no memory.');
}

/**
 * The module with another maximum of memory, which the engine enforces: `memory.grow` fails beyond it, whoever asks. A module
 * that exports its memory, as PDFium does, takes no smaller one from outside.
 * @param most in bytes
 */
export function boundMemory(module: Bytes, most: number): Bytes {
  const bounded = module.slice();
  const { value: memories, end: flags } = readNumber(bounded, findMemory(bounded));
  if (memories !== 1 || bounded[flags] !== hasMaximum)
    throw new Error('The module does not have one memory with a maximum.');
  const initial = readNumber(bounded, flags + 1);
  const pages = Math.floor(most / bytesInPage);
  if (initial.value > pages) throw new Error('The module begins with more memory than it may have.');
  writeNumber(bounded, initial.end, readNumber(bounded, initial.end).end, pages);
  return bounded;
}
