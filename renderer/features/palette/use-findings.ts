import { useEffect, useMemo, useState } from 'react';
import { actionOf, runAction, useActions } from '#renderer/state/action-store.ts';
import { findCases } from '#renderer/state/queue-query.ts';
import { openCase } from '#renderer/state/screen-store.ts';
import { type ActionId, actionIds, hintOf, shortcuts } from '#renderer/state/shortcut-list.ts';
import { saySubjects } from '#renderer/words/subjects.ts';
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

function useCases(text: string): readonly Found[] {
  const [cases, setCases] = useState<readonly Found[]>([]);
  useEffect(() => {
    let wanted = true;
    const search = text.trim() ? findCases(text) : Promise.resolve([]);
    search.then(
      (rows) => {
        if (!wanted) return;
        const found = rows.map(
          (row): Found => ({
            id: row.id,
            sort: 'Case',
            label: `${row.reference}  ${saySubjects(row.subject)}`,
            note: statuses[row.status],
            keys: null,
            run: () => void openCase(row.id),
          }),
        );
        setCases(found);
      },
      () => wanted && setCases([]),
    );
    return () => {
      wanted = false;
    };
  }, [text]);
  return cases;
}

/** Cases first when something is typed; the actions that the screen offers otherwise. */
export function useFindings(text: string): readonly Found[] {
  const cases = useCases(text);
  const offered = useActions((state) => state.offered);
  const actions = useMemo(
    () =>
      actionIds
        .filter((id) => !shortcuts[id].keysOnly && offered.some((actions) => actions[id]))
        .filter((id) => matches(shortcuts[id].label, text))
        .map(toFound),
    [offered, text],
  );
  return [...cases, ...actions];
}
