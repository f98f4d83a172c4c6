import { create } from 'zustand';
import type { Vault } from '#renderer/vault/calls/call-list.ts';
import type { Session } from '#renderer/vault/vault-api.ts';
import { say } from '#renderer/words/say.ts';
import type { WindowCode } from '#renderer/words/vault-refusals.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import { foresee } from '#shared/domain/case/foresee.ts';
import type { UnitRecord } from '#shared/domain/unit/unit-record.ts';
import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import { type Refusal, refuse } from '#shared/kernel/refusal.ts';
import { rereadCase, useCase } from './case-store.ts';
import { flushDrafts, forgetRecorded, type Given, keepTypedSince } from './draft-store.ts';
import { notify } from './notice-store.ts';
import { useSession } from './session-store.ts';
import { useUnit } from './unit-store.ts';
import { isAttached, stillOpen, troubleIn, vaultNow } from './vault-port.ts';

/*
 * What is on its way to the vault, one command after another in the order in which they were given. Nobody waits for it: the
 * member works on, and what they ask next is checked against the case as it will be.
 */

/** The form in which something was written. */
interface OfForm extends Given {
  /** Entries that it showed as standing. */
  readonly shown?: readonly EntryId[] | undefined;
}

interface UnderWay {
  readonly vault: Vault;
  readonly command: CaseCommand;
  readonly form: OfForm | null;
}

interface RecordingStore {
  readonly underWay: readonly UnderWay[];
}

export const useRecording = create<RecordingStore>(() => ({ underWay: [] }));

/** The last of them; it never rejects. */
let last: Promise<unknown> = Promise.resolve();

/** Resolves when everything that was given is carried out or refused. */
export async function allRecorded(): Promise<void> {
  while (useRecording.getState().underWay.length > 0) await last;
}

/** At a lock: a vault that was ended answers nothing any more. */
export function resetRecording(): void {
  last = Promise.resolve();
  madeMeanwhile.clear();
  useRecording.setState(useRecording.getInitialState(), true);
}

/** Entries that a form became while another of its records waited: they are replaced as if they had stood there. */
const madeMeanwhile = new Map<string, readonly EntryId[]>();
const placeOf = (command: CaseCommand, form: OfForm): string => `${command.case} ${form.draft}`;

function whatFormTells(command: CaseCommand, form: OfForm | null) {
  if (!form) return {};
  const { draft, value, shown } = form;
  return {
    draft: { form: draft, value },
    shown: shown && [...shown, ...(madeMeanwhile.get(placeOf(command, form)) ?? [])],
  };
}

function noteMade(command: CaseCommand, form: OfForm, entry: EntryId): void {
  const place = placeOf(command, form);
  madeMeanwhile.set(place, [...(madeMeanwhile.get(place) ?? []), entry]);
  keepTypedSince(command.case, form, entry);
}

async function carryOut({ command, form, vault }: UnderWay): Promise<Refusal | null> {
  try {
    if (!stillOpen(vault)) throw new Error('vault-locked');
    // A draft that is being saved must not come after the entry that it becomes.
    if (form) await flushDrafts();
    const result = await vault.call('case.record', { command, ...whatFormTells(command, form) });
    if (result.ok && form) noteMade(command, form, result.value);
    if (stillOpen(vault)) await rereadCase(command.case);
    if (result.ok && form) forgetRecorded(command.case, form, result.value);
    return result.ok ? null : result.error;
  } catch (error) {
    return refuse<WindowCode>('not-saved', { because: troubleIn(error).code });
  }
}

/** @returns null once the signed event is durable here, else why not */
function inTurn(command: CaseCommand, form: OfForm | null = null): Promise<Refusal | null> {
  const one: UnderWay = { vault: vaultNow(), command, form };
  useRecording.setState(({ underWay }) => ({ underWay: [...underWay, one] }));
  const carriedOut = last.then(async () => {
    const refusal = await carryOut(one);
    useRecording.setState(({ underWay }) => ({ underWay: underWay.filter((each) => each !== one) }));
    if (useRecording.getState().underWay.length === 0) madeMeanwhile.clear();
    return refusal;
  });
  last = carriedOut;
  return carriedOut;
}

/** @returns null once it is saved here, else the refusal: for the form that asked, which says it beside its fields */
export async function recordStep(command: CaseCommand, done: string, form?: OfForm): Promise<Refusal | null> {
  const refusal = await inTurn(command, form);
  if (refusal === null && isAttached()) notify(done);
  return refusal;
}

/** Whether a form of the case, as it stands, is on its way already. */
export const isUnderWay = ({ underWay }: RecordingStore, id: StreamId | undefined, { draft, value }: Given): boolean =>
  underWay.some(({ command, form }) => command.case === id && form?.draft === draft && form.value === value);

/** A case as it will be once all that is under way in it is recorded. */
export function caseAhead(
  state: CaseState,
  { id, role }: Session['member'],
  { underWay }: RecordingStore,
  record: UnitRecord,
): CaseState {
  const asking = { actor: { id, role }, unit: null, record, at: new Date().toISOString() };
  return underWay
    .filter(({ command }) => command.case === state.id)
    .reduce((ahead, { command }) => foresee(ahead, command, asking), state);
}

/** The open case, so. */
export function openCaseAhead(): CaseState | null {
  const { view } = useCase.getState();
  const { session } = useSession.getState();
  return view && session && caseAhead(view.state, session.member, useRecording.getState(), useUnit.getState().record);
}

async function execute(command: CaseCommand, done: string): Promise<void> {
  const { underWay } = useRecording.getState();
  if (underWay.some((each) => each.command.type === command.type && each.command.case === command.case)) return;
  const refusal = await inTurn(command);
  if (isAttached()) notify(refusal ? say(refusal) : done, refusal === null ? 'done' : 'refusal');
}

export const takeCase = (id: StreamId, reference: string): Promise<void> =>
  execute({ type: 'case.taken', case: id, data: {} }, `You have ${reference}. Saved here.`);

export const releaseCase = (id: StreamId, reference: string): Promise<void> =>
  execute({ type: 'case.released', case: id, data: {} }, `${reference} is released. Saved here.`);
