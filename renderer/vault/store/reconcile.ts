import { fromBytes, toBytes } from '#shared/crypto/encoding.ts';
import { sameBytes } from '#shared/log/tree/tree-hash.ts';
import {
  type Journal,
  type JournalContent,
  type JournalEnd,
  type JournaledRow,
  type Operation,
  rowId,
} from './journal.ts';
import { changesOf, ownRowsOf } from './own-rows.ts';
import type { Change, Row, Store } from './store.ts';

/*
 * Store and journal are compared as the vault is started, and each makes the other good. What is committed is in the journal
 * first: where both are whole, the journal is right, and at most what was being written as the process ended is in it alone.
 *
 *   store     journal                  which is right                 what is said
 *   nothing   nothing                  a new computer                 -; all-lost, where there was a journal once
 *   nothing   records                  the journal                    store-remade; journal-lost-part, where it is damaged
 *   nothing   opens nowhere here       neither: JournalForeign        -
 *   rows      nothing                  the store                      journal-missing
 *   rows      opens nowhere here       the store                      journal-elsewhere
 *   rows      ends before the note     the store                      journal-behind
 *   rows      damaged                  the store, and what is in      journal-damaged
 *                                      the journal alone
 *   rows      ends after the note      the journal                    store-behind, where more than the last group is missing
 *   rows      ends at the note         the journal                    store-rows-changed, where rows differ
 *   rows      ends there otherwise     both; the journal where they   store-and-journal-apart, where rows differ
 *                                      differ
 */

/**
 * What was found as the two were compared, and was put right. `store-begun` is said to nobody: a demonstration was made before
 * there was a window, whose database begins with what the journal has.
 */
export type StoreFinding =
  | 'all-lost'
  | 'journal-behind'
  | 'journal-damaged'
  | 'journal-elsewhere'
  | 'journal-lost-part'
  | 'journal-missing'
  | 'store-and-journal-apart'
  | 'store-begun'
  | 'store-behind'
  | 'store-remade'
  | 'store-rows-changed';

/** What a person is told of it. */
export type SaidFinding = Exclude<StoreFinding, 'store-begun'>;

export const saidOf = (found: readonly StoreFinding[]): readonly SaidFinding[] =>
  found.filter((each) => each !== 'store-begun');

/** The journal is of another computer or profile, and there is no store: nothing here can be opened. */
export class JournalForeign extends Error {
  override readonly name = 'JournalForeign';
}

/** Where the store notes how the journal ended when it was written last. */
const noteKey = 'journal';
interface Note {
  readonly end: JournalEnd['end'];
  /** None where it is not known. */
  readonly chain: JournalEnd['chain'] | null;
  /** The journal is being written anew from the store: until that is done, the store is right. */
  readonly remaking?: boolean;
}

/** As part of the commit of what was written to the journal. Not sealed: both stand in the journal's file, too. */
export const noteChange = ({ end, chain, remaking = false }: Note): Change => ({
  table: 'meta',
  put: [{ key: noteKey, box: toBytes({ end, chain, remaking }) }],
});

/** A note that is damaged counts for none at all: rows are then compared alone. */
async function readNote(store: Store): Promise<Note | null> {
  const row = await store.get('meta', noteKey);
  try {
    return row && (fromBytes(row.box) as Note);
  } catch {
    return null;
  }
}

export interface Reconciled {
  readonly findings: readonly StoreFinding[];
  /** What the journal has from here on. */
  readonly content: JournalContent;
}

type Rows = ReadonlyMap<string, Operation>;

interface Compared {
  /** Rows of the store that only this computer has. */
  readonly rows: Rows;
  readonly inJournal: Rows;
  readonly note: Note | null;
  readonly content: JournalContent;
}

interface Verdict {
  /**
   * `both`: all of both, and the journal's where they differ; `storeAndRest`: the store's where they differ. `storeAndFiles`:
   * with the chunks of files that the journal has.
   */
  readonly right: 'journal' | 'store' | 'storeAndFiles' | 'storeAndRest' | 'both';
  readonly finding: StoreFinding | null;
}

const isDamaged = ({ damaged, unreadable }: JournalContent): boolean => damaged || unreadable > 0;

const isSame = (one: Operation | undefined, other: Operation): boolean =>
  one?.box instanceof Uint8Array && other.box !== null && sameBytes(one.box, other.box);

/** Whether a row of one is not in the other as it is there. Chunks of files are not compared. */
const differ = ({ rows, inJournal }: Compared): boolean =>
  [...rows.keys()].some((id) => !inJournal.has(id)) ||
  [...inJournal].some(([id, each]) => each.table !== 'blobs' && !isSame(rows.get(id), each));

/** The table above. @throws JournalForeign */
function judge(compared: Compared): Verdict {
  const { rows, inJournal, note, content } = compared;
  const isForeign = content.records > 0 && content.unreadable === content.records;
  // A store that was opened once has a note, whatever was written.
  if (rows.size === 0 && !note) {
    if (isForeign) throw new JournalForeign();
    if (inJournal.size > 0) return { right: 'journal', finding: 'store-remade' };
    const isGone = content.begun && content.end.end === 0 && !isDamaged(content);
    return { right: 'journal', finding: isGone ? 'all-lost' : null };
  }
  if (content.end.end === 0 && !isDamaged(content)) {
    if (rows.size > 0) return { right: 'store', finding: 'journal-missing' };
    // The numbers of a new one go on above those that this store has met.
    return { right: note && note.end > 0 ? 'store' : 'journal', finding: null };
  }
  if (isForeign) return { right: 'store', finding: 'journal-elsewhere' };
  return judgeBoth(compared, note ?? { end: 0, chain: null });
}

/** Where there are both. */
function judgeBoth(compared: Compared, note: Note): Verdict {
  const { end, lastGroup, chain } = compared.content.end;
  // It was given all that was right before the journal was begun anew.
  if (note.remaking) return { right: 'storeAndFiles', finding: 'journal-damaged' };
  if (isDamaged(compared.content)) {
    return { right: note.end < end ? 'storeAndRest' : 'storeAndFiles', finding: 'journal-damaged' };
  }
  if (note.end > end) return { right: 'storeAndFiles', finding: 'journal-behind' };
  if (!differ(compared)) return { right: 'journal', finding: null };
  if (note.end < end) return { right: 'journal', finding: note.end + 1 < lastGroup ? 'store-behind' : null };
  return note.chain === chain
    ? { right: 'journal', finding: 'store-rows-changed' }
    : { right: 'both', finding: 'store-and-journal-apart' };
}

function rightRows({ rows, inJournal }: Compared, { right }: Verdict): Rows {
  switch (right) {
    case 'journal':
      return inJournal;
    case 'store':
      return rows;
    case 'storeAndFiles':
      return new Map([...filesIn(inJournal), ...rows]);
    case 'storeAndRest':
      return new Map([...inJournal, ...rows]);
    case 'both':
      return new Map([...rows, ...inJournal]);
  }
}

/** @throws JournalForeign, StoreFull, HostFailure */
export async function reconcile(store: Store, journal: Journal): Promise<Reconciled> {
  const content = await journal.read();
  const inJournal = new Map([...content.rows].map(([id, { operation }]) => [id, operation]));
  const compared = { content, inJournal, note: await readNote(store), rows: await ownRowsOf(store) };
  const verdict = judge(compared);
  const right = rightRows(compared, verdict);
  const changes = await changesOfStore(store, compared.rows, right);
  const findings = verdict.finding === null ? [] : [verdict.finding];
  if (verdict.right === 'journal') {
    const isPartLost = isDamaged(content);
    const whole = isPartLost ? await settled(journal, content) : content;
    const { end, chain } = whole.end;
    const isNoted = compared.note?.end === end && compared.note.chain === chain;
    // Nothing is written where all is as it was: it must open on a full disk, too.
    if (changes.length > 0 || !isNoted) await store.commit([...changes, noteChange(whole.end)]);
    return { findings: isPartLost ? [...findings, 'journal-lost-part'] : findings, content: whole };
  }
  // A crash before the journal is whole again must not make what is in it count for more than the store.
  const met = Math.max(content.end.end, compared.note?.end ?? 0);
  await store.commit([...changes, noteChange({ end: met, chain: content.end.chain, remaking: true })]);
  const written = await writeAnew(journal, content, compared.note, [...right.values()]);
  await store.commit([noteChange(written.end)]);
  return { findings, content: written };
}

const filesIn = (rows: Rows): Rows => new Map([...rows].filter(([, { table }]) => table === 'blobs'));

/** What the store lacks, and what of it is not there any more. */
async function changesOfStore(store: Store, rows: Rows, right: Rows): Promise<readonly Change[]> {
  const files = new Set<Row['key']>(filesIn(right).size > 0 ? await store.keys('blobs') : []);
  const put = [...right].flatMap(([id, each]) => {
    const isThere = each.table === 'blobs' ? files.has(each.key) : isSame(rows.get(id), each);
    return isThere ? [] : [each];
  });
  const gone = [...rows].flatMap(([id, each]) => (right.has(id) ? [] : [{ ...each, box: null }]));
  return changesOf([...gone, ...put]);
}

/** What is in force of the journal alone, so that what was damaged in it is not met again. */
async function settled(journal: Journal, content: JournalContent, atLeast = 0): Promise<JournalContent> {
  const keep = [...content.rows.values()].map(({ number }) => number);
  const end = await journal.settle(keep, Math.max(content.end.end, atLeast));
  return { ...content, end, records: content.rows.size, unreadable: 0, damaged: false };
}

/**
 * A journal of these rows and nothing else. They are added first: at no time is it without them. Its numbers go on above those
 * that the store has met, so that an older store is never taken for a newer one.
 */
async function writeAnew(
  journal: Journal,
  before: JournalContent,
  note: Note | null,
  operations: readonly Operation[],
): Promise<JournalContent> {
  let { end } = await settled(journal, before, note?.end);
  const rows = new Map<string, JournaledRow>();
  for (const group of journal.groups(operations)) {
    const first = end.end + 1;
    end = await journal.append(end.end, group);
    for (const [index, operation] of group.entries()) rows.set(rowId(operation), { operation, number: first + index });
  }
  const content = { end, rows, records: rows.size, unreadable: 0, damaged: false, begun: true };
  return settled(journal, content);
}
