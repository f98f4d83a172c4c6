import Box from '@mui/material/Box';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { flushSync } from 'react-dom';
import { offerActions } from '#renderer/state/action-store.ts';
import { type CaseView, useCase } from '#renderer/state/case-store.ts';
import { editDraft, useDrafts } from '#renderer/state/draft-store.ts';
import { notify } from '#renderer/state/notice-store.ts';
import { openCaseAhead } from '#renderer/state/recording-store.ts';
import { ariaKeysOf, hintOf } from '#renderer/state/shortcut-list.ts';
import { goToStep, selectInNarrative, setWide, showTab, useSelection } from '#renderer/state/step-store.ts';
import { counted } from '#renderer/ui/counted.ts';
import { ReasonedButton } from '#renderer/ui/reasoned-button.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { stands } from '#shared/domain/event/revocable.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { toShape } from '../form/to-shape.ts';
import { useCaseAhead } from '../form/use-form.ts';
import { blankItem, type ItemForm } from '../steps/items-step.tsx';
import { NarrativeText } from './narrative-text.tsx';
import { placeCaret, type Stretch, selectedIn, trimSelection } from './stretches.ts';

/** The items that stand, and the one that is being made. */
function useStretches(view: CaseView): readonly Stretch[] {
  const draft = useDrafts((store) => store.drafts.items?.value);
  const state = useCaseAhead() ?? view.state;
  return useMemo(() => {
    const items = state.items.flatMap((item, index) =>
      stands(item) ? [{ number: index + 1, start: item.start, end: item.end }] : [],
    );
    const { start, end } = toShape<ItemForm>(blankItem, draft);
    return start && end ? [...items, { number: null, start: Number(start), end: Number(end) }] : items;
  }, [state, draft]);
}

/** In one column it may stand in a tab that is not shown. */
function shown<Root extends HTMLElement | null>(root: Root): Root {
  if (root && !root.checkVisibility()) flushSync(() => showTab('referral'));
  return root;
}

/** The narrative takes the focus; its caret begins after the item made last, where the next one will be. */
function goOnReading(root: HTMLElement | null): void {
  root?.focus();
  const ahead = openCaseAhead();
  const text = ahead?.referral.report.narrative ?? '';
  const last = ahead?.items.findLast(stands);
  if (root && last && selectedIn(root, text)?.end === 0) placeCaret(root, text, last.end);
}

/** What is selected becomes the draft of an item; the form that records it takes the focus. */
function makeItem(root: HTMLElement | null): void {
  // The browser tells of a selection a little after the key that made it: look first.
  const text = useCase.getState().view?.state.referral.report.narrative ?? '';
  const here = root && selectedIn(root, text);
  const selection = here && here.start < here.end ? here : useSelection.getState().selection;
  const chosen = selection && text ? trimSelection(text, selection.start, selection.end) : null;
  if (!chosen) {
    notify('Select text in the narrative first: with the mouse, or with Shift and the arrows.', 'refusal');
    return;
  }
  const before = toShape<ItemForm>(blankItem, useDrafts.getState().drafts.items?.value);
  editDraft('items', { ...before, start: String(chosen.start), end: String(chosen.end) });
  goToStep('items', 'items');
}

function Chosen({ text, onMakeItem }: { readonly text: string; readonly onMakeItem: () => void }) {
  const selection = useSelection((state) => state.selection);
  const chosen = selection && trimSelection(text, selection.start, selection.end);
  const words = chosen && visibleText(text.slice(chosen.start, chosen.end));
  const short = words && words.length > 60 ? `${words.slice(0, 57)}…` : words;
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mt: 1, minHeight: 30 }}>
      <Box
        id="narrative-help"
        sx={{ flex: 1, minWidth: 0, color: 'text.secondary', fontSize: 12, overflowWrap: 'anywhere' }}
      >
        {chosen && short
          ? `Selected, ${counted(chosen.end - chosen.start, 'character', 'characters')}: “${short}”`
          : 'As it was received. Untested. Select what is one item, with the mouse or Shift and the arrows; Enter makes it an item.'}
      </Box>
      <ReasonedButton
        variant="outlined"
        blocked={chosen ? null : 'Select text in the narrative first.'}
        keys={hintOf('makeItem')}
        aria-keyshortcuts={ariaKeysOf('makeItem')}
        onMouseDown={(event) => event.preventDefault()}
        onClick={onMakeItem}
      >
        Make an item
      </ReasonedButton>
    </Box>
  );
}

/** What the reporter said, as recorded, with the items of information highlighted in place. */
export function Narrative({ view }: { readonly view: CaseView }) {
  const text = view.state.referral.report.narrative;
  const root = useRef<HTMLDivElement>(null);
  const stretches = useStretches(view);
  useLayoutEffect(
    () =>
      offerActions({
        readNarrative: {
          run: () => {
            flushSync(() => setWide(false));
            goOnReading(shown(root.current));
          },
        },
        makeItem: { run: () => makeItem(root.current) },
      }),
    [],
  );
  const follow = useCallback(() => {
    const selected = root.current && selectedIn(root.current, text);
    // Elsewhere in the document: what was selected here stays chosen until it changes here.
    if (selected) selectInNarrative(selected.start < selected.end ? selected : null);
  }, [text]);
  useEffect(() => {
    document.addEventListener('selectionchange', follow);
    return () => document.removeEventListener('selectionchange', follow);
  }, [follow]);
  return (
    <Section
      title="Narrative"
      aside={stretches.length > 0 ? counted(stretches.length, 'item marked', 'items marked') : undefined}
    >
      <NarrativeText text={text} stretches={stretches} textRef={root} onMakeItem={() => makeItem(root.current)} />
      <Chosen text={text} onMakeItem={() => makeItem(root.current)} />
    </Section>
  );
}
