import { waitFor } from '@testing-library/dom';
import axe from 'axe-core';
import { afterEach, expect, it } from 'vitest';
import { useTheme } from '#renderer/state/preferences-store.ts';
import { screens, settled } from './all-screens.ts';
import { resizeTo } from './harness.tsx';
import { inNode } from './in-node.ts';
import { layoutFaults, unseenWithoutColours } from './layout-faults.ts';
import { act } from './render.tsx';

/*
 * Every screen: usable by everybody (WCAG 2.2 AA, by axe), in both schemes, where the system sets the colours, on a small window
 * and enlarged to 200 %. Each is opened once: that takes longer than to look at it.
 */

afterEach(() => inNode.forceColours(false));

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

/** CSS pixels: a small window, and what is left of 1280 by 720 at 200 %. */
const sizes = [
  [640, 900],
  [640, 360],
] as const;

const toTop = () => {
  for (const each of document.querySelectorAll('*')) each.scrollTop = 0;
};

it.each(Object.keys(screens))('%s', async (name) => {
  document.documentElement.lang = 'en-GB';
  document.title = 'Probity';
  // As tall as the longest page, so that nothing is half scrolled away.
  if (name.startsWith('step')) await resizeTo(1280, 4000);
  await screens[name]?.();
  expect(await findings(name), 'axe').toEqual([]);
  await inNode.forceColours(true);
  await settled();
  expect(unseenWithoutColours(), 'without colours of its own').toEqual([]);
  await inNode.forceColours(false);
  // In one column, nothing beyond the edge, nothing overlapping.
  for (const [width, height] of sizes) {
    await resizeTo(width, height);
    await settled();
    toTop();
    // An open menu follows its button a sixth of a second after the window has its size.
    await waitFor(() => expect(layoutFaults(), `${width} by ${height}`).toEqual([]));
  }
});
