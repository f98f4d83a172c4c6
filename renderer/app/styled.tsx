import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import type { ReactNode } from 'react';

/** The nonce of this page, which the host puts into it and into its content security policy. */
const nonce = document.querySelector<HTMLElement>('meta[property="csp-nonce"]')?.nonce;
const cache = createCache({ key: 'probity', ...(nonce ? { nonce } : {}) });

/** Emotion writes its styles under the page's nonce: any other inline style is refused. */
export function Styled({ children }: { readonly children: ReactNode }) {
  return <CacheProvider value={cache}>{children}</CacheProvider>;
}
