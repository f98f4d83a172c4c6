import { TextIn } from '#renderer/ui/text-in.tsx';
import { visibleText } from '#renderer/ui/visible-text.ts';
import type { Field } from '../form/fields.ts';

/** The appropriate authority, or their delegate, where the decision is theirs and another signs. */
export const AuthorityIn = (field: Field<string>) => (
  <TextIn label="Appropriate authority" help="Who decided, where it was not you." {...field} />
);

export const decidedBy = (authority: string | null): string =>
  authority ? `, decided by ${visibleText(authority)}` : '';
