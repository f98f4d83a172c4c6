import { useEffect, useMemo, useState } from 'react';
import { actionOf, runAction, useActions } from '#renderer/state/action-store.ts';
import { findCases } from '#renderer/state/queue-query.ts';
import { openCase } from '#renderer/state/screen-store.ts';
import { type ActionId, actionIds, hintOf, shortcuts } from '#renderer/state/shortcut-list.ts';
import { saySubjectsShort } from '#renderer/words/subjects.ts';
import { statuses } from '#shared/domain/case/case-state.ts';
import { foldText } from '#shared/kernel/folded-text.ts';

/** One thing that can be chosen in the palette. */
export interface Found {
  readonly id: string;
  readonly sort: 'Case' | 'Do';
  readonly label: string;
  readonly note: string | null;
  readonly keys: string | null;
  readonly run: () => void;
}

const toFound = (id: ActionId): Found => ({
  id,
  sort: 'Do',
  label: shortcuts[id].label,
  note: actionOf(id)?.blocked ? 'Not now' : null,
  keys: hintOf(id) || null,
  run: () => void runAction(id),
});

/** Every word begins a word of the label. */
function matches(label: string, text: string): boolean {
  const words = foldText(label).split(/\s+/);
  const wanted = foldText(text).trim().split(/\s+/);
  return wanted.every((part) => words.some((word) => word.startsWith(part)));
}

const caseFound = (row: Awaited<ReturnType<typeof findCases>>[number]): Found => ({
  id: row.id,
  sort: 'Case',
  label: `${row.reference}  ${saySubjectsShort(row.subject)}`,
  note: statuses[row.status],
  keys: null,
  run: () => void openCase(row.id),
});

interface Answer {
  /** What was asked for. */
  readonly text: string;
  readonly cases: readonly Found[];
  readonly failed: boolean;
}

/** The last answer that came, which may be to what was typed before. */
function useCases(text: string): Answer {
  const [answer, setAnswer] = useState<Answer>({ text: '', cases: [], failed: false });
  useEffect(() => {
    let wanted = true;
    const search = text.trim() ? findCases(text) : Promise.resolve([]);
    search.then(
      (rows) => wanted && setAnswer({ text, cases: rows.map(caseFound), failed: false }),
      () => wanted && setAnswer({ text, cases: [], failed: true }),
    );
    return () => {
      wanted = false;
    };
  }, [text]);
  return answer;
}

export interface Findings {
  readonly found: readonly Found[];
  /** `waiting` while the cases are still those of what was typed before. */
  readonly answer: 'waiting' | 'come' | 'failed';
}

/** Cases first when something is typed; the actions that the screen offers otherwise. */
export function useFindings(text: string): Findings {
  const { cases, failed, text: asked } = useCases(text);
  const offered = useActions((state) => state.offered);
  const actions = useMemo(
    () =>
      actionIds
        .filter((id) => !shortcuts[id].keysOnly && offered.some((actions) => actions[id]))
        .filter((id) => matches(shortcuts[id].label, text))
        .sort((a, b) => Number(shortcuts[a].last ?? false) - Number(shortcuts[b].last ?? false))
        .map(toFound),
    [offered, text],
  );
  const come = failed ? 'failed' : 'come';
  return { found: [...cases, ...actions], answer: asked === text ? come : 'waiting' };
}
