import type { ReactNode } from 'react';
import { TextIn } from '#renderer/ui/text-in.tsx';
import type { Field } from './fields.ts';

interface Props extends Field<string> {
  readonly help?: ReactNode;
  readonly lines?: number;
}

/** Why: every record that a reviewer judges says so. */
export const ReasonsIn = ({ lines = 2, ...field }: Props) => <TextIn label="Reasons" lines={lines} {...field} />;

/** What else there is to say, where nothing has to be said. */
export const NoteIn = (field: Field<string>) => <TextIn label="Note" lines={2} {...field} />;

/** The appropriate authority, or their delegate, where the decision is theirs and another signs. */
export const AuthorityIn = (field: Field<string>) => (
  <TextIn label="Appropriate authority" help="Who decided, where it was not you." {...field} />
);
