import type { Grade } from '#shared/domain/policy/ranks.ts';
import type { Result } from '#shared/kernel/result.ts';

export interface Verdict {
  readonly score: number;
  readonly acceptable: boolean;
  readonly advice: string | null;
}

/** What setting up a workstation needs of the workbench. */
export interface FirstRunPort {
  /** Address of the endpoint, if one is set already. */
  readonly endpoint: string | null;
  readonly unitName: string | null;
  /** Names of the invented members; null outside demo profiles. */
  readonly demoMembers: readonly string[] | null;
  /** Sets up the invented unit, saying what it does. */
  readonly tryDemo: (progress: (step: string) => void) => Promise<Result<null, string>>;
  readonly enrol: (endpoint: string | null, code: string) => Promise<Result<null, string>>;
  readonly judge: (passphrase: string, personal: readonly string[]) => Promise<Verdict>;
  readonly found: (founder: {
    readonly name: string;
    readonly passphrase: string;
    readonly grade: Grade;
  }) => Promise<Result<null, string>>;
}
