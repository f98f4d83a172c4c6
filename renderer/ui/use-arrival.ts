import { type RefObject, useEffect, useRef } from 'react';

/**
 * For the heading of a screen: whoever goes there by a key or a command is taken to its beginning.
 * @param arrival another number each time that somebody goes there so; 0 where nobody did
 */
export function useArrival(arrival: number): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (arrival) heading.current?.focus();
  }, [arrival]);
  return heading;
}
