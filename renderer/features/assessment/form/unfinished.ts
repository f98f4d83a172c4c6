import type { CaseCommand } from '#shared/domain/case/decide.ts';

/** Data as a form has it: what is not chosen yet is for the schema to refuse, not for the form to guess. */
type Unfinished<Data> = Data extends string
  ? Data | ''
  : Data extends boolean
    ? Data | null
    : Data extends readonly (infer Each)[]
      ? readonly Unfinished<Each>[]
      : Data extends object
        ? { readonly [Name in keyof Data]: Unfinished<Data[Name]> }
        : Data;

type Unsent<Command> = Command extends CaseCommand
  ? Omit<Command, 'data'> & { readonly data: Unfinished<Command['data']> }
  : never;

/** A command that a form would give, were it recorded now. */
export type UnfinishedCommand = Unsent<CaseCommand>;
