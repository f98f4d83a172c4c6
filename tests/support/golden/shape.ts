/*
 * The shape of values: which fields there are, and of what kind. Where fields are named by ids or by people's names, one stands
 * for all.
 */

const isId = (name: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-|^[A-Za-z0-9_-]{43}(\.|$)|^PA-\d+$|^\d+$/.test(name);

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
};

/** A list of which the parts differ in kind has a meaning at each place. */
function listOf(values: readonly unknown[]): string {
  const kinds = values.map(kindOf);
  return new Set(kinds).size > 1 ? kinds.join() : '';
}

/** A path to each part of a value, with its kind. */
function shapeOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) {
    const list = `${path}[${listOf(value)}]`;
    return [list, ...value.flatMap((each) => shapeOf(each, list))];
  }
  if (value === null || typeof value !== 'object') return [`${path}: ${kindOf(value)}`];
  const fields = Object.entries(value);
  return [`${path}{}`, ...fields.flatMap(([name, each]) => shapeOf(each, `${path}.${isId(name) ? '*' : name}`))];
}

/** Of several values of one kind, all that some of them have. */
export const shapesOf = (values: readonly unknown[]): ReadonlySet<string> =>
  new Set(values.flatMap((each) => shapeOf(each)));
