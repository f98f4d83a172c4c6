import type { useCase } from '#renderer/state/case-store.ts';

/* Features may not look into the vault, so its types come to this one by way of the store. */
export type CaseView = NonNullable<ReturnType<typeof useCase.getState>['view']>;
/** What every part of a step is given. */
export interface PartProps {
  readonly view: CaseView;
  /** Moves the focus on, once the part is recorded. */
  readonly after: () => void;
}

export type Match = NonNullable<ReturnType<typeof useCase.getState>['matches']>[number];
type Signature = CaseView['signatures'][keyof CaseView['signatures']];

export const signatureWords: Readonly<Record<Signature, string>> = {
  verified: 'confirmed, verified',
  checking: 'confirmed, signature being checked',
  waiting: 'saved here, waiting to sync',
  broken: 'the signature does not verify: do not rely on it',
};
