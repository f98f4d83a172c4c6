import { useState } from 'react';
import type { Report } from '#shared/domain/report/report.ts';
import type { TreatedMark } from '#shared/domain/sanitising/exposure.ts';
import { isOpen, type SanitiseForm, sameWords } from './sanitise-form.ts';

export interface MarkWalk {
  /** The same words are dealt with once, wherever they stand. */
  readonly distinct: readonly TreatedMark[];
  /** In hand; null when there is no mark. */
  readonly current: TreatedMark | null;
  readonly number: number;
  readonly open: number;
  readonly places: number;
  readonly goTo: (mark: TreatedMark) => void;
  /** To the next that is open. @param dealtWith once the one in hand is; false when none is left */
  readonly next: (dealtWith?: boolean) => boolean;
  readonly previous: () => void;
}

/** One mark after the other: which is in hand, and which comes next. */
export function useMarkWalk(marks: readonly TreatedMark[]): MarkWalk {
  const [words, setWords] = useState<string | null>(null);
  const distinct = marks.filter((mark, index) => marks.findIndex(({ text }) => sameWords(text, mark.text)) === index);
  const chosen = distinct.findIndex(({ text }) => words !== null && sameWords(text, words));
  const at = chosen >= 0 ? chosen : Math.max(0, distinct.findIndex(isOpen));
  const current = distinct[at] ?? null;
  const goTo = ({ text }: TreatedMark) => setWords(text);
  const after = [...distinct.slice(at + 1), ...distinct.slice(0, at)];
  const next = (dealtWith = false) => {
    // Words that were put in place of a mark may be one themselves.
    const again = current && isOpen(current) ? current : null;
    const found = after.find(isOpen) ?? (dealtWith ? again : after[0]);
    if (found) goTo(found);
    return Boolean(found);
  };
  return {
    ...{ distinct, current, number: at + 1, goTo, next },
    open: distinct.filter(isOpen).length,
    places: current ? marks.filter(({ text }) => sameWords(text, current.text)).length : 0,
    previous: () => {
      const before = after.at(-1);
      if (before) goTo(before);
    },
  };
}

/** What the marks of a form are worked with. */
export interface MarkProps {
  readonly walk: MarkWalk;
  readonly value: SanitiseForm;
  /** Of the narrative. */
  readonly language: Report['language'];
  readonly change: (change: Partial<SanitiseForm>) => void;
}
