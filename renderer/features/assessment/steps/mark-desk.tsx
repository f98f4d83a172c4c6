import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { offerActions } from '#renderer/state/action-store.ts';
import { ariaKeysOf, hintOf } from '#renderer/state/shortcut-list.ts';
import { counted } from '#renderer/ui/counted.ts';
import { KeyOnButton } from '#renderer/ui/keys.tsx';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { ToneLabel } from '#renderer/ui/tone-label.tsx';
import { exposureWords } from '#renderer/words/exposure.ts';
import type { TreatedMark } from '#shared/domain/sanitising/exposure.ts';
import { exposureKinds } from '#shared/domain/sanitising/exposure-kinds.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { keepMark, reopenMark, replaceMark, replacementOf, sameWords, writeReplacement } from './sanitise-form.ts';
import type { MarkProps } from './use-mark-walk.ts';

interface Props extends MarkProps {
  readonly problem: string | null;
  /** Where the focus goes once no mark is open. */
  readonly onDone: () => void;
}

const treatments = {
  open: { tone: 'amber', word: 'Open' },
  resolved: { tone: 'green', word: 'Replaced' },
  dismissed: { tone: 'plain', word: 'Kept' },
} as const;

const isEnter = ({ key, ctrlKey, metaKey, altKey, nativeEvent }: KeyboardEvent): boolean =>
  key === 'Enter' && !(ctrlKey || metaKey || altKey || nativeEvent.isComposing);

/** Marks of the form that somebody is in come first, when several are open. */
function useMarkKeys(actions: { readonly next: () => void; readonly keep: () => void }) {
  const [arrivals, setArrivals] = useState(0);
  const latest = useRef(actions);
  useLayoutEffect(() => {
    latest.current = actions;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: offered anew at each arrival, so that it is the newest
  useLayoutEffect(
    () =>
      offerActions({
        nextMark: { run: () => latest.current.next() },
        keepMark: { run: () => latest.current.keep() },
      }),
    [arrivals],
  );
  return () => setArrivals((before) => before + 1);
}

const focusIn = (desk: RefObject<HTMLElement | null>, field: 'replace' | 'why'): void => {
  const input = desk.current?.querySelector<HTMLInputElement>(`[data-field=${field}] input`);
  input?.focus();
  input?.select();
};

interface CurrentProps {
  readonly mark: TreatedMark;
  readonly places: number;
}

function Current({ mark, places }: CurrentProps) {
  const { tone, word } = treatments[mark.treatment];
  return (
    <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 1, flexWrap: 'wrap' }}>
      <ToneLabel tone={tone}>{word}</ToneLabel>
      <Box sx={{ flex: 1, minWidth: 200, overflowWrap: 'anywhere' }}>
        <b>{`“${visibleText(mark.text)}”`}</b>
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {` ${exposureKinds[mark.kind].label}. ${exposureWords[mark.kind]}${places > 1 ? ` In ${places} places.` : ''}${mark.in === 'sanitised' ? ' Only the sanitised text has it.' : ''}`}
        </Box>
      </Box>
    </Box>
  );
}

/** The mark in hand: replaced by words that say less, or kept with a reason. Until each is, the text may not leave. */
export function MarkDesk({ walk, value, language, change, problem, onDone }: Props) {
  const desk = useRef<HTMLDivElement>(null);
  const { current, number, open, distinct, places } = walk;
  const dismissal = current && value.dismissed.find(({ words }) => sameWords(words, current.text));
  // As it is once what was just changed is drawn: the change may have made marks, or taken some away.
  const latest = useRef(walk);
  useLayoutEffect(() => {
    latest.current = walk;
  });
  const goOn = (dealtWith: boolean) => {
    let found = false;
    flushSync(() => {
      found = latest.current.next(dealtWith);
    });
    if (found) focusIn(desk, 'replace');
    else onDone();
  };
  const replace = () => {
    if (!current) return;
    flushSync(() => change(replaceMark(value, current, language)));
    goOn(true);
  };
  const keep = () => {
    if (!current || current.treatment === 'resolved') return;
    flushSync(() => change(keepMark(value, current.text, dismissal?.why ?? '')));
    focusIn(desk, 'why');
  };
  /** From elsewhere to the mark in hand; from there to the next. */
  const next = () => {
    if (!current || desk.current?.contains(document.activeElement)) goOn(false);
    else focusIn(desk, 'replace');
  };
  const arrive = useMarkKeys({ next, keep });
  return (
    <Box
      ref={desk}
      role="group"
      aria-label="Marks of the check"
      aria-invalid={problem ? true : undefined}
      tabIndex={-1}
      onFocus={({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node && desk.current?.contains(relatedTarget))) arrive();
      }}
      sx={{ display: 'grid', gap: 1, outline: 'none' }}
    >
      <Box role="status" sx={{ fontWeight: 650 }}>
        {distinct.length === 0
          ? '0 marks. The check knows only what it looks for, below: read the text as the subject would.'
          : `${counted(open, 'mark', 'marks')} to replace or keep, of ${distinct.length}. This is mark ${number}.`}
      </Box>
      {problem && <Box sx={{ color: 'error.main', fontWeight: 650 }}>{problem}</Box>}
      {current && (
        <>
          <Current mark={current} places={places} />
          <Box
            data-field="replace"
            onKeyDown={(event) => {
              if (!isEnter(event)) return;
              event.preventDefault();
              replace();
            }}
          >
            <TextIn
              label="Replace with"
              value={replacementOf(value, current, language)}
              onChange={(by) => change(writeReplacement(value, current.text, by))}
              help="Enter replaces, and goes to the next mark."
            />
          </Box>
          {dismissal && current.treatment === 'dismissed' && (
            <Box
              data-field="why"
              onKeyDown={(event) => {
                if (!isEnter(event)) return;
                event.preventDefault();
                if (dismissal.why.trim()) goOn(true);
              }}
            >
              <TextIn
                label="Why these words may stay"
                value={dismissal.why}
                onChange={(why) => change(keepMark(value, current.text, why))}
                problem={problem && !dismissal.why.trim() ? 'Give a reason.' : null}
              />
            </Box>
          )}
          <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
            <Button variant="outlined" onClick={replace}>
              Replace
              <KeyOnButton>Enter</KeyOnButton>
            </Button>
            {current.treatment === 'dismissed' ? (
              <Button onClick={() => change(reopenMark(value, current.text))}>Do not keep</Button>
            ) : (
              <Button onClick={keep} aria-keyshortcuts={ariaKeysOf('keepMark')}>
                Keep, with a reason
                <KeyOnButton>{hintOf('keepMark')}</KeyOnButton>
              </Button>
            )}
            <Button onClick={() => walk.previous()}>Previous mark</Button>
            <Button onClick={() => goOn(false)} aria-keyshortcuts={ariaKeysOf('nextMark')}>
              Next mark
              <KeyOnButton>{hintOf('nextMark')}</KeyOnButton>
            </Button>
          </Box>
        </>
      )}
    </Box>
  );
}
