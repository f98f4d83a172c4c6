import type { CaseEventType } from '#shared/domain/registry/registry.ts';
import { oneMinute } from '#shared/kernel/durations.ts';
import type { MemberName } from '../members.ts';

/** Something that a member records in a case. In `data`, "entry:3" stands for the fourth act of the case, "case:5" for the sixth. */
export interface Act {
  readonly type: CaseEventType;
  readonly data: object;
}

/** What a member does in one case at one go. */
export interface Sitting {
  /** Index of the report. */
  readonly case: number;
  readonly by: MemberName;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly acts: Act[];
}

/** Milliseconds from one act of a sitting to the next. */
export const pace = 4 * oneMinute;

/** Records something, and returns what stands for its entry. */
export type Add = (type: CaseEventType, data: object) => string;

/** What happens in one case. */
export class Diary {
  readonly sittings: Sitting[] = [];
  readonly #case: number;
  #acts = 0;

  constructor(index: number) {
    this.#case = index;
  }

  /** A sitting that begins then. @returns what adds to it, until the next begins */
  sit(by: MemberName, at: number): Add {
    this.sittings.push({ case: this.#case, by, at, acts: [] });
    return this.add;
  }

  readonly add: Add = (type, data) => {
    const last = this.sittings.at(-1);
    if (!last) throw new Error('Nobody sits at this case.');
    last.acts.push({ type, data });
    const entry = `entry:${this.#acts}`;
    this.#acts += 1;
    return entry;
  };

  /** What stands for the first entry of that type, with that disposition; null where there is none. */
  markOf(type: CaseEventType, kind?: string): string | null {
    const acts = this.sittings.flatMap((sitting) => sitting.acts);
    const at = acts.findIndex(
      (act) => act.type === type && (!kind || (act.data as { chosen?: { kind: string } }).chosen?.kind === kind),
    );
    return at < 0 ? null : `entry:${at}`;
  }

  /** When the last sitting ends. */
  get end(): number {
    const last = this.sittings.at(-1);
    return last ? last.at + last.acts.length * pace : 0;
  }
}
