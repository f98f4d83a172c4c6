import '@fontsource-variable/inter/wght.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { readBridge } from '#renderer/bridge.ts';
import { startVault } from '#renderer/vault/start-vault.ts';
import { App } from './app.tsx';
import { Styled } from './styled.tsx';
import { createWorkbench } from './workbench.ts';

/** The composition root: the host, the vault and the screens meet here and nowhere else. */
const root = document.getElementById('root');
const probity = readBridge();

if (root && probity) {
  const workbench = createWorkbench(probity, startVault);
  createRoot(root).render(
    <StrictMode>
      <Styled>
        <App workbench={workbench} probity={probity} />
      </Styled>
    </StrictMode>,
  );
} else if (root) {
  root.textContent = 'Probity was opened without its host. Start it with "npm start".';
}
