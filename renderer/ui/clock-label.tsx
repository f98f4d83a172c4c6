import type { Tone } from './palette.ts';
import { countdown, deadline, longDay, shortDay } from './time.ts';
import { ToneLabel } from './tone-label.tsx';
import { useNow } from './use-now.ts';

/** Something that runs out, under its name: at an instant, or on a day and at no time of it. */
export interface NamedClock {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly due: number;
  /** `2026-11-21`. */
  readonly day: string | null;
}

/** "IOPC due Sun 22 Nov, 23:59 (26 h left)"; "was due" after it. */
export function sayClock({ name, due, day }: NamedClock, now: number): string {
  if (day) return `${name} due on ${longDay(day)}`;
  return `${name} ${due < now ? 'was due' : 'due'} ${deadline(due, now)}`;
}

const sayDay = (name: string, day: string, isDue: boolean): string =>
  isDue ? `${name} due` : `${name} ${shortDay(day)}`;

interface Props {
  readonly clock: NamedClock;
  readonly tone: Tone;
  /** With the moment, where there is room for it. */
  readonly full?: boolean;
  readonly title?: string;
}

/** "IOPC 26 h left", "Review due", "Review 12 Jan 2027". What is due on a day that is to come draws no look. */
export function ClockLabel({ clock, tone, full = false, title }: Props) {
  const now = useNow();
  const { name, due, day } = clock;
  const whole = title ?? sayClock(clock, now);
  if (day && tone === 'plain') {
    return (
      <span className="muted" title={whole}>
        {sayDay(name, day, false)}
      </span>
    );
  }
  const words = day ? sayDay(name, day, true) : `${name} ${countdown(due, now)}`;
  return (
    <ToneLabel tone={tone} title={whole}>
      {full ? whole : words}
    </ToneLabel>
  );
}
