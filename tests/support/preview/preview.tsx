import '@fontsource-variable/inter/wght.css';
import { createRoot } from 'react-dom/client';
import { App } from '#renderer/app/app.tsx';
import { createWorkbench } from '#renderer/app/workbench.ts';
import { inventUnit, newUnit } from '#tests/support/memory-unit.ts';

/**
 * The real screens over a vault in memory, to look at: `npx vite tests/support/preview`. Development only.
 * `?first` shows the first run, `?plain` outside a demo profile; `?referrals=50000` fills the queue.
 */
const parameters = new URLSearchParams(location.search);
const demo = !parameters.has('plain');
const enrolled = parameters.has('enrolled');
const unit = parameters.has('first')
  ? await newUnit({ demo, enrolled })
  : await inventUnit(Number(parameters.get('referrals') ?? 400));

const workbench = createWorkbench(unit.host, () => unit.start());
Object.assign(window, { preview: { unit, workbench } });

const root = document.getElementById('root');
if (root) createRoot(root).render(<App workbench={workbench} probity={unit.host} />);
