import type { Option } from '#renderer/ui/choice-in.tsx';

interface Entry {
  readonly label: string;
  readonly means?: string;
}

/** The entries of a table, to choose from, in its order. */
export const optionsOf = <Id extends string>(
  table: Readonly<Record<Id, Entry>>,
  ids?: readonly Id[],
): readonly Option<Id>[] =>
  (ids ?? (Object.keys(table) as Id[])).map((value) => {
    const { label, means } = table[value];
    return means ? { value, label, means } : { value, label };
  });
