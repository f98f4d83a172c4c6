import type { CaseState } from '#shared/domain/case/case-state.ts';
import { type CaseCommand, whyNotRead, whyNotWhole } from '#shared/domain/case/decide.ts';
import type { EntryId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { verifyEntry } from '#shared/log/entry.ts';
import { currentStream } from '../cases/case-index.ts';
import { confirmedCase, currentCase } from '../cases/current-case.ts';
import { selectMatches } from '../cases/matches.ts';
import { nameOfMember, type Queue } from '../cases/queue.ts';
import { selectToJoin } from '../cases/to-join.ts';
import { refuse } from '../codes.ts';
import { planRecorded, type RecordedDraft } from '../drafts.ts';
import { execute } from '../execute.ts';
import { type CutOff, cutOff, type HandOn, handOnCase } from '../hand-on-case.ts';
import { type Joining, joinCases } from '../join-cases.ts';
import { entriesOfStream } from '../log/entry-rows.ts';
import { type Opening, openByHand as openCaseByHand } from '../open-by-hand.ts';
import type { OpenVault } from '../open-vault.ts';
import { listUnits } from '../transfer/directory.ts';
import { transfersOf } from '../transfer/transfers.ts';
import type { CaseView, SignatureState } from '../vault-api.ts';
import { type Nothing, openCall } from './define-call.ts';

/** What came in after the streams were closed that the case was in before. */
async function lateEntries(vault: OpenVault, state: CaseState): Promise<CaseView['late']> {
  const closed = await Promise.all(state.continues.map(({ stream }) => confirmedCase(vault, stream)));
  return [state, ...closed].flatMap((each) => each?.late ?? []);
}

async function toCaseView(vault: OpenVault, queue: Queue, state: CaseState): Promise<CaseView | null> {
  const summary = queue.row(state.id);
  if (!summary) return null;
  const late = await lateEntries(vault, state);
  const names: Record<MemberId, string> = {};
  const readers = state.readers.map(({ reader }) => reader);
  for (const id of [...[...state.activity, ...late].map(({ by }) => by), ...readers, state.holder]) {
    const name = id && nameOfMember(vault, id);
    if (name) names[id] = name;
  }
  const signatures: Record<EntryId, SignatureState> = {};
  for (const { entry, position } of state.activity) {
    signatures[entry] = position === null ? 'waiting' : (vault.findings.signatures.get(entry) ?? 'checking');
  }
  const { roster } = vault.log;
  return {
    ...{ state, summary, names, signatures, late },
    toJoin: selectToJoin(summary, queue.all()),
    notWhole: whyNotWhole(state, roster),
    notRead: whyNotRead(state, roster),
  };
}

/** Checks the signatures of a case's entries as they are stored. True when that told something new. */
async function checkSignatures(vault: OpenVault, id: StreamId, state: CaseState): Promise<boolean> {
  const unknown = state.activity.filter(
    ({ entry, position }) => position !== null && !vault.findings.signatures.has(entry),
  );
  if (unknown.length === 0) return false;
  const streams = [id, ...state.continues.map(({ stream }) => stream)];
  for (const { entry } of (await Promise.all(streams.map((stream) => entriesOfStream(vault, stream)))).flat()) {
    vault.findings.signatures.set(entry.header.id, (await verifyEntry(entry)).ok ? 'verified' : 'broken');
  }
  // What is not among the stored entries any more cannot be proven.
  for (const { entry } of unknown)
    if (!vault.findings.signatures.has(entry)) vault.findings.signatures.set(entry, 'broken');
  return true;
}

export interface OfCase {
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
  async ({ vault, queue }, asked: OfCase): Promise<Result<CaseView, Refusal>> => {
    const id = currentStream(vault.cases, asked.id);
    const state = await currentCase(vault, id);
    const view = state && (await toCaseView(vault, queue, state));
    if (!view) return err(refuse('case-unreadable'));
    setTimeout(() => void prove(vault, id, state), proofDelay);
    return ok(view);
  },
);

/** Earlier referrals that may concern the same subject or event, the nearest first. */
export const findMatches = openCall('case.matches', 'matchable', async ({ vault }, { id }: OfCase) => {
  const state = await currentCase(vault, currentStream(vault.cases, id));
  return state ? selectMatches(vault, state) : [];
});

export interface Recording {
  readonly command: CaseCommand;
  /** The form of the case that it was written in: its draft ends with the same commit, so that no crash leaves both. */
  readonly draft?: RecordedDraft | undefined;
  /** Entries that the form showed as standing: the event replaces these of what it records anew, and no others. */
  readonly shown?: readonly EntryId[] | undefined;
}

/** Resolves when the signed event is durable on this machine. */
export const record = openCall(
  'case.record',
  'loaded',
  async ({ vault, written }, { command, draft, shown }: Recording): Promise<Result<EntryId, Refusal>> => {
    // A copy that the window described could name chunks that are nowhere, and would hold up all that follows it.
    if (command.type === 'attachment.sanitised') return err(refuse('copy-not-made-here'));
    const also = draft === undefined ? undefined : () => planRecorded(vault, command.case, draft);
    const result = await execute(vault, command, also, shown);
    if (result.ok) written();
    return result;
  },
);

export interface OpeningByHand extends Opening {
  /** The form that it was written in, and under which id its drafts lie: no case has it. */
  readonly draft?: (RecordedDraft & { readonly of: StreamId }) | undefined;
}

/** A case begins with what a member says. Resolves when it is durable on this machine: the answer names it. */
export const openByHand = openCall(
  'case.openByHand',
  'loaded',
  async ({ vault, written }, { draft, ...opening }: OpeningByHand): Promise<Result<StreamId, Refusal>> => {
    const also = draft && (() => planRecorded(vault, draft.of, draft));
    const result = await openCaseByHand(vault, opening, also);
    if (result.ok) written();
    return result;
  },
);

/** What was delivered goes on in the case that was opened ahead of it: the answer names that. */
export const join = openCall(
  'case.join',
  'loaded',
  async ({ vault, written }, asked: Joining): Promise<Result<StreamId, Refusal>> => {
    const result = await joinCases(vault, asked);
    if (result.ok) written();
    return result;
  },
);

/** The case goes on with others, in a stream of its own: the answer names it. */
export const handOn = openCall(
  'case.handOn',
  'loaded',
  async ({ vault, written }, asked: HandOn): Promise<Result<StreamId, Refusal>> => {
    const result = await handOnCase(vault, asked);
    if (result.ok) written();
    return result;
  },
);

/** One who was given the case alone reads it no further: it goes on in a stream of its own, which the answer names. */
export const cutOffReader = openCall(
  'case.cutOff',
  'loaded',
  async ({ vault, written }, asked: CutOff): Promise<Result<StreamId, Refusal>> => {
    const result = await cutOff(vault, asked);
    if (result.ok) written();
    return result;
  },
);

/** Where a case came from, if another unit sent it, and where it was sent. Null when it cannot be read here. */
export const caseTransfers = openCall('case.transfers', 'loaded', ({ vault }, { id }: OfCase) =>
  transfersOf(vault, currentStream(vault.cases, id)),
);

/** The units of other forces, as the endpoint's directory lists them or, without a connection, as last seen. */
export const units = openCall('units.list', 'open', ({ vault }, _: Nothing) => listUnits(vault));
