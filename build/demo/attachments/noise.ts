/** Whole numbers from 0 to 65,535, one after the other. */
export type Noise = () => number;

/** Plain and quick, for pixels by the million: the same seed gives the same (a linear congruence of Numerical Recipes). */
export function noiseFrom(seed: number): Noise {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 16;
  };
}
