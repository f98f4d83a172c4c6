import '@fontsource-variable/inter/wght.css';
import { createRoot } from 'react-dom/client';
import { App } from '#renderer/app/app.tsx';
import { createWorkbench } from '#renderer/app/workbench.ts';
import { createMemoryHost, demoMembers } from '#tests/support/memory-host.ts';
import { MemoryUnit, MemoryVault } from '#tests/support/memory-vault.ts';

/**
 * The real screens over the memory vault, to look at: `npx vite tests/support/preview`. Development only.
 * `?first` shows the first run, `?plain` outside a demo profile; `?referrals=50000` fills the queue.
 */
const parameters = new URLSearchParams(location.search);
const unit = new MemoryUnit();
const first = parameters.has('first');
if (!first) for (const member of demoMembers) unit.admit(member);
unit.receive(Number(parameters.get('referrals') ?? 400));

const host = createMemoryHost({ demo: !parameters.has('plain'), enrolled: !first || parameters.has('enrolled') });
const workbench = createWorkbench(host, () => {
  const vault = new MemoryVault(unit);
  return { vault, stop: () => vault.stop() };
});
Object.assign(window, { preview: { unit, host, workbench } });

const root = document.getElementById('root');
if (root) createRoot(root).render(<App workbench={workbench} probity={host} />);
