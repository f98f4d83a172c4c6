import { execute } from '#renderer/vault/execute.ts';
import { append } from '#renderer/vault/log/append.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import { timeOf } from '#shared/kernel/clock.ts';
import { oneHour } from '#shared/kernel/durations.ts';
import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import { day } from '../calendar.ts';
import type { DemoIntake } from '../demo-report.ts';
import { type Computer, must } from './computer.ts';
import { pace, type Sitting } from './diary.ts';
import { receivedAt } from './fate.ts';
import type { History } from './plan-history.ts';
import type { SetClock } from './set-clock.ts';

/** Where the history is played. */
export interface Stage {
  readonly clock: SetClock;
  /** As a contact centre's computer does. @returns the reference */
  readonly post: (intake: DemoIntake) => Promise<string>;
  /** Of the unit whose history it is. */
  readonly computer: Computer;
  /** Of the other force's unit. */
  readonly other: Computer;
  /** Ids of other units, by force. */
  readonly units: Readonly<Record<string, string>>;
}

/** Milliseconds for which what was recorded waits to be sent, where somebody goes on. */
const patience = 4 * oneHour;
/** From one unlocking to the next that is noted: a member who looks in twice a day is noted once a week. */
const betweenUnlocks = 7 * day;
/** Milliseconds after which the other unit takes what it was sent. */
const untilTaken = 2.5 * oneHour;

interface Played {
  readonly id: StreamId;
  readonly entries: EntryId[];
}

/** Posts each report at its time, and has each member record what they did at theirs, with their own key and by the vault's own code. */
export async function playHistory(stage: Stage, { reports, sittings }: History): Promise<void> {
  const desk = new Desk(stage);
  let next = 0;
  const workUntil = async (time: number): Promise<void> => {
    for (let sitting = sittings[next]; sitting && sitting.at < time; sitting = sittings[next]) {
      next += 1;
      await desk.sit(sitting, Math.min(time, sittings[next]?.at ?? time));
    }
  };
  for (const meant of reports) {
    await workUntil(receivedAt(meant));
    stage.clock.set(receivedAt(meant));
    await desk.receive(meant.intake);
  }
  await workUntil(Number.POSITIVE_INFINITY);
  await stage.computer.exchange();
}

/** What happens at the desks of the two units. */
class Desk {
  readonly #stage: Stage;
  readonly #references: string[] = [];
  readonly #played = new Map<number, Played>();
  readonly #unlocked = new Map<string, number>();
  /** When something was sent to the other unit that nobody there has looked at. */
  #sentAt: number | null = null;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** With the reference that an earlier report was really given. */
  async receive({ report, ...intake }: DemoIntake): Promise<void> {
    const number = Number(report.earlierReference?.slice('PA-'.length) ?? Number.NaN);
    const earlierReference = this.#references[number - 1] ?? null;
    this.#references.push(await this.#stage.post({ ...intake, report: { ...report, earlierReference } }));
  }

  /** @param next when something else happens */
  async sit({ case: index, by, at, acts }: Sitting, next: number): Promise<void> {
    const { clock, computer } = this.#stage;
    clock.set(at);
    await this.takeElsewhere();
    const { outbox } = computer.vault.log;
    const { author } = computer.as(by).member.slot;
    // What another wrote is known to this member, as every replica judges it, once it is in the log.
    const isAnothers = outbox.some(({ entry }) => entry.header.author !== author);
    if (isAnothers || !this.#played.has(index)) await computer.exchange();
    const { id, entries } = this.#caseOf(index);
    await this.#noteUnlock(by);
    for (const { type, data } of acts) {
      const command = { type, case: id, data: this.#named(data, entries) } as CaseCommand;
      const done = await execute(computer.as(by), command);
      if (!done.ok) throw new Error(`${this.#references[index]} ${type}: ${JSON.stringify(done.error)}`);
      entries.push(done.value);
      clock.pass(pace);
    }
    const sends = acts.some(({ data }) => (data as { chosen?: { kind: string } }).chosen?.kind === 'otherForce');
    if (sends || next > clock.now() + patience) await computer.exchange();
    if (sends) this.#sentAt = clock.now();
  }

  /** What was sent to the other unit is taken there, some hours later: that is what acknowledges it. */
  async takeElsewhere(): Promise<void> {
    const { clock, other } = this.#stage;
    if (this.#sentAt === null || clock.now() < this.#sentAt + untilTaken) return;
    this.#sentAt = null;
    await other.exchange();
    for (const { summary } of [...other.vault.cases.confirmed.values()]) {
      if (summary.holder === null) must(await execute(other.vault, { type: 'case.taken', case: summary.id, data: {} }));
    }
    await other.exchange();
  }

  async #noteUnlock(name: string): Promise<void> {
    const { clock, computer } = this.#stage;
    const before = this.#unlocked.get(name) ?? Number.NEGATIVE_INFINITY;
    if (clock.now() - before < betweenUnlocks) return;
    this.#unlocked.set(name, clock.now());
    const vault = computer.as(name);
    const event = { type: 'access.unlocked', at: timeOf(clock), data: { failedAttemptsBefore: 0 } } as const;
    must(await vault.io.writer.add(() => append(vault, [{ stream: vault.member.slot.auditStream, event }], [])));
  }

  #caseOf(index: number): Played {
    const known = this.#played.get(index);
    if (known) return known;
    const reference = this.#references[index];
    const all = [...this.#stage.computer.vault.cases.confirmed.values()];
    const summary = all.find((each) => each.summary.reference === reference)?.summary;
    if (!summary) throw new Error(`${reference} did not come in.`);
    const played = { id: summary.id, entries: [] };
    this.#played.set(index, played);
    return played;
  }

  /** With real ids in place of what stands for them in a plan (diary.ts). */
  #named(data: object, entries: readonly EntryId[]): unknown {
    const idOf = (kind: string, name: string): string | undefined => {
      if (kind === 'entry') return entries[Number(name)];
      if (kind === 'unit') return this.#stage.units[name];
      return kind === 'case' ? this.#caseOf(Number(name)).id : this.#references[Number(name)];
    };
    const named = JSON.stringify(data).replace(
      /"(entry|case|reference|unit):([a-z0-9]+)"/g,
      (_, kind: string, name: string) => JSON.stringify(idOf(kind, name)),
    );
    return JSON.parse(named);
  }
}
