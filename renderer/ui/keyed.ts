/** Each with a key of its own for React, though two say the same: one that has the key of another may not be shown. */
export function keyed<Each>(
  list: readonly Each[],
  textOf: (each: Each) => string,
): readonly { readonly key: string; readonly each: Each }[] {
  const seen = new Map<string, number>();
  return list.map((each) => {
    const text = textOf(each);
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return { key: `${text} ${count}`, each };
  });
}
