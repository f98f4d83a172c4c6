import { absolute, near } from './time.ts';
import { useNow } from './use-now.ts';

/** A moment: short on the screen, whole on hover. */
export function When({ at, full = false }: { readonly at: string; readonly full?: boolean }) {
  const now = useNow();
  const moment = Date.parse(at);
  return (
    <time dateTime={at} title={absolute(moment)}>
      {full ? absolute(moment) : near(moment, now)}
    </time>
  );
}
