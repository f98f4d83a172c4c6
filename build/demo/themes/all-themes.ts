import type { Weighted } from '../random.ts';
import type { Kind } from '../roles.ts';
import type { Theme } from '../theme.ts';
import { advantageThemes } from './advantage.ts';
import { discriminationThemes } from './discrimination.ts';
import { informationThemes } from './information.ts';
import { partnerAbuseThemes } from './partner-abuse.ts';
import { sexualPurposeThemes } from './sexual-purpose.ts';

export const genuineThemes: readonly Theme[] = [
  ...informationThemes,
  ...advantageThemes,
  ...sexualPurposeThemes,
  ...partnerAbuseThemes,
  ...discriminationThemes,
];

export const themesFor = (themes: readonly Theme[], kind: Kind): Weighted<Theme> =>
  themes.filter(({ kinds }) => kinds.includes(kind)).map((theme) => [theme, theme.weight] as const);
