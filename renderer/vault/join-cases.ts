import type { CaseState } from '#shared/domain/case/case-state.ts';
import { decide } from '#shared/domain/case/decide.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { currentStream, firstStream } from './cases/case-index.ts';
import { currentCase } from './cases/current-case.ts';
import { refuse } from './codes.ts';
import { askingNow } from './execute.ts';
import { append } from './log/append.ts';
import { isClosedHere, readersOfStream } from './log/scope-of-stream.ts';
import type { OpenVault } from './open-vault.ts';

export interface Joining {
  /** That a member opened by hand. */
  readonly case: StreamId;
  /** That the endpoint delivered. */
  readonly referral: StreamId;
  readonly why: string;
}

/** What the delivered one says, as it is copied: with the tests that came with it. */
const copyOf = ({ referral, sentWith }: CaseState) => ({ ...referral, ...(sentWith && { sentWith }) });

/** Whether both are for the same scope: else those of the one would read what was kept from them. */
async function haveSameReaders(vault: OpenVault, one: StreamId, other: StreamId): Promise<boolean> {
  const [these, those] = await Promise.all([readersOfStream(vault, one), readersOfStream(vault, other)]);
  return these.length === those.length && these.every((each) => those.includes(each));
}

/**
 * One case of two: the delivered referral goes on in the case that was opened ahead of it. Each stream says its part, and both
 * parts are durable here, or neither.
 * @returns the stream of the case
 */
export function joinCases(vault: OpenVault, { case: to, referral, why }: Joining): Promise<Result<StreamId, Refusal>> {
  return vault.io.writer.add(async () => {
    const [id, arrived] = [currentStream(vault.cases, to), currentStream(vault.cases, referral)];
    const [state, other] = [await currentCase(vault, id), await currentCase(vault, arrived)];
    if (!(state && other)) return err(refuse('case-unreadable'));
    if ((await isClosedHere(vault, id)) || (await isClosedHere(vault, arrived))) return err(refuse('case-handed-on'));
    if (!(await haveSameReaders(vault, id, arrived))) return err(refuse('readers-differ'));
    const asking = askingNow(vault);
    if (!asking) return err(refuse('not-a-member'));
    const { registry } = vault.program;
    const joined = { case: firstStream(vault.cases, arrived), referral: copyOf(other), why };
    const here = decide(state, { type: 'referral.joined', data: joined }, asking, registry);
    if (!here.ok) return here;
    const into = { case: firstStream(vault.cases, id), reference: state.referral.reference, why };
    const there = decide(other, { type: 'case.joinedInto', data: into }, asking, registry);
    if (!there.ok) return there;
    const events = [
      { stream: id, event: here.value },
      { stream: arrived, event: there.value },
    ];
    const base = new Map([
      [id, state],
      [arrived, other],
    ]);
    const written = await append(vault, events, [], base);
    if (!written.ok) return written;
    for (const changed of [id, arrived]) vault.io.emit({ type: 'caseChanged', case: changed });
    vault.io.emit({ type: 'queueChanged' });
    return ok(id);
  });
}
