/** The composition root: the host, the vault and the screens meet here and nowhere else. */
import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { type ReactNode, StrictMode } from 'react';
import '@fontsource-variable/inter/wght.css';
import { createRoot } from 'react-dom/client';
import { readBridge } from '#renderer/bridge.ts';
import { startVault } from '#renderer/vault/start-vault.ts';
import { App } from './app.tsx';
import { createWorkbench } from './workbench.ts';

/** The nonce of this page, which the host puts into it and into its content security policy. */
const nonce = document.querySelector<HTMLElement>('meta[property="csp-nonce"]')?.nonce;
const cache = createCache({ key: 'probity', ...(nonce ? { nonce } : {}) });

/** Emotion writes its styles under the page's nonce: any other inline style is refused. */
function Styled({ children }: { readonly children: ReactNode }) {
  return <CacheProvider value={cache}>{children}</CacheProvider>;
}

const root = document.getElementById('root');
const probity = readBridge();

if (root && probity) {
  // The engine then does not throw its database away to make room. Where it refuses, the journal has what only this computer has.
  void navigator.storage?.persist().catch(() => false);
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
