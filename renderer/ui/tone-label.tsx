import type { ReactNode } from 'react';
import type { Tone } from './palette.ts';

const shapes: Readonly<Record<Tone, ReactNode>> = {
  red: <path d="M6 1 11.4 10.6H.6Z" />,
  amber: <path d="M6 .8 11.2 6 6 11.2.8 6Z" />,
  green: <circle cx="6" cy="6" r="4.6" />,
  plain: <circle cx="6" cy="6" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.5" />,
};

interface Props {
  readonly tone: Tone;
  readonly children: ReactNode;
  readonly title?: string | undefined;
  readonly strong?: boolean;
}

/**
 * Colour, shape and word together: none of them has to carry the meaning alone. Plain elements with the classes of
 * theme.ts, because hundreds of them scroll by.
 */
export function ToneLabel({ tone, children, title, strong = tone === 'red' }: Props) {
  return (
    <span title={title} className={`tone-label tone-${tone}${strong ? ' strong' : ''}`}>
      <svg viewBox="0 0 12 12" aria-hidden>
        {shapes[tone]}
      </svg>
      <span>{children}</span>
    </span>
  );
}
