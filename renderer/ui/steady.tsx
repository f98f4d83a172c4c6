import { type ComponentType, memo, useCallback, useLayoutEffect, useRef } from 'react';

const sameList = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((each, index) => Object.is(each, other[index]));

const same = (one: unknown, other: unknown): boolean =>
  Object.is(one, other) || (Array.isArray(one) && Array.isArray(other) && sameList(one, other));

/** Whether an input would look the same: lists count by what is in them. */
function sameLook<Look extends object>(one: Look, other: Look): boolean {
  const names = Object.keys(one) as (keyof Look)[];
  return names.length === Object.keys(other).length && names.every((name) => same(one[name], other[name]));
}

interface Props {
  readonly onChange: (value: never) => void;
}

/**
 * An input that is drawn again only when it would look another: a keystroke in one field of a form costs that field,
 * not all the others. What it calls is always the callback that was given last.
 */
export function steady<Input>(input: Input): Input {
  const Drawn = memo(input as ComponentType<Props>, sameLook);
  function Steady(props: Props) {
    const latest = useRef(props.onChange);
    useLayoutEffect(() => {
      latest.current = props.onChange;
    });
    const onChange = useCallback((value: never) => latest.current(value), []);
    return <Drawn {...props} onChange={onChange} />;
  }
  return Steady as Input;
}
