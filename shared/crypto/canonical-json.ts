import canonicalize from 'canonicalize';
import { type Bytes, utf8 } from './encoding.ts';

/** Half of a surrogate pair is no character, and JSON that others read cannot hold it: U+FFFD stands in its place. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key.toWellFormed(), wellFormed(each)]));
}

/** The one text of a JSON value (RFC 8785). What is undefined is left out. @throws Error when it is no JSON value */
function toCanonicalJson(value: unknown): string {
  const text = canonicalize(wellFormed(value));
  if (text === undefined) throw new TypeError('This is no JSON value.');
  return text;
}

export const toCanonicalBytes = (value: unknown): Bytes => utf8(toCanonicalJson(value));

/** Lists and objects within each other. No event comes near; how many a stack can take, each computer would answer for itself. */
const mostNested = 64;

const isWithin = (value: unknown, levels: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((each) => isWithin(each, levels - 1)));

/** Whether keys stand in their one order, and characters are whole: then JSON has only one text without spaces to give. */
function isInOrder(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  const keys = Array.isArray(value) ? [] : Object.keys(value);
  return (
    keys.every((key, index) => key.isWellFormed() && (keys[index - 1] ?? '') <= key) &&
    Object.values(value).every(isInOrder)
  );
}

/** Asked of whatever is read, mostly of what is canonical: `canonicalize` looks at each character. */
const isCanonical = (value: unknown, text: string): boolean =>
  (isInOrder(value) ? JSON.stringify(value) : canonicalize(value)) === text;

/**
 * The value of a canonical text.
 * @throws SyntaxError when the text is no JSON, is not the one text of its value, or is nested too deep
 */
export function fromCanonicalJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!isWithin(value, mostNested)) throw new SyntaxError('Nested too deep.');
  if (!isCanonical(value, text)) throw new SyntaxError('Not canonical JSON.');
  return value;
}
