import { v4 as uuid } from 'uuid';
import { decide } from '#shared/domain/case/decide.ts';
import type { CaseOpened } from '#shared/domain/referral/case-opened.ts';
import { type WayInId, waysIn } from '#shared/domain/referral/ways-in.ts';
import type { PublicCategory } from '#shared/domain/report/public-categories.ts';
import type { PersonAtRisk, Report, Subject, Urgency } from '#shared/domain/report/report.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { confirmedCase } from './cases/current-case.ts';
import { refuse } from './codes.ts';
import { askingNow, nothingElse } from './execute.ts';
import { append } from './log/append.ts';
import type { OpenVault } from './open-vault.ts';
import { fetchDirectory, knownForce } from './transfer/directory.ts';

/** What a member says of it, as the form has it: '' is not said, and refused. The rest of the report follows. */
export interface Opening extends Pick<CaseOpened, 'reachedAt' | 'expects'> {
  readonly how: WayInId | '';
  readonly report: Pick<Report, 'language' | 'narrative'> & {
    readonly categories: readonly PublicCategory[];
    readonly subjects: readonly Subject[];
    readonly peopleAtRisk: readonly (Omit<PersonAtRisk, 'urgency'> & { readonly urgency: Urgency | '' })[];
  };
}

/**
 * The force of this unit. Also without a connection, and before the directory was ever seen: every case here is of it.
 * Not within the writer.
 */
async function ownForce(vault: OpenVault): Promise<string | null> {
  const known = await knownForce(vault);
  if (known) return known;
  const [first] = vault.cases.confirmed.keys();
  const state = first ? await confirmedCase(vault, first) : null;
  if (state) return state.referral.report.force;
  await fetchDirectory(vault).catch(() => null);
  return knownForce(vault);
}

/**
 * Begins a case from what reached the unit otherwise than through the endpoint. It is durable here when this resolves, with the end
 * of the draft that it was, and the member has it.
 * @returns its stream
 */
export async function openByHand(
  vault: OpenVault,
  { how, reachedAt, expects, report }: Opening,
  also = nothingElse,
): Promise<Result<StreamId, Refusal>> {
  const force = await ownForce(vault);
  if (!force) return err(refuse('own-force-unknown'));
  return vault.io.writer.add(async () => {
    const asking = askingNow(vault);
    if (!asking) return err(refuse('not-a-member'));
    const reporter = how === '' ? 'notRecorded' : waysIn[how].reporter;
    const said = { ...report, channel: 'byHand', recordedAt: asking.at, force, reporter };
    const unsaid = { dates: [], places: [], vehicles: [], earlierReference: null };
    const data = { how, reachedAt, expects, report: { ...said, ...unsaid } };
    const event = decide(null, { type: 'case.opened', data }, asking, vault.program.registry);
    if (!event.ok) return event;
    const stream = uuid() as StreamId;
    const written = await append(vault, [{ stream, event: event.value }], await also());
    if (!written.ok) return written;
    vault.io.emit({ type: 'queueChanged' });
    return ok(stream);
  });
}
