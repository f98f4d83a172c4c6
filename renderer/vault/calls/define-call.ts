/**
 * What the window may ask of the vault. A call has a name, what must be ready before it runs, and what answers it. Its
 * types are read off `run`, so that no list of them is kept anywhere.
 */
import type { Entrance } from '../entrance.ts';
import type { VaultSession } from '../session.ts';

/** Answered while the vault is locked, and when it is open. */
export interface LockedCall<Name extends string = string, Input = never, Output = unknown> {
  readonly name: Name;
  readonly needs: 'nothing';
  run(entrance: Entrance, input: Input): Promise<Output>;
}

/** `open`: a member has unlocked. `loaded`: all cases are in memory. `matchable`: earlier referrals can be matched. */
export interface OpenCall<Name extends string = string, Input = never, Output = unknown> {
  readonly name: Name;
  readonly needs: 'open' | 'loaded' | 'matchable';
  run(session: VaultSession, input: Input, entrance: Entrance): Promise<Output>;
}

export const lockedCall = <const Name extends string, Input, Output>(
  name: Name,
  run: LockedCall<Name, Input, Output>['run'],
): LockedCall<Name, Input, Output> => ({ name, needs: 'nothing', run });

export const openCall = <const Name extends string, Input, Output>(
  name: Name,
  needs: OpenCall['needs'],
  run: OpenCall<Name, Input, Output>['run'],
): OpenCall<Name, Input, Output> => ({ name, needs, run });

/** For one that may write to the log whatever comes of it: then the screen is told, and it is sent. */
export const writingCall = <const Name extends string, Input, Output>(
  name: Name,
  run: OpenCall<Name, Input, Output>['run'],
): OpenCall<Name, Input, Output> =>
  openCall(name, 'loaded', async (session, input, entrance) => {
    const result = await run(session, input, entrance);
    session.written();
    return result;
  });

/** For a call that is given nothing. */
export type Nothing = Readonly<Record<string, never>>;
