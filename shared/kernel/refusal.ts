/** What a code's words need to say it: `{ roles: ['analyst'] }`. Ids, counts and names of table entries; never a sentence. */
export type Params = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** Something to tell a person. The code is for programs; the window's catalogue (renderer/words) has the words for it. */
export interface Notice<Code extends string = string> {
  readonly code: Code;
  readonly params: Params;
}

/** Why something was not done. `field`: the place in what was asked that it is about, as `people.0.who`. */
export interface Refusal<Code extends string = string> extends Notice<Code> {
  readonly field?: string;
}

export const notice = <const Code extends string>(code: Code, params: Params = {}): Notice<Code> => ({ code, params });

export const refuse = <const Code extends string>(code: Code, params: Params = {}): Refusal<Code> => ({ code, params });

/** A refusal that belongs beside one field. */
export const refuseField = <const Code extends string>(
  field: string,
  code: Code,
  params: Params = {},
): Refusal<Code> => ({ code, field, params });
