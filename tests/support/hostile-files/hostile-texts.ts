import type { HostileFile } from './hostile-file.ts';
import { bytesOf } from './make-pdf.ts';

const mib = 1024 * 1024;
const textOf = (name: string, make: () => Uint8Array): HostileFile => ({
  name: `text: ${name}`,
  type: 'text/plain',
  make,
});
const repeated = (text: string, length = 10 * mib): Buffer => Buffer.alloc(length, text);

/** Texts of other encodings, of one endless line, and of what a program might take for something else. */
export const hostileTexts: readonly HostileFile[] = [
  textOf('one line of ten million letters', () => repeated('a')),
  textOf('ten million line ends', () => repeated('\n')),
  textOf('ten million carriage returns', () => repeated('\r')),
  textOf('ten million spaces', () => repeated(' ')),
  textOf('ten million noughts', () => Buffer.alloc(10 * mib)),
  textOf('letters with a hundred accents each', () => repeated(`a${'\u0301'.repeat(100)}`)),
  textOf('ten million marks of byte order', () => repeated('\ufeff')),
  textOf('marks that turn the direction', () => repeated('\u202e\u2066\u2069')),
  textOf('escapes of a terminal', () => repeated('\u001b[2J\u001b]0;a\u0007')),
  textOf('UTF-16', () => Buffer.from('\ufeffSaid on Thursday.', 'utf16le')),
  textOf('UTF-16 without a mark', () => Buffer.from('Said on Thursday.', 'utf16le')),
  textOf('UTF-32', () => bytesOf(Uint8Array.of(0xff, 0xfe, 0, 0, 0x41, 0, 0, 0))),
  textOf('Latin-1', () => Buffer.from('café', 'latin1')),
  textOf('EBCDIC', () => Buffer.from([0xc8, 0x85, 0x93, 0x93, 0x96])),
  textOf('UTF-7', () => Buffer.from('+ADw-script+AD4-')),
  textOf('overlong letters', () => repeated('\u0000', 1_000).map((_, at) => (at % 2 ? 0x81 : 0xc1))),
  textOf('half of a surrogate', () => Buffer.from([0xed, 0xa0, 0x80])),
  textOf('a letter cut in the middle', () => Buffer.from('café').subarray(0, -1)),
  textOf('five bytes to a letter', () => Buffer.from([0xf8, 0x88, 0x80, 0x80, 0x80])),
  textOf('a formula', () => Buffer.from('=cmd|"/c calc"!A1')),
  textOf('nothing', () => new Uint8Array()),
  textOf('a mark of byte order and nothing', () => Uint8Array.of(0xef, 0xbb, 0xbf)),
];
