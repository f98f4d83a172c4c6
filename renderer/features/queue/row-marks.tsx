import type { ReactNode } from 'react';
import type { QueueRow } from '#renderer/state/queue-store.ts';
import { counted } from '#renderer/ui/counted.ts';
import { hidden } from '#renderer/ui/hidden.ts';

const shapes = {
  /** A paper clip. */
  attachments: (
    <path d="M10.6 6.1 6.4 10.3a1.5 1.5 0 0 1-2.1-2.1l4.9-4.9a2.5 2.5 0 0 1 3.5 3.5l-5 5a3.5 3.5 0 0 1-5-5l4.3-4.3" />
  ),
  /** One sheet upon another. */
  repeats: <path d="M2 5h7v7.5H2zM5 5V1.5h7V9H9" />,
} as const;

interface MarkProps {
  readonly shape: ReactNode;
  readonly count: number;
  readonly words: string;
}

function Mark({ shape, count, words }: MarkProps) {
  return (
    <span className="row-mark" title={words}>
      <svg viewBox="0 0 14 14" aria-hidden>
        {shape}
      </svg>
      <span aria-hidden>{count}</span>
      <span style={hidden}>{words}.</span>
    </span>
  );
}

/** What else there is: attachments, and other referrals of the same subject. */
export function RowMarks({ row: { attachments, repeats = 0 } }: { readonly row: QueueRow }) {
  return (
    <>
      {repeats > 0 && (
        <Mark
          shape={shapes.repeats}
          count={repeats}
          words={`Same name or collar number, or linked: ${counted(repeats, 'other referral', 'other referrals')}`}
        />
      )}
      {attachments > 0 && (
        <Mark
          shape={shapes.attachments}
          count={attachments}
          words={counted(attachments, 'attachment', 'attachments')}
        />
      )}
    </>
  );
}
