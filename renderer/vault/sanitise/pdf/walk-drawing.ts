import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFString,
} from '@cantoo/pdf-lib';
import { drawingKeys, namedKeys, pageKeys, resourceKeys, textKeys } from './page-keys.ts';

/**
 * What a dictionary is for, which says what keys it may have. `named`: any, because the content chose them. `hollow`:
 * any, but nothing in them: property lists hold layers, and text that describes.
 */
type Role = 'page' | 'resources' | 'named' | 'hollow' | 'drawing';

/** What to do with what a drawing does not need. */
export interface DrawingVisitor {
  /** An entry that has no place there. */
  entry(dict: PDFDict, key: PDFName, hollow: boolean): void;
  /** A text string in an array. */
  text(array: PDFArray, index: number): void;
  /** A colour profile: made by a person's device, and dated. */
  profile(array: PDFArray): void;
  stream(stream: PDFRawStream): void;
}

export const nameOf = (name: PDFName): string => name.asString().slice(1);
export const isNamed = (object: PDFObject | undefined, name: string): boolean =>
  object instanceof PDFName && nameOf(object) === name;
const isText = (object: PDFObject | undefined): object is PDFString | PDFHexString =>
  object instanceof PDFString || object instanceof PDFHexString;

const allowed = (role: Role, key: string): boolean => {
  switch (role) {
    case 'page':
      return pageKeys.has(key);
    case 'resources':
      return resourceKeys.has(key);
    case 'drawing':
      return drawingKeys.has(key);
    case 'named':
    case 'hollow':
      return true;
  }
};

function roleBelow(role: Role, key: string): Role {
  if (role === 'resources') return key === 'Properties' ? 'hollow' : key === 'ProcSet' ? 'drawing' : 'named';
  if (role === 'named' || role === 'hollow') return 'drawing';
  if (key === 'Resources') return 'resources';
  return namedKeys.has(key) ? 'named' : 'drawing';
}

const isEmpty = (object: PDFObject | undefined): boolean => object instanceof PDFDict && object.entries().length === 0;
/** "Adobe", "Japan1", "Identity": the name of a set of characters. */
const isPlainText = (key: string, object: PDFObject | undefined): boolean =>
  textKeys.has(key) && isText(object) && /^[\w-]{0,40}$/.test(object.decodeText());

const fits = (role: Role, key: string, object: PDFObject | undefined): boolean =>
  allowed(role, key) &&
  (role !== 'hollow' || isEmpty(object)) &&
  (!isText(object) || (role === 'drawing' && isPlainText(key, object)));

/** Everything that a page is drawn from, each thing once in each role. Ends on any file, and needs no deep stack. */
export function walkDrawing(context: PDFContext, page: PDFDict, visitor: DrawingVisitor): ReadonlySet<PDFRef> {
  const reached = new Set<PDFRef>();
  const seen = new Map<PDFObject, Set<Role>>();
  const todo: [PDFObject, Role][] = [[page, 'page']];

  // Anything may stand elsewhere and be referred to.
  const resolved = (object: PDFObject | undefined) => (object instanceof PDFRef ? context.lookup(object) : object);
  const inDict = (dict: PDFDict, role: Role): void => {
    for (const [key, value] of dict.entries()) {
      const name = nameOf(key);
      if (!fits(role, name, resolved(value))) visitor.entry(dict, key, role === 'hollow');
      const left = dict.get(key);
      if (left) todo.push([left, roleBelow(role, name)]);
    }
  };
  const inArray = (array: PDFArray): void => {
    if (isNamed(resolved(array.get(0)), 'ICCBased')) visitor.profile(array);
    // The colours of a palette are written as a string.
    const palette = isNamed(resolved(array.get(0)), 'Indexed') ? 3 : -1;
    for (let index = 0; index < array.size(); index += 1) {
      if (isText(resolved(array.get(index))) && index !== palette) visitor.text(array, index);
      todo.push([array.get(index), 'drawing']);
    }
  };

  for (let next = todo.pop(); next; next = todo.pop()) {
    const [object, role] = next;
    const roles = seen.get(object) ?? new Set();
    if (roles.has(role)) continue;
    seen.set(object, roles.add(role));
    if (object instanceof PDFRef) {
      reached.add(object);
      const target = context.lookup(object);
      if (target) todo.push([target, role]);
    } else if (object instanceof PDFArray) inArray(object);
    else if (object instanceof PDFDict) inDict(object, role);
    else if (object instanceof PDFRawStream) {
      visitor.stream(object);
      inDict(object.dict, role);
    }
  }
  return reached;
}
