/** What a form says to one input: `<TextIn label="Reference" {...field('reference')} />`. */
export interface Field<Value> {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly problem: string | null;
}

/** Where inputs write: a form, a record within it, or a row of a list in it. */
export interface FormPart<Value> {
  readonly value: Value;
  readonly set: (value: Value) => void;
  /** What to say beside a field, by its place in the event, from here down. */
  readonly problem: (path: string) => string | null;
}

type NameIn<Value> = keyof Value & string;

/** Binds an input to a field. `at`: where the event has it, when that is elsewhere. */
export type Fields<Value> = <Name extends NameIn<Value>>(name: Name, at?: string) => Field<Value[Name]>;

export const fieldsOf =
  <Value extends object>({ value, set, problem }: FormPart<Value>): Fields<Value> =>
  (name, at = name) => ({
    value: value[name],
    onChange: (part) => set({ ...value, [name]: part }),
    problem: problem(at),
  });

/** A record or a list within, as a part of its own. */
export function partIn<Value extends object, Name extends NameIn<Value>>(
  { value, set, problem }: FormPart<Value>,
  name: Name,
): FormPart<Value[Name]> {
  return {
    value: value[name],
    set: (part) => set({ ...value, [name]: part }),
    problem: (path) => problem(`${name}.${path}`),
  };
}

export interface Row<Value> {
  readonly value: Value;
  readonly field: Fields<Value>;
  readonly remove: () => void;
}

/** Rows that are written and taken off one by one. */
export const rowsOf = <Value extends object>({ value: rows, set, problem }: FormPart<readonly Value[]>) =>
  rows.map(
    (value, index): Row<Value> => ({
      value,
      field: fieldsOf({
        value,
        set: (row) => set(rows.with(index, row)),
        problem: (path) => problem(`${index}.${path}`),
      }),
      remove: () => set(rows.toSpliced(index, 1)),
    }),
  );
