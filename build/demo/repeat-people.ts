import { inventPerson, type Person } from './people.ts';
import { type Random, seededRandom } from './random.ts';
import { kinds } from './roles.ts';
import type { Theme } from './theme.ts';
import { genuineThemes, themesFor } from './themes/all-themes.ts';

/** Someone about whom several people report, apart from one another, the same two or three things. */
export interface RepeatPerson {
  readonly person: Person;
  readonly themes: readonly Theme[];
}

/** One for about every 60 reports. */
export function repeatPeople(seed: number, count: number): RepeatPerson[] {
  const random = seededRandom(seed, 1);
  return Array.from({ length: Math.max(1, Math.round(count / 60)) }, () => inventRepeatPerson(random));
}

export function inventRepeatPerson(random: Random): RepeatPerson {
  const kind = random.weighted(kinds.filter(([name]) => name !== 'unknown'));
  const theme = random.weighted(themesFor(genuineThemes, kind));
  const others = themesFor(genuineThemes, kind).filter(([other]) => other.categories[0] === theme.categories[0]);
  return {
    person: inventPerson(random, kind, theme),
    themes: [theme, theme, random.weighted(others)],
  };
}
