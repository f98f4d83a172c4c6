import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { checkSignatures, toCaseView } from '../case-view.ts';
import { confirmedCase, currentCase } from '../cases/current-case.ts';
import { selectMatches } from '../cases/matches.ts';
import { refuse } from '../codes.ts';
import { planDiscard } from '../drafts.ts';
import { execute } from '../execute.ts';
import type { OpenVault } from '../open-vault.ts';
import { listUnits } from '../transfer/directory.ts';
import { transfersOf } from '../transfer/transfers.ts';
import type { CaseView } from '../vault-api.ts';
import { type Nothing, openCall } from './define-call.ts';

interface OfCase {
  readonly id: StreamId;
}

/** Milliseconds after a case was handed over until its signatures are checked: the page comes first. */
const proofDelay = 50;

async function prove(vault: OpenVault, id: StreamId, state: CaseState): Promise<void> {
  if (await checkSignatures(vault, id, state)) vault.io.emit({ type: 'caseChanged', case: id });
}

export const openCase = openCall(
  'case.open',
  'loaded',
  async ({ vault, queue }, { id }: OfCase): Promise<Result<CaseView, Refusal>> => {
    const state = await currentCase(vault, id);
    const view = state && toCaseView(vault, queue, state);
    if (!view) return err(refuse('case-unreadable'));
    setTimeout(() => void prove(vault, id, state), proofDelay);
    return ok(view);
  },
);

/** Earlier referrals that may concern the same subject or event, the nearest first. */
export const findMatches = openCall('case.matches', 'matchable', async ({ vault }, { id }: OfCase) => {
  const state = await confirmedCase(vault, id);
  return state ? selectMatches(vault, state) : [];
});

/**
 * Resolves when the signed event is durable on this machine. `draft`: which form of the case it was written in; its draft
 * ends with the same commit, so that no crash leaves both.
 */
export const record = openCall(
  'case.record',
  'loaded',
  async (
    { vault, written },
    { command, draft }: { readonly command: CaseCommand; readonly draft?: string | undefined },
  ): Promise<Result<EntryId, Refusal>> => {
    // A copy that the window described could name chunks that are nowhere, and would hold up all that follows it.
    if (command.type === 'attachment.sanitised') return err(refuse('copy-not-made-here'));
    const result = await (draft === undefined
      ? execute(vault, command)
      : execute(vault, command, () => planDiscard(vault, command.case, draft)));
    if (result.ok) written();
    return result;
  },
);

/** Where a case came from, if another unit sent it, and where it was sent. Null when it cannot be read here. */
export const caseTransfers = openCall('case.transfers', 'loaded', ({ vault }, { id }: OfCase) =>
  transfersOf(vault, id),
);

/** The units of other forces, as the endpoint's directory lists them or, without a connection, as last seen. */
export const units = openCall('units.list', 'open', ({ vault }, _: Nothing) => listUnits(vault));
