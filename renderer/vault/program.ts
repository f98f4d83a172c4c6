import { type Registry, registry } from '#shared/domain/registry/registry.ts';

/** What a program knows of events, and the version of its fold: stored projections of another are made anew. */
export interface Program {
  readonly registry: Registry;
  readonly foldVersion: number;
}

/**
 * This program. `foldVersion` grows with every change of what entries are folded to: a new event, another rule, a field
 * of the state or of the summaries. Stored projections of another version are then made anew, each from its entries.
 * A field of a summary keeps its meaning or gets another name: the queue shows the old ones meanwhile.
 */
export const program: Program = { registry, foldVersion: 47 };
