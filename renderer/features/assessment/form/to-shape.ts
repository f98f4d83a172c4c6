import { isSeen } from '#shared/kernel/visible-text.ts';

/** A form without content: text for whatever is text or an id, and a list with one example of what it holds. */
export type ShapeOf<Value> = Value extends string
  ? string
  : Value extends boolean
    ? boolean
    : Value extends readonly (infer Each)[]
      ? readonly ShapeOf<Each>[]
      : { readonly [Name in keyof Value]: ShapeOf<Value[Name]> };

type Shape = string | boolean | readonly Shape[] | { readonly [name: string]: Shape };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What a draft holds of a form's shape. A draft may have been written by another version: what is of another type is
 * left as the shape has it, and what the form does not know is dropped.
 */
export function toShape<Value>(shape: ShapeOf<Value>, value: unknown): Value {
  return shapePart(shape as Shape, value) as Value;
}

function shapePart(shape: Shape, value: unknown): Shape {
  if (typeof shape === 'string' || typeof shape === 'boolean') {
    return typeof value === typeof shape ? (value as Shape) : shape;
  }
  if (Array.isArray(shape)) {
    const [example] = shape;
    return Array.isArray(value) && example !== undefined ? value.map((each) => shapePart(example, each)) : [];
  }
  const from = isRecord(value) ? value : {};
  return Object.fromEntries(Object.entries(shape).map(([name, part]) => [name, shapePart(part, from[name])]));
}

/** Empty text means: not said. */
export const orNull = (text: string): string | null => (isSeen(text, 1) ? text.trim() : null);
