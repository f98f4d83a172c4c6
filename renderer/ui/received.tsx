import { dayAndPart, nearDayAndPart } from './time.ts';
import { useNow } from './use-now.ts';

/** When a referral came: the day and the part of it, on the screen, on hover and in the page's own markup. */
export function Received({ at }: { readonly at: string }) {
  const now = useNow();
  const moment = Date.parse(at);
  return <span title={dayAndPart(moment)}>{nearDayAndPart(moment, now)}</span>;
}
