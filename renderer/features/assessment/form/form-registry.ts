import { createContext } from 'react';

export interface RegisteredForm {
  readonly key: string;
  readonly element: HTMLElement;
  readonly hasDraft: boolean;
  readonly blocked: string | null;
  readonly record: () => Promise<boolean>;
}

/** The forms of the step that is on screen, in the order of the page: what Ctrl+Enter chooses from. */
export interface FormRegistry {
  readonly add: (form: RegisteredForm) => () => void;
}

export const Registry = createContext<FormRegistry>({ add: () => () => undefined });

/** The form that one is in; else one that is being written; else the first that is open. */
export function chosenForm(forms: readonly RegisteredForm[]): RegisteredForm | null {
  const inPage = [...forms].sort((one, other) =>
    one.element.compareDocumentPosition(other.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
  return (
    inPage.find(({ element }) => element.contains(document.activeElement)) ??
    inPage.find(({ hasDraft }) => hasDraft) ??
    inPage[0] ??
    null
  );
}
