import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { useTheme } from '#renderer/state/preferences-store.ts';
import { screens, settled } from './all-screens.ts';
import { resizeTo } from './harness.tsx';
import { act } from './render.tsx';

const rules = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** A menu stands outside the landmarks, as MUI puts every layer: no fault while it has the focus. */
const rulesOf = (name: string) => ({ region: { enabled: name !== 'queue filter' } });

const faultsOf = ({ violations }: axe.AxeResults): readonly string[] =>
  violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)}: ${failureSummary}`),
  );

/** What may differ from one scheme and one width to another. */
const ofLook = ['color-contrast', 'target-size', 'scrollable-region-focusable'];

/** Every rule in the light scheme, at the width that the screen has; then what may differ in the dark one, on a wide display. */
async function findings(name: string): Promise<readonly string[]> {
  await settled();
  const light = await axe.run(document.documentElement, { rules: rulesOf(name), runOnly: rules });
  act(() => useTheme.setState({ theme: 'dark' }));
  await resizeTo(1920, window.innerHeight);
  await settled();
  const dark = await axe.run(document.documentElement, { runOnly: { type: 'rule', values: ofLook } });
  return [...faultsOf(light), ...faultsOf(dark).map((fault) => `dark: ${fault}`)];
}

describe('axe', () => {
  it.each(Object.keys(screens))('%s', async (name) => {
    document.documentElement.lang = 'en-GB';
    document.title = 'Probity';
    // As tall as the longest page, so that nothing is half scrolled away.
    if (name.startsWith('step')) await resizeTo(1280, 4000);
    await screens[name]?.();
    expect(await findings(name)).toEqual([]);
  });
});
