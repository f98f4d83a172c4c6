import { type RefObject, useEffect } from 'react';
import { offerActions } from '#renderer/state/action-store.ts';
import { whyNotRecord } from '#renderer/state/case-rules.ts';
import { execute, useCase } from '#renderer/state/case-store.ts';
import { discardDraft, flushDraft, useDraft } from '#renderer/state/draft-store.ts';
import { neighboursOf, openNeighbour } from '#renderer/state/place-store.ts';
import { useSession } from '#renderer/state/session-store.ts';
import { type DecisionKind, shortestRationale } from '#shared/domain/case/decisions.ts';

/** Why the decision cannot be recorded yet; null when it can. */
function useBlocked(): string | null {
  const row = useCase((state) => state.view?.summary);
  const busy = useCase((state) => state.busy);
  const member = useSession((state) => state.session?.member);
  const kind = useDraft((state) => state.kind);
  const long = useDraft((state) => state.rationale.trim().length >= shortestRationale);
  if (!row || !member) return 'The case is not open.';
  const refusal = whyNotRecord(row, member);
  if (refusal) return refusal;
  if (busy) return 'Saving.';
  if (!kind) return 'Choose one of the four decisions.';
  return long ? null : `Give your reasons in at least ${shortestRationale} characters.`;
}

/** Records what stands in the draft. The draft goes only once the signed decision is durable here. */
async function record(): Promise<boolean> {
  const { id, kind, rationale } = useDraft.getState();
  const reference = useCase.getState().view?.summary.reference;
  if (!id || !kind || !reference) return false;
  await flushDraft();
  const done = await execute(
    toCommand(id, kind, rationale),
    `Decision on ${reference} recorded. Saved here, waiting to sync.`,
  );
  if (done) await discardDraft();
  return done;
}

const toCommand = (
  id: NonNullable<ReturnType<typeof useDraft.getState>['id']>,
  kind: DecisionKind,
  rationale: string,
) => ({ type: 'recordDecision', case: id, kind, rationale }) as const;

/** Asks for the next referral first: the decision moves this one elsewhere in the queue. */
async function recordAndNext(): Promise<void> {
  const { id } = useDraft.getState();
  if (!id) return;
  const { next } = await neighboursOf(id);
  if (await record()) await openNeighbour('next', next);
}

/** The decision's part of the keys. Returns why it cannot be recorded yet. */
export function useDecision(first: RefObject<HTMLElement | null>) {
  const blocked = useBlocked();
  useEffect(
    () =>
      offerActions({
        record: { run: () => void record(), blocked },
        saveNext: { run: () => void recordAndNext(), blocked },
        decide: { run: () => first.current?.focus() },
      }),
    [blocked, first],
  );
  return blocked;
}
