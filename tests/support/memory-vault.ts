import { selectIopcOwed } from '#renderer/vault/cases/iopc-owed.ts';
import { countChoices, selectFiltered } from '#renderer/vault/cases/queue-filters.ts';
import { sortQueue } from '#renderer/vault/cases/queue-order.ts';
import { selectMatching } from '#renderer/vault/cases/queue-search.ts';
import type { Appearance, QueueQuery, QueueRow } from '#renderer/vault/queue-api.ts';
import { openViews } from '#renderer/vault/saved-views.ts';
import type { CaseTransfers, DirectoryUnit } from '#renderer/vault/transfer-api.ts';
import type {
  AttachmentVersion,
  CaseView,
  IntegrityWarning,
  Match,
  NewMember,
  Preferences,
  SavedDraft,
  SignatureState,
  Slot,
  Vault,
  VaultEvent,
  VaultStatus,
} from '#renderer/vault/vault-api.ts';
import { type AssessmentCommand, assessmentCommands } from '#shared/domain/assessment/assessment-commands.ts';
import { assessmentEvents } from '#shared/domain/assessment/assessment-events.ts';
import { assessmentOf } from '#shared/domain/assessment/assessment-of.ts';
import { recordedAt, selectTrace } from '#shared/domain/assessment/resurfacing.ts';
import { copyName, selectCopy } from '#shared/domain/assessment/sanitised-copies.ts';
import type { Actor } from '#shared/domain/case/actor.ts';
import { applyToCase } from '#shared/domain/case/apply-case.ts';
import type { Activity, CaseEvent, CaseState, Signed } from '#shared/domain/case/case-state.ts';
import { type CaseSummary, summarise } from '#shared/domain/case/case-summary.ts';
import { type CaseCommand, decideCase } from '#shared/domain/case/decide-case.ts';
import { may, type Role, whoMay } from '#shared/domain/unit/roles.ts';
import type { EntryId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { inventReferral, randomFrom } from '#tests/support/invented-referrals.ts';

/*
 * The vault's twin for tests of the screens: the same interface and the same domain functions, with neither keys nor
 * disk. A MemoryUnit is what would be on the disk; each MemoryVault is one worker, dead after `stop`.
 */
interface Entry extends Signed {
  readonly event: CaseEvent;
  readonly actor: Actor;
}
interface Member {
  readonly slot: string;
  readonly id: MemberId;
  readonly name: string;
  readonly role: Role;
  readonly passphrase: string;
  failed: number;
  waitUntil: number;
}

const baseStatus: VaultStatus = {
  online: true,
  trouble: null,
  waiting: 0,
  lastSynced: null,
  verifiedTo: 0,
  ingest: null,
  paused: false,
  warnings: [],
  iopcOwed: null,
};

export class MemoryUnit {
  name = 'Norbeck Anti-Corruption Unit';
  readonly members: Member[] = [];
  readonly entries = new Map<StreamId, Entry[]>();
  readonly states = new Map<StreamId, CaseState>();
  readonly summaries = new Map<StreamId, CaseSummary>();
  /** Where the subjects of recorded cases appear again: what the vault would find, set by a test. */
  readonly appearances = new Map<StreamId, readonly Appearance[]>();
  /** By slot, case and step. */
  readonly drafts = new Map<string, SavedDraft>();
  readonly preferences = new Map<string, Preferences>();
  readonly broken = new Set<EntryId>();
  readonly listeners = new Set<(event: VaultEvent) => void>();
  status: VaultStatus = baseStatus;
  /** Set to hold up the making of copies. */
  stripping: Promise<void> = Promise.resolve();
  /** Set to make the next saves of a draft fail, with this message. */
  draftTrouble: string | null = null;
  /** Counts what the window asked for. */
  readonly asked = { pages: 0, counts: 0, drafts: 0, mostRows: 0 };
  private count = 0;
  readonly now: () => number;

  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  admit({ name, role, passphrase }: NewMember): Slot {
    const number = this.members.length + 1;
    const slot = `slot-${number}`;
    const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as MemberId;
    this.members.push({ slot, id, name, role, passphrase, failed: 0, waitUntil: 0 });
    return { id: slot, name, role, waitUntil: 0 };
  }

  /** Referrals as the endpoint would deliver them. */
  receive(count: number, seed = 7): void {
    const random = randomFrom(seed);
    const start = this.entries.size;
    for (let index = 1; index <= count; index += 1) {
      const referral = inventReferral(start + index, start + count, this.now(), random);
      const id = `10000000-0000-4000-8000-${String(start + index).padStart(12, '0')}` as StreamId;
      this.append(id, { type: 'referral.received', at: referral.receivedAt, data: referral }, null);
    }
    this.tell({ type: 'queueChanged' });
  }

  append(id: StreamId, event: CaseEvent, actor: Actor, seen = this.status.verifiedTo, here = actor !== null): EntryId {
    this.count += 1;
    const entry = `20000000-0000-7000-8000-${String(this.count).padStart(12, '0')}` as EntryId;
    const confirmed = !here || this.status.online;
    const position = confirmed ? this.status.verifiedTo + 1 : null;
    const list = this.entries.get(id) ?? [];
    list.push({ event, actor, entry, at: event.at, by: actor?.id ?? null, position, seen });
    this.entries.set(id, list);
    this.status = {
      ...this.status,
      verifiedTo: position ?? this.status.verifiedTo,
      waiting: this.status.waiting + (confirmed ? 0 : 1),
      lastSynced: confirmed ? new Date(this.now()).toISOString() : this.status.lastSynced,
    };
    this.fold(id);
    return entry;
  }

  /** `project(confirmed, pending)`: what waits comes after what is confirmed. */
  fold(id: StreamId): void {
    const list = this.entries.get(id) ?? [];
    const ordered = [...list].sort((one, other) => (one.position ?? Infinity) - (other.position ?? Infinity));
    let state: CaseState | null = null;
    for (const { event, actor, ...signed } of ordered) state = applyToCase(state, id, event, actor, signed);
    if (!state) return;
    this.states.set(id, state);
    this.summaries.set(id, summarise(state));
  }

  /** What owes the IOPC is looked up for whoever hears the status. */
  get heard(): VaultStatus {
    return { ...this.status, iopcOwed: selectIopcOwed(this.summaries.values()) };
  }

  tell(event: VaultEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  change(status: Partial<VaultStatus>): void {
    this.status = { ...this.status, ...status };
    this.tell({ type: 'status', status: this.heard });
  }

  goOffline(trouble = 'The central endpoint cannot be reached.'): void {
    this.change({ online: false, trouble });
  }

  /** What waited is confirmed, in the order in which it was written. */
  goOnline(): void {
    let verifiedTo = this.status.verifiedTo;
    for (const [id, list] of this.entries) {
      const confirmed = list.map((entry) => (entry.position === null ? { ...entry, position: ++verifiedTo } : entry));
      if (!list.some(({ position }) => position === null)) continue;
      this.entries.set(id, confirmed);
      this.fold(id);
      this.tell({ type: 'caseChanged', case: id });
    }
    this.change({
      online: true,
      trouble: null,
      waiting: 0,
      verifiedTo,
      lastSynced: new Date(this.now()).toISOString(),
    });
    this.tell({ type: 'queueChanged' });
  }

  /** What a member recorded on another workstation, not having seen what came after `seen`. */
  recordElsewhere(id: StreamId, by: string, command: AssessmentCommand, seen = 0): void {
    const member = this.members.find(({ name }) => name === by);
    if (!member) throw new Error(`no member ${by}`);
    const type = assessmentCommands[command.type];
    const data = assessmentEvents[type].data.parse(command.data);
    const event = { type, at: new Date(this.now()).toISOString(), data } as CaseEvent;
    this.append(id, event, member, seen, false);
    this.tell({ type: 'caseChanged', case: id });
    this.tell({ type: 'queueChanged' });
    this.change({});
  }

  warn(warning: IntegrityWarning): void {
    this.change({ warnings: [...this.status.warnings, warning] });
  }

  idOf(reference: string): StreamId {
    for (const { id, reference: other } of this.summaries.values()) if (other === reference) return id;
    throw new Error(`no case ${reference}`);
  }
}

/** A unit of another force, one that has no keys yet, and this one. */
const directory: readonly DirectoryUnit[] = [
  {
    id: '40000000-0000-4000-8000-000000000001',
    name: 'Eastmere Counter Corruption Unit',
    force: 'eastmere',
    forceName: 'Eastmere Police',
    founded: true,
  },
  {
    id: '40000000-0000-4000-8000-000000000002',
    name: 'Westholt Professional Standards',
    force: 'westholt',
    forceName: 'Westholt Constabulary',
    founded: false,
  },
  {
    id: '30000000-0000-4000-8000-000000000001',
    name: 'Norbeck Anti-Corruption Unit',
    force: 'norbeck',
    forceName: 'Norbeck Constabulary',
    founded: true,
  },
];

const same = (one: readonly (string | null)[], other: readonly (string | null)[]): string[] =>
  one.filter((each): each is string => each !== null && other.includes(each));

/** Why another referral may concern the same subject: a collar number or a name. The vault looks further. */
function reasonsFor({ referral: { report } }: CaseState, other: CaseState): readonly string[] {
  const { subjects } = other.referral.report;
  const of = (from: typeof subjects, what: 'collarNumber' | 'name') => from.map((subject) => subject[what]);
  return [
    ...same(of(report.subjects, 'collarNumber'), of(subjects, 'collarNumber')).map(
      (one) => `Same collar number ${one}`,
    ),
    ...same(of(report.subjects, 'name'), of(subjects, 'name')).map((one) => `Same name ${one}`),
  ];
}

const text = new TextEncoder();
// A picture of one grey pixel.
const onePixel = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mOsr6//DwAFhAKAjM1mJgAAAABJRU5ErkJggg=='),
  (character) => character.charCodeAt(0),
);
const bytesOf: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  'text/plain': text.encode(
    'He said on Thursday that the bags would not be missed.\n<script>alert(1)</script>\nThe rota is on the wall.',
  ),
  'image/png': onePixel,
  'image/jpeg': text.encode('MZ this is a program'),
  'application/pdf': text.encode('%PDF-1.7'),
};

export class MemoryVault implements Vault {
  private readonly unit: MemoryUnit;
  private member: Member | null = null;
  private stopped = false;
  private listener: ((event: VaultEvent) => void) | null = null;
  private order: { key: string; rows: readonly CaseSummary[] } | null = null;

  constructor(unit: MemoryUnit) {
    this.unit = unit;
  }

  stop(): void {
    this.stopped = true;
    if (this.listener) this.unit.listeners.delete(this.listener);
  }

  async slots(): Promise<readonly Slot[]> {
    return this.unit.members.map(({ slot, name, role, waitUntil }) => ({ id: slot, name, role, waitUntil }));
  }

  async judgePassphrase(passphrase: string, personal: readonly string[]) {
    const own = personal.some((part) => part.length > 2 && passphrase.toLowerCase().includes(part.toLowerCase()));
    const score = own ? 0 : Math.min(4, Math.floor(passphrase.length / 5));
    return {
      score,
      acceptable: score >= 3,
      advice: own ? 'Leave your name out of it.' : score < 3 ? 'Add another word or two.' : null,
    };
  }

  async found({ name, passphrase }: Omit<NewMember, 'role'>): Promise<Result<Slot, string>> {
    if (this.unit.members.length > 0) return err('The unit is founded already.');
    return ok(this.unit.admit({ name, passphrase, role: 'supervisor' }));
  }

  async unlock(slot: string, passphrase: string) {
    const member = this.unit.members.find((other) => other.slot === slot);
    if (!member) return err({ code: 'damaged', detail: 'There is no such key slot.', waitUntil: 0 } as const);
    const now = this.unit.now();
    if (member.waitUntil > now) return err({ code: 'wait', detail: 'Too soon.', waitUntil: member.waitUntil } as const);
    if (member.passphrase !== passphrase) {
      member.failed += 1;
      member.waitUntil = member.failed >= 2 ? now + 1000 * 2 ** member.failed : 0;
      return err({
        code: 'wrong-passphrase',
        detail: 'That is not the passphrase.',
        waitUntil: member.waitUntil,
      } as const);
    }
    const failedAttemptsBefore = member.failed;
    member.failed = 0;
    member.waitUntil = 0;
    this.member = member;
    const { id, name, role } = member;
    return ok({ member: { id, name, role }, unitName: this.unit.name, failedAttemptsBefore });
  }

  private me(): Member {
    if (this.stopped) throw new Error('The worker was terminated.');
    if (!this.member) throw new Error('The vault is locked.');
    return this.member;
  }

  async admit(member: NewMember): Promise<Result<Slot, string>> {
    if (!may(this.me().role, 'admitMember')) return err(`Only ${whoMay('admitMember')} can admit members.`);
    if (this.unit.members.some(({ name }) => name === member.name))
      return err('A member of this name has a key here already.');
    return ok(this.unit.admit(member));
  }

  private nameOf = (id: MemberId | null): string | null =>
    this.unit.members.find((member) => member.id === id)?.name ?? null;

  private toRow = (summary: CaseSummary): QueueRow => ({
    ...summary,
    holderName: this.nameOf(summary.holder),
    waiting: (this.unit.entries.get(summary.id) ?? []).some(({ position }) => position === null),
    ...(this.unit.appearances.has(summary.id) && { appearsAgain: this.unit.appearances.get(summary.id) ?? [] }),
  });

  private rowsOf(query: QueueQuery): readonly CaseSummary[] {
    const me = this.me();
    const key = `${JSON.stringify(query)} ${this.unit.status.verifiedTo} ${this.unit.status.waiting}`;
    if (this.order?.key !== key) {
      const found = selectMatching([...this.unit.summaries.values()], query.text);
      const rows = sortQueue(selectFiltered(found, query, me.id), query.sort, {
        nameOf: (id) => this.nameOf(id) ?? '~',
        now: this.unit.now(),
        appearsAgain: this.unit.appearances,
      });
      this.order = { key, rows };
    }
    return this.order.rows;
  }

  async queuePage(query: QueueQuery, offset: number, limit: number) {
    if (limit > 200) throw new Error('A page has at most 200 rows.');
    const matching = this.rowsOf(query);
    this.unit.asked.pages += 1;
    this.unit.asked.mostRows = Math.max(this.unit.asked.mostRows, limit);
    const rows = matching.slice(offset, offset + limit).map(this.toRow);
    return { offset, rows, matching: matching.length, total: this.unit.summaries.size };
  }

  async queueCounts(query: QueueQuery) {
    this.unit.asked.counts += 1;
    return countChoices(selectMatching([...this.unit.summaries.values()], query.text), query, this.me().id);
  }

  async neighbours(query: QueueQuery, id: StreamId) {
    const rows = this.rowsOf(query);
    const at = rows.findIndex((row) => row.id === id);
    if (at < 0) return { previous: null, next: null };
    return { previous: rows[at - 1]?.id ?? null, next: rows[at + 1]?.id ?? null };
  }

  private signatureOf = ({ entry, position }: Activity): SignatureState => {
    if (this.unit.broken.has(entry)) return 'broken';
    return position === null ? 'waiting' : 'verified';
  };

  async matches(id: StreamId): Promise<readonly Match[]> {
    this.me();
    const state = this.unit.states.get(id);
    if (!state) return [];
    const others = [...this.unit.states.values()].filter((other) => other.id !== state.id);
    return others
      .flatMap((other) => {
        const reasons = reasonsFor(state, other);
        if (reasons.length === 0) return [];
        const { reference, receivedAt } = other.referral;
        const subject = this.unit.summaries.get(other.id)?.subject ?? '';
        return [
          {
            case: other.id,
            reference,
            receivedAt,
            subject,
            reasons,
            score: reasons.length,
            recordedAt: recordedAt(selectTrace(other)),
          },
        ];
      })
      .sort((one, other) => other.score - one.score)
      .slice(0, 6);
  }

  /** This twin has no other unit to send to or to receive from. */
  async transfers(id: StreamId): Promise<CaseTransfers | null> {
    this.me();
    const state = this.unit.states.get(id);
    if (!state) return null;
    const sent = assessmentOf(state).dispositions.flatMap(({ entry, outcome, answers, position }) => {
      if (outcome.kind !== 'otherForce') return [];
      const answer = answers.at(-1);
      const stage = answer?.answer ?? (position === null ? 'saved' : 'sent');
      const at = answer?.answeredAt ?? null;
      return [{ disposition: entry, unit: outcome.unit, stage, detail: answer?.why ?? null, at } as const];
    });
    return { origin: null, sent };
  }

  async units(): Promise<readonly DirectoryUnit[]> {
    this.me();
    return directory;
  }

  async openCase(id: StreamId): Promise<Result<CaseView, string>> {
    this.me();
    const state = this.unit.states.get(id);
    const summary = this.unit.summaries.get(id);
    if (!state || !summary) return err('This case is not on this workstation.');
    return ok({
      state,
      summary: this.toRow(summary),
      names: Object.fromEntries(this.unit.members.map((member) => [member.id, member.name])),
      signatures: Object.fromEntries(state.activity.map((activity) => [activity.entry, this.signatureOf(activity)])),
    });
  }

  async execute(command: CaseCommand, draft?: string): Promise<Result<EntryId, string>> {
    const { id, role } = this.me();
    const actor = { id, role };
    const at = new Date(this.unit.now()).toISOString();
    const event = decideCase(this.unit.states.get(command.case) ?? null, command, actor, at);
    if (!event.ok) return event;
    const entry = this.unit.append(command.case, event.value, actor);
    if (draft !== undefined) this.unit.drafts.delete(this.draftKey(command.case, draft));
    this.unit.change({});
    this.unit.tell({ type: 'caseChanged', case: command.case });
    this.unit.tell({ type: 'queueChanged' });
    return ok(entry);
  }

  async openAttachment(id: StreamId, index: number, which: AttachmentVersion = 'original') {
    this.me();
    const state = this.unit.states.get(id);
    const original = state?.referral.attachments[index];
    const file = which === 'original' || !state ? original : selectCopy(assessmentOf(state), index)?.copy;
    if (!file) return err('There is no such attachment.');
    const { name, type } = file;
    return ok({ name, type, bytes: bytesOf[type] ?? new Uint8Array() });
  }

  /** Without taking the file apart; what is no picture is refused as the vault would. */
  async sanitiseAttachment(id: StreamId, index: number): Promise<Result<EntryId, string>> {
    await this.unit.stripping;
    const file = this.unit.states.get(id)?.referral.attachments[index];
    if (!file) return err('There is no such attachment.');
    if (file.type === 'image/jpeg') return err('The content is not what its type says, so no copy was made of it.');
    const copy = { ...file, name: copyName(index, file.type), key: 'B'.repeat(43) };
    const removed = file.type === 'text/plain' ? ['name' as const] : ['name' as const, 'metadata' as const];
    const data = { attachment: index, original: file.digest, copy, removed };
    return this.execute({ type: 'sanitiseAttachment', case: id, data });
  }

  private draftKey = (id: StreamId, step: string): string => `${this.me().slot} ${id} ${step}`;

  async saveDraft(id: StreamId, step: string, draft: unknown): Promise<SavedDraft> {
    const key = this.draftKey(id, step);
    this.unit.asked.drafts += 1;
    if (this.unit.draftTrouble) throw new Error(this.unit.draftTrouble);
    const saved = { value: structuredClone(draft), savedAt: new Date(this.unit.now()).toISOString() };
    this.unit.drafts.set(key, saved);
    return saved;
  }

  async loadDrafts(id: StreamId): Promise<Readonly<Record<string, SavedDraft>>> {
    const start = this.draftKey(id, '');
    const own = [...this.unit.drafts].filter(([key]) => key.startsWith(start));
    return Object.fromEntries(own.map(([key, draft]) => [key.slice(start.length), draft]));
  }

  async discardDraft(id: StreamId, step: string): Promise<void> {
    this.unit.drafts.delete(this.draftKey(id, step));
  }

  async preferences(): Promise<Preferences> {
    const stored = this.unit.preferences.get(this.me().slot) ?? { savedViews: [] };
    return { ...stored, savedViews: openViews(stored.savedViews) };
  }

  async savePreferences(preferences: Preferences): Promise<void> {
    this.unit.preferences.set(this.me().slot, preferences);
  }

  async syncNow(): Promise<void> {
    this.me();
    if (this.unit.status.online)
      this.unit.change({ paused: false, lastSynced: new Date(this.unit.now()).toISOString() });
    else throw new Error('The central endpoint cannot be reached.');
  }

  async pauseIngest(): Promise<void> {
    this.unit.change({ paused: true });
  }

  async verifyLog(): Promise<readonly IntegrityWarning[]> {
    this.me();
    return this.unit.status.warnings;
  }

  async subscribe(listener: (event: VaultEvent) => void): Promise<void> {
    this.me();
    this.listener = listener;
    this.unit.listeners.add(listener);
    listener({ type: 'status', status: this.unit.heard });
  }
}
