import type { useCase } from '#renderer/state/case-store.ts';

/* Features may not look into the vault, so its types come to this one by way of the store. */
export type CaseView = NonNullable<ReturnType<typeof useCase.getState>['view']>;
export type Signature = CaseView['signatures'][keyof CaseView['signatures']];
