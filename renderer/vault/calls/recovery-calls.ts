import { bindRecovery, permitRecovery, recoverMember, reopenScope } from '../recovery.ts';
import { openCall } from './define-call.ts';

type Input<Run extends (vault: never, input: never, ...more: never) => unknown> = Parameters<Run>[1];

/** Makes the recovery key and binds it. Returns its shares: who asks shows them once, to those who keep them. */
export const bindKey = openCall(
  'recovery.bind',
  'loaded',
  async ({ vault, written }, input: Input<typeof bindRecovery>, { deviceKeys }) => {
    const shares = await bindRecovery(vault, input, await deviceKeys());
    written();
    return shares;
  },
);

/** Two members permit one use of it. */
export const permitUse = openCall(
  'recovery.permit',
  'loaded',
  async ({ vault, written }, input: Input<typeof permitRecovery>, { deviceKeys }) => {
    const permitted = await permitRecovery(vault, input, await deviceKeys());
    written();
    return permitted;
  },
);

/** A new device of a member who lost theirs. */
export const recoverDevice = openCall(
  'recovery.bindDevice',
  'loaded',
  async ({ vault, written }, input: Input<typeof recoverMember>) => {
    const bound = await recoverMember(vault, input);
    written();
    return bound;
  },
);

/** A scope that nobody can read any more. */
export const reopen = openCall(
  'recovery.reopenScope',
  'loaded',
  async ({ vault, written }, input: Input<typeof reopenScope>) => {
    const reopened = await reopenScope(vault, input);
    written();
    return reopened;
  },
);
