import { bindRecovery, permitRecovery, recoverMember, reopenScope } from '../recovery.ts';
import { writingCall } from './define-call.ts';

type Input<Run extends (vault: never, input: never, ...more: never) => unknown> = Parameters<Run>[1];

/** Makes the recovery key and binds it. Returns its shares: who asks shows them once, to those who keep them. */
export const bindKey = writingCall(
  'recovery.bind',
  async ({ vault }, input: Input<typeof bindRecovery>, { deviceKeys }) =>
    bindRecovery(vault, input, await deviceKeys()),
);

/** Two members permit one use of it. */
export const permitUse = writingCall(
  'recovery.permit',
  async ({ vault }, input: Input<typeof permitRecovery>, { deviceKeys }) =>
    permitRecovery(vault, input, await deviceKeys()),
);

/** A new device of a member who lost theirs. */
export const recoverDevice = writingCall('recovery.bindDevice', ({ vault }, input: Input<typeof recoverMember>) =>
  recoverMember(vault, input),
);

/** A scope that nobody can read any more. */
export const reopen = writingCall('recovery.reopenScope', ({ vault }, input: Input<typeof reopenScope>) =>
  reopenScope(vault, input),
);
