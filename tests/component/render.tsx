import { configure } from '@testing-library/dom';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';

/*
 * React as it is shipped, which has no `act`: what an event or a change of a store does to the screen is flushed, and
 * what takes longer is waited for.
 */

/** A turn of the event loop, which no faked timer holds up. */
const turn = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });

configure({
  asyncUtilTimeout: 10_000,
  // After each action of a person: React may have scheduled what follows from it.
  asyncWrapper: async (work) => {
    const done = await work();
    await turn();
    return done;
  },
});

const shown: { readonly root: Root; readonly container: HTMLElement }[] = [];

/** @param id of the element that it is rendered into */
export function render(content: ReactNode, id?: string): HTMLElement {
  const container = document.createElement('div');
  if (id) container.id = id;
  document.body.append(container);
  const root = createRoot(container);
  shown.push({ root, container });
  flushSync(() => root.render(content));
  return container;
}

export function cleanup(): void {
  for (const { root, container } of shown.splice(0)) {
    flushSync(() => root.unmount());
    container.remove();
  }
}

/** Does what changes the state of the screens, and then what follows from it. */
export function act<Done>(work: () => Done): Done {
  return flushSync(work);
}
