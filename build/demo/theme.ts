import type { PublicCategory } from '#shared/domain/report/public-categories.ts';
import type { Choices } from './random.ts';
import type { RiskKind } from './risks.ts';
import type { Kind } from './roles.ts';

/** One sort of wrongdoing, as sentences from which any number of reports can be put together. */
export interface Theme {
  readonly id: string;
  /** The first always, the others in some reports. */
  readonly categories: readonly [PublicCategory, ...PublicCategory[]];
  readonly weight: number;
  /** Whom it is said of; `roles` narrows that down to the posts that could do it. */
  readonly kinds: readonly Kind[];
  readonly roles?: readonly string[];
  /** Where the conduct is nearly always that of men. */
  readonly mostlyMen?: true;
  /** Where the person turns out not to serve with the police. */
  readonly outsider?: true;
  /** How often someone is at risk, and who. */
  readonly atRisk: number;
  readonly risks: readonly RiskKind[];
  /** First sentence: who, and what in short. */
  readonly opening: Choices<string>;
  /** The account itself, one sentence of each table, in this order. */
  readonly account: readonly Choices<string>[];
  /** Further particulars that are true in any order; a report has some of them. */
  readonly details: Choices<string>;
}
