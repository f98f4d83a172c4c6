import type { CaseCommand } from '#shared/domain/case/decide.ts';
import type { Disposition } from '#shared/domain/disposition/disposition-recorded.ts';
import { selectInForce } from '#shared/domain/disposition/dispositions-in-force.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { openEvent } from '#shared/log/event-body.ts';
import { transferOfStream } from '#shared/sync/transfer.ts';
import { firstStream } from '../cases/case-index.ts';
import { currentCase, keysOfStream } from '../cases/current-case.ts';
import { type FollowUps, loadFollowUps } from '../follow-ups/follow-ups.ts';
import { boxesOf, findKey, openBoxes } from '../keys/held-keys.ts';
import { endpointAt } from '../log/endpoint-keys.ts';
import { openEntries } from '../log/entry-rows.ts';
import type { OpenVault } from '../open-vault.ts';
import type { CaseTransfers, Origin, TransferStage, TransferState } from '../transfer-api.ts';
import { openTransferred } from './unwrap.ts';

/** Read from the log each time: its first entry says it. Null for a referral that came from Crimestoppers. */
export async function originOf(vault: OpenVault, current: StreamId): Promise<Origin | null> {
  const id = firstStream(vault.cases, current);
  const [row] = await vault.io.store.ofStream(id);
  if (!row) return null;
  const transfer = transferOfStream(id);
  const stored = await openEntries(vault.member.storeKey, row, id).catch(() => []);
  const first = stored.find(({ entry: { header } }) => header.id === transfer);
  if (!first?.entry.wire.body) return null;
  const { entry, position } = first;
  if (entry.header.author !== endpointAt(vault, vault.log.ledger.endpointKeys, position)) return null;
  const { keyring } = vault.member;
  // The endpoint seals each with a key of its own, whose box stands beside it.
  const { key: keyId } = entry.header;
  const met = await openBoxes(boxesOf(entry), position, keyring);
  const held = met.flatMap((each) => (each.kind === 'held' ? [each.key] : []));
  const key = keyId && findKey([...held, ...(await keysOfStream(vault, id))], keyId);
  if (!key) return null;
  const { event } = await openEvent(key, first.entry.wire.body, entry.header);
  const { statement } = await openTransferred(event, entry, keyring);
  const { from, at, note, reply } = statement;
  return { transfer, from, at, note, reply };
}

/** For the screen: where a case came from, and where it went. Null when it cannot be read here. */
export async function transfersOf(vault: OpenVault, id: StreamId): Promise<CaseTransfers | null> {
  const state = await currentCase(vault, id);
  if (!state) return null;
  const all = state.dispositions;
  const inForce = selectInForce(all).exclusive.map(({ entry }) => entry);
  const followUps = await loadFollowUps(vault);
  const sent = all.flatMap((each) => toState(vault, followUps, each, inForce.includes(each.entry)) ?? []);
  return { origin: await originOf(vault, id), sent };
}

function toState(
  vault: OpenVault,
  followUps: FollowUps,
  disposition: Disposition,
  inForce: boolean,
): TransferState | null {
  const { entry, chosen, position, by, answers } = disposition;
  if (chosen.kind !== 'otherForce') return null;
  const at = (stage: TransferStage, more: Partial<TransferState> = {}): TransferState => ({
    ...{ disposition: entry, unit: chosen.unit, stage, why: null, trouble: null, at: null },
    ...more,
  });
  const answer = answers.findLast((each) => each.answer === 'sentBack') ?? answers.at(-1);
  if (answer) return at(answer.answer, { at: answer.answeredAt, why: answer.why });
  const sentAt = followUps.sent[entry];
  if (sentAt) return at('sent', { at: sentAt });
  if (!inForce) return at('superseded');
  if (position === null) return at('saved');
  if (by !== vault.member.slot.member.id) return at('elsewhere');
  const trouble = followUps.open.find((each) => each.entry === entry)?.trouble;
  return trouble ? at('waiting', { trouble }) : at('sending');
}

/**
 * What sends a transferred referral back: a disposition like any other, to the unit that it came from, whose reasons
 * reach that unit. Null for a referral that came from Crimestoppers.
 */
export async function sendBackCommand(vault: OpenVault, id: StreamId, reason: string): Promise<CaseCommand | null> {
  const origin = await originOf(vault, id);
  if (!origin) return null;
  const { force, unit } = origin.from;
  const chosen = { kind: 'otherForce', force, unit } as const;
  return { type: 'disposition.recorded', case: id, data: { chosen, options: [], rationale: reason } };
}
