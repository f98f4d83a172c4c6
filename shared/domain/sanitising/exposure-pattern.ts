import type { ExposureKind } from './exposure-kinds.ts';

/**
 * How far a mark reaches beyond what its pattern finds: `words`, to the ends of its words and of a name that goes on; `rest`, to the
 * end of the clause; `clause`, to both ends of it. Half a clue that stays behind is a clue.
 */
type Reach = 'words' | 'rest' | 'clause';

/**
 * Something that the reporter-exposure check looks for. A pattern is global, is for text that is even (folded-text.ts), and cannot run
 * long on hostile text: no repetition within a repetition over the same characters.
 */
export interface ExposurePattern {
  readonly kind: ExposureKind;
  readonly pattern: RegExp;
  readonly reach: Reach;
}

export const finds = (kind: ExposureKind, pattern: RegExp, reach: Reach = 'words'): ExposurePattern => ({
  kind,
  pattern,
  reach,
});
